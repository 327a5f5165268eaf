"""A plan is drafted by one, approved by another, published, and changed only by a new version with its reason."""

from datetime import UTC, date, datetime

import pytest

from yingshang.conduct.inspections import operations
from yingshang.conduct.inspections.models import Permission, Plan, Target
from yingshang.kernel import org, parties, work
from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.errors import Refusal
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
LINE = {
    "title": "餐饮经营抽查",
    "items": ["X06"],
    "tags": ["food"],
    "ratios": {"A": "1/100", "B": "10/100", "C": "30/100", "D": "1/1"},
    "first": date(2026, 3, 1),
    "last": date(2026, 6, 30),
}


def official(key):
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(key))
    return parties.actor_for(person, unit=org.unit("scjgj"), on=date(2026, 1, 12), level=parties.Level.SECOND_FACTOR)


@pytest.fixture
def officer(example_county):
    return official("han")


@pytest.fixture
def head(example_county):
    return official("wei")


@pytest.fixture
def submitted(officer):
    plan = operations.draft_plan(year=2026, by=officer, at=AT)
    operations.add_line(plan_id=plan.pk, task=operations.Task(**LINE), by=officer, at=AT)
    return operations.submit_plan(plan_id=plan.pk, by=officer, at=AT)


def test_a_plan_is_approved_by_the_head_and_published(submitted, head, wang_min):
    operations.decide_plan(plan_id=submitted.pk, approve=True, by=head, at=AT)
    plan = operations.publish_plan(plan_id=submitted.pk, by=wang_min, at=AT)
    assert plan.state == Plan.State.PUBLISHED
    assert (
        Disclosure.objects.get(subject=f"inspections.plan:{plan.pk}").title == "县市场监管局2026年度抽查计划（第1版）"
    )
    assert Entry.objects.filter(kind__startswith="inspections.plan_").count() == 2


def test_a_returned_plan_is_a_draft_again(submitted, head):
    with pytest.raises(Refusal) as refused:
        operations.decide_plan(plan_id=submitted.pk, approve=False, by=head, at=AT)
    assert refused.value.code == "inspections.reason_missing"
    plan = operations.decide_plan(plan_id=submitted.pk, approve=False, reason="比例偏低。", by=head, at=AT)
    assert plan.state == Plan.State.DRAFT


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"items": ["X99"]}, "inspections.item_not_published"),
        ({"ratios": LINE["ratios"] | {"B": "1/2"}}, "inspections.ratio_out_of_bounds"),
        ({"ratios": LINE["ratios"] | {"B": "0.1"}}, "inspections.ratio_out_of_bounds"),
        ({"last": date(2027, 1, 1)}, "inspections.line_outside_the_year"),
        ({"first": date(2026, 7, 1)}, "inspections.line_outside_the_year"),
    ],
)
def test_a_task_that_does_not_fit_is_refused(officer, wrong, code):
    plan = operations.draft_plan(year=2026, by=officer, at=AT)
    with pytest.raises(Refusal) as refused:
        operations.add_line(plan_id=plan.pk, task=operations.Task(**(LINE | wrong)), by=officer, at=AT)
    assert refused.value.code == code
    assert not plan.lines.exists()


def test_a_change_is_a_new_version_with_its_reason(submitted, officer, head, wang_min):
    operations.decide_plan(plan_id=submitted.pk, approve=True, by=head, at=AT)
    with pytest.raises(Refusal) as refused:
        operations.draft_plan(year=2026, changed_because="增加专项", by=officer, at=AT)
    assert refused.value.code == "inspections.plan_in_hand"
    operations.publish_plan(plan_id=submitted.pk, by=wang_min, at=AT)
    with pytest.raises(Refusal) as refused:
        operations.draft_plan(year=2026, by=officer, at=AT)
    assert refused.value.code == "inspections.reason_missing"
    second = operations.draft_plan(year=2026, changed_because="增加专项", by=officer, at=AT)
    assert [line.title for line in second.lines.all()] == ["餐饮经营抽查"]
    operations.submit_plan(plan_id=second.pk, by=officer, at=AT)
    operations.decide_plan(plan_id=second.pk, approve=True, by=head, at=AT)
    operations.publish_plan(plan_id=second.pk, by=wang_min, at=AT)
    submitted.refresh_from_db()
    assert submitted.state == Plan.State.SUPERSEDED


def test_another_unit_neither_drafts_for_us_nor_approves(submitted, li_qiang, officer):
    for deed in (
        lambda: operations.decide_plan(plan_id=submitted.pk, approve=True, by=li_qiang, at=AT),
        lambda: operations.decide_plan(plan_id=submitted.pk, approve=True, by=officer, at=AT),
    ):
        with pytest.raises(Refusal):
            deed()
    submitted.refresh_from_db()
    assert submitted.state == Plan.State.SUBMITTED
    assert not Entry.objects.filter(kind__startswith="inspections.plan_").exists()


def test_an_emergency_owes_its_approval_within_a_day(officer, head):
    target = Target.objects.order_by("code")[0]
    asked = operations.ask_permission(
        target_code=target.code,
        kind="case",
        items=["X06"],
        cause="complaint",
        reason="多人食用后不适。",
        is_emergency=True,
        by=officer,
        at=AT,
    )
    owed = work.Obligation.objects.get(kind="inspections.approve_afterwards")
    assert owed.due_at == datetime(2026, 1, 13, 1, 0, tzinfo=UTC)
    operations.decide_permission(permission_id=asked.pk, grant=True, decision="同意。", by=head, at=AT)
    owed.refresh_from_db()
    assert owed.state == work.Obligation.State.FULFILLED
    with pytest.raises(Refusal) as refused:
        operations.decide_permission(permission_id=asked.pk, grant=False, decision="不同意。", by=head, at=AT)
    assert refused.value.code == "inspections.permission_decided"
    asked.refresh_from_db()
    assert asked.state == Permission.State.GRANTED
