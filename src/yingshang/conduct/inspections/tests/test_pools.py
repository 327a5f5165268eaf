"""The pools are kept by those whose post it is, and their history stays."""

from datetime import UTC, date, datetime

import pytest

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Inspector, Target, Tie
from yingshang.kernel import org, parties
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = {"code": "91350100m000100y43", "name": "新店（演示）", "grade": "B", "source": "首次入库"}
"""The code is the worked example of GB 32100—2015, in small letters."""


@pytest.fixture
def officer(example_county):
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("han"))
    return parties.actor_for(person, unit=org.unit("scjgj"), on=date(2026, 3, 2), level=parties.Level.SECOND_FACTOR)


def test_a_target_comes_in_once_and_its_code_is_made_right(officer):
    target = operations.add_target(**NEW, by=officer, at=AT)
    assert target.code == "91350100M000100Y43"
    for wrong, code in (
        (NEW, "inspections.in_the_pool"),
        (NEW | {"code": "91350100M000100Y44"}, "inspections.wrong_code"),
    ):
        with pytest.raises(Refusal) as refused:
            operations.add_target(**wrong, by=officer, at=AT)
        assert refused.value.code == code
    assert Entry.objects.filter(kind="inspections.target_added").count() == 1


def test_the_class_of_a_day_is_the_newest_by_then(officer):
    target = operations.add_target(**NEW, by=officer, at=AT)
    operations.grade_target(
        target_id=target.pk, grade="D", source="列入异常名录", by=officer, at=datetime(2026, 4, 1, 1, tzinfo=UTC)
    )
    with pytest.raises(Stale):
        operations.grade_target(target_id=target.pk, grade="A", source="x", by=officer, at=AT)
    assert queries.targets_on(date(2026, 3, 31)).get(pk=target.pk).grade == "B"
    assert queries.targets_on(date(2026, 4, 1)).get(pk=target.pk).grade == "D"


def test_who_left_the_pool_is_drawn_no_more_and_stays_on_record(officer):
    target = operations.add_target(**NEW, by=officer, at=AT)
    operations.remove_target(target_id=target.pk, reason="注销", by=officer, at=AT)
    assert not queries.targets_on(date(2026, 3, 2)).filter(pk=target.pk).exists()
    assert Target.objects.filter(pk=target.pk).exists()


def test_an_observed_enterprise_is_named_until_its_last_day(officer):
    target = operations.add_target(**NEW, by=officer, at=AT)
    row = operations.observe_target(
        target_id=target.pk,
        reason="新业态",
        basis="《优化营商环境条例》第五十五条",
        last=date(2026, 12, 31),
        by=officer,
        at=AT,
    )
    assert queries.under_observation(date(2026, 12, 31)).filter(pk=row.pk).exists()
    assert not queries.under_observation(date(2027, 1, 1)).exists()
    operations.end_observation(exemption_id=row.pk, reason="发生食物中毒", by=officer, at=AT)
    assert not queries.under_observation(date(2026, 3, 2)).exists()


def test_a_suspended_certificate_is_in_no_pool(officer):
    inspector = Inspector.objects.get(certificate_no="黑演000004")
    operations.suspend_inspector(inspector_id=inspector.pk, reason="违规入企", by=officer, at=AT)
    assert inspector not in queries.inspectors_on(date(2026, 3, 2))
    operations.restore_inspector(inspector_id=inspector.pk, by=officer, at=AT)
    assert inspector in queries.inspectors_on(date(2026, 3, 2))


def test_an_inspector_declares_a_tie_in_person_and_the_ledger_tells_no_names(officer, wang_min, li_qiang):
    inspector = Inspector.objects.get(certificate_no="黑演000001")
    target = Target.objects.order_by("code")[0]
    tie = {"inspector_id": inspector.pk, "target_id": target.pk, "kind": "kinship", "since": date(2026, 1, 1)}
    operations.declare_tie(**tie, by=wang_min, at=AT)
    entry = Entry.objects.get(kind="inspections.tie_declared")
    assert target.code not in str(entry.content) and inspector.certificate_no not in str(entry.content)
    with pytest.raises(Refusal):
        operations.declare_tie(**tie | {"kind": "other"}, by=li_qiang, at=AT)
    assert Tie.objects.count() == 1


def test_another_unit_does_not_touch_our_inspectors(li_qiang, example_county):
    inspector = Inspector.objects.get(certificate_no="黑演000004")
    with pytest.raises(Refusal):
        operations.suspend_inspector(inspector_id=inspector.pk, reason="x", by=li_qiang, at=AT)
    inspector.refresh_from_db()
    assert inspector.suspended_on is None
