"""Several planned visits to one enterprise become one, and count once for each unit."""

from datetime import UTC, date, datetime

import pytest

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Cap, Crew, Inspector, Stop, Target, Tie, Visit
from yingshang.conduct.inspections.rules import merging
from yingshang.conduct.inspections.rules.merging import Span
from yingshang.kernel import org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.measures import month
from yingshang.kernel.testing import actor_of

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MARCH = {day: date(2026, 3, day) for day in range(1, 32)}


def span(visit, first, last, target=1, unit="scjgj"):
    return Span(visit, target, unit, MARCH[first], MARCH[last])


@pytest.mark.parametrize(
    ("spans", "groups"),
    [
        ([span(1, 2, 10), span(2, 10, 20)], [[1, 2]]),  # the last day of one is the first of the other
        ([span(1, 2, 10), span(2, 11, 20)], []),  # no shared day
        ([span(1, 2, 10), span(2, 5, 20), span(3, 15, 25)], [[1, 2]]),  # a chain is no group: 1 and 3 share no day
        ([span(1, 2, 4), span(2, 3, 20), span(3, 18, 25), span(4, 19, 30)], [[1, 2], [3, 4]]),
        ([span(1, 2, 10), span(2, 2, 10, target=2)], []),  # another enterprise
        ([span(1, 2, 10, unit="a"), span(2, 2, 10, unit="b"), span(3, 9, 12, unit="c")], [[1, 2, 3]]),
        ([], []),
    ],
)
def test_visits_that_share_a_day_are_one_group(spans, groups):
    assert [sorted(each.visit for each in group) for group in merging.mergeable(spans)] == groups


@pytest.mark.parametrize(
    ("spans", "day", "code"),
    [
        ([span(1, 2, 10)], 2, "inspections.nothing_to_merge"),
        ([span(1, 2, 10), span(1, 2, 10)], 2, "inspections.nothing_to_merge"),
        ([span(1, 2, 10), span(2, 2, 10, target=2)], 2, "inspections.merge_one_enterprise"),
        ([span(1, 2, 10), span(2, 11, 20)], 10, "inspections.merge_no_shared_day"),
        ([span(1, 2, 10), span(2, 5, 20)], 4, "inspections.merge_outside_days"),
        ([span(1, 2, 10), span(2, 5, 20)], 11, "inspections.merge_outside_days"),
    ],
)
def test_what_cannot_be_one_says_why(spans, day, code):
    assert merging.can_merge(spans, MARCH[day]).code == code


def test_a_day_that_all_share_is_right():
    spans = [span(1, 2, 10), span(2, 5, 20)]
    assert merging.shared_days(spans) == (MARCH[5], MARCH[10])
    assert merging.can_merge(spans, MARCH[5]) is None
    assert merging.can_merge(spans, MARCH[10]) is None


@pytest.fixture
def two(db, plan_visit, permission_for, crew):
    """A visit of the market regulators and one of the development bureau to the same enterprise."""
    target = Target.objects.order_by("code")[0]
    others = list(Inspector.objects.filter(unit__code="fgj").order_by("certificate_no")[:2])
    assert len(others) == 2
    ours = plan_visit(
        target=target,
        permission=permission_for(target, cause="monitoring"),
        items=["X01", "X06"],
        planned_on=MARCH[9],
        planned_to=MARCH[20],
    )
    given = permission_for(target, cause="complaint")
    theirs = operations.plan_visit(
        kind=Visit.Kind.CASE,
        target=target,
        items=["X01", "X07"],
        lead_unit=org.unit("fgj"),
        crew=[(each, Crew.Role.COMPANION if place else Crew.Role.LEAD) for place, each in enumerate(others)],
        planned_on=MARCH[16],
        planned_to=MARCH[31],
        permission=given,
        by=actor_of("han", unit="scjgj"),
        at=AT,
    )
    return ours, theirs


def merged(two, **changes):
    given = {
        "visit_ids": [each.pk for each in two],
        "lead_unit": "scjgj",
        "planned_on": MARCH[17],
        "by": actor_of("han", unit="scjgj"),
        "at": AT,
    }
    return operations.merge_visits(**given | changes)


