"""One visit with what belongs to it, and visits counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from yingshang.conduct.inspections.models import Answer, Crew, Outcome, Target, Visit, VisitItem
from yingshang.conduct.inspections.queries.settled import caps_of
from yingshang.kernel import disclosure, lists, org
from yingshang.kernel.errors import NotFound

POINT_LIST = "inspection-points"


def visit_with(public_id: UUID, *, lock: bool = False) -> Visit:
    """Return a visit with its target, unit and permission; locked if asked. Queries: 1. Raises NotFound."""
    rows = Visit.objects.select_related("target__party", "lead_unit", "permission", "batch__line")
    if lock:
        rows = rows.select_for_update(of=("self",))
    visit = rows.filter(public_id=public_id).first()
    if visit is None:
        raise NotFound("这次检查")
    return visit


def crew_of(visit: Visit) -> list[Crew]:
    """Return who goes on a visit now, the lead first; whoever was replaced is left out. Queries: 1."""
    rows = visit.crew.filter(replaced_by=None).select_related("inspector__unit", "inspector__person")
    return sorted(rows, key=lambda each: (each.role != Crew.Role.LEAD, each.pk))


def paid_visits(target: Target, unit: org.Unit, year: int) -> int:
    """Return how many visits of a year count toward the unit's cap for a target, planned ones included. Queries: 1.

    A joint visit counts once for every unit that has an item in it.
    """
    return _paid([target], unit, year).get(target.pk, 0)


def at_their_cap(targets: Sequence[Target], units: Sequence[org.Unit], day: date) -> set[int]:
    """Return the ids of targets to which one of the units may pay no more visits this year. Queries: 1, and 1 a unit.

    Without a published cap all of them are: no cap, no routine visit.
    """
    full: set[int] = set()
    caps = caps_of(units, day)
    for unit in units:
        cap, paid = caps[unit.pk], _paid(targets, unit, day.year)
        full |= {each.pk for each in targets if cap is None or paid.get(each.pk, 0) >= cap}
    return full


def _paid(targets: Sequence[Target], unit: org.Unit, year: int) -> dict[int, int]:
    rows = VisitItem.objects.filter(
        unit=unit,
        visit__target__in=[each.pk for each in targets],
        visit__planned_on__year=year,
        counts_toward_cap=True,
    ).exclude(visit__state__in=["stopped", "merged"])
    counted = rows.values("visit__target").annotate(paid=Count("visit", distinct=True))
    return dict(counted.values_list("visit__target", "paid"))


def items_of(visit: Visit) -> list[VisitItem]:
    """Return the items of a visit with their units, in the order of the list. Queries: 1."""
    return list(visit.items.select_related("unit").order_by("item_code"))


def outcomes_of(visit: Visit) -> list[Outcome]:
    """Return the results that count: those of the last round. Queries: 1, none where they were prefetched."""
    rows = sorted(visit.outcomes.all(), key=lambda each: (each.round, each.pk))
    return [row for row in rows if row.round == rows[-1].round]


def faults_of(visit: Visit) -> int:
    """Return how many points of the sheet do not conform, each by its latest answer. Queries: 1."""
    latest = {(row.item_id, row.point): row.is_right for row in Answer.objects.filter(item__visit=visit).order_by("pk")}
    return sum(is_right is False for is_right in latest.values())


@dataclass(frozen=True)
class Point:
    """One question of the check sheet. place: from 1, within the item."""

    item: str
    place: int
    question: str


def points_of(items: Sequence[str], day: date) -> list[Point]:
    """Return the questions of these items in the edition of a day, in order. Queries: 2."""
    edition = lists.edition_on(POINT_LIST, day)
    rows = edition.rows.all() if edition else []
    points = [Point(row.values["item"], row.values["place"], row.values["question"]) for row in rows]
    return sorted((point for point in points if point.item in items), key=lambda each: (each.item, each.place))


def disclosure_of(visit: Visit) -> disclosure.Disclosure | None:
    """Return the standing publication of a visit's results. Queries: 1."""
    rows = disclosure.Disclosure.objects.filter(subject=f"visit:{visit.public_id}", withdrawal=None)
    return rows.order_by("-pk").first()


def answers_of(visit: Visit) -> list[tuple[VisitItem, Answer]]:
    """Return the sheet as it stands, each point by its latest answer, in the order of the list. Queries: 1."""
    rows = Answer.objects.filter(item__visit=visit).select_related("item").order_by("pk")
    latest = {(row.item.item_code, row.point): row for row in rows}
    return [(row.item, row) for _, row in sorted(latest.items())]


def target_at(code: str) -> Target:
    """Return the target with this credit code, also one that has left the pool. Queries: 1. Raises NotFound."""
    target = Target.objects.select_related("party", "township").filter(code=code.strip().upper()).first()
    if target is None:
        raise NotFound("这家企业")
    return target