@pytest.mark.mission("13i")
def test_one_visit_has_all_items_and_both_crews_and_the_other_says_where_it_went(two):
    ours, theirs = two
    (proposal,) = queries.proposals_on(MARCH[2])
    assert (proposal.first, proposal.last) == (MARCH[16], MARCH[20])
    assert proposal.ids == [ours.pk, theirs.pk]
    kept = merged(two)
    theirs.refresh_from_db()
    assert (theirs.state, theirs.merged_into) == (Visit.State.MERGED, kept)
    assert (kept.pk, kept.planned_on, kept.planned_to) == (ours.pk, MARCH[17], MARCH[20])
    assert [item.item_code for item in queries.items_of(kept)] == ["X01", "X06", "X07"]
    roles = [(each.inspector.unit.code, each.role) for each in queries.crew_of(kept)]
    assert roles == [("scjgj", "lead"), ("scjgj", "companion"), ("fgj", "companion"), ("fgj", "companion")]
    assert Entry.objects.filter(kind="inspections.visits_merged").count() == 1
    assert queries.proposals_on(MARCH[2]) == []


def test_it_counts_once_for_each_unit_and_a_complaint_still_does_not(two):
    ours, _theirs = two
    target, market, bureau = ours.target, org.unit("scjgj"), org.unit("fgj")
    before = [queries.paid_visits(target, unit, 2026) for unit in (market, bureau)]
    merged(two)
    assert [queries.paid_visits(target, unit, 2026) for unit in (market, bureau)] == before == [1, 0]
    (cell,) = queries.joint_share(["scjgj"], [month(2026, 3)])
    assert (cell.value.numerator, cell.value.denominator) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead_unit": "sfj"}, "inspections.merge_needs_a_leader"),
        ({"planned_on": MARCH[21]}, "inspections.merge_outside_days"),
        ({"by": "li_qiang"}, "inspections.not_your_post"),
    ],
)
def test_what_is_refused_changes_nothing(two, changes, code):
    if "by" in changes:
        changes = changes | {"by": actor_of("li_qiang", unit="sfj")}
    with pytest.raises(Refusal) as refused:
        merged(two, **changes)
    assert refused.value.code == code
    for each in two:
        each.refresh_from_db()
        assert each.state == Visit.State.PLANNED
    assert not Entry.objects.filter(kind="inspections.visits_merged").exists()


def test_a_joined_crew_keeps_clear_of_ties_and_a_started_visit_is_not_merged(two):
    ours, theirs = two
    member = theirs.crew.order_by("pk")[0].inspector
    Tie.objects.create(inspector=member, target=ours.target, kind=Tie.Kind.OTHER, since=MARCH[1], by="x")
    with pytest.raises(Refusal) as refused:
        merged(two)
    assert refused.value.code == "inspections.inspector_must_withdraw"
    Visit.objects.filter(pk=theirs.pk).update(state=Visit.State.STARTED, started_at=AT)
    with pytest.raises(Refusal) as refused:
        merged(two)
    assert refused.value.code == "inspections.visit_over"
    with pytest.raises(NotFound):
        merged(two, visit_ids=[ours.pk, 999_999])
    assert ours.crew.count() == 2
    assert not Stop.objects.exists()
    assert not Cap.objects.filter(unit__isnull=False).exists()


def test_the_page_proposes_and_merges(two, log_in, time_machine):
    ours, theirs = two
    time_machine.move_to(AT, tick=False)
    bureau = log_in("zhou")
    page = bureau.get("/workbench/inspections/merging/").content.decode()
    assert "2次检查可以合并成一次" in page and ours.target.name in page
    assert "可以合并" in bureau.get("/workbench/").content.decode()
    address = f"/workbench/inspections/merging/merge/?visit={ours.pk}"
    given = {"visits": [ours.pk, theirs.pk], "lead_unit": "fgj", "planned_on": "2026-03-21"}
    wrong = bureau.post(address, given)
    assert wrong.status_code == 422
    assert "2026年03月16日至03月20日之间" in wrong.content.decode()
    bureau.post(address, given | {"planned_on": "2026-03-18"})
    ours.refresh_from_db()
    assert ours.merged_into == theirs
    assert bureau.get(address).status_code == 404
