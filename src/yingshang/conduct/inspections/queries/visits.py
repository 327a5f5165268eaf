"""Visits counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count

from yingshang.conduct.inspections.models import Target, VisitItem
from yingshang.conduct.inspections.queries.settled import cap_on
from yingshang.kernel import org


def paid_visits(target: Target, unit: org.Unit, year: int) -> int:
    """Return how many visits of a year count toward the unit's cap for a target, planned ones included. Queries: 1.

    A joint visit counts once for every unit that has an item in it.
    """
    return _paid([target], unit, year).get(target.pk, 0)


def at_their_cap(targets: Sequence[Target], units: Sequence[org.Unit], day: date) -> set[int]:
    """Return the ids of targets to which one of the units may pay no more visits this year. Queries: 2 a unit.

    Without a published cap all of them are: no cap, no routine visit.
    """
    full: set[int] = set()
    for unit in units:
        cap, paid = cap_on(unit, day), _paid(targets, unit, day.year)
        full |= {each.pk for each in targets if cap is None or paid.get(each.pk, 0) >= cap}
    return full


def _paid(targets: Sequence[Target], unit: org.Unit, year: int) -> dict[int, int]:
    rows = VisitItem.objects.filter(
        unit=unit,
        visit__target__in=[each.pk for each in targets],
        visit__planned_on__year=year,
        visit__counts_toward_cap=True,
    ).exclude(visit__state="stopped")
    counted = rows.values("visit__target").annotate(paid=Count("visit", distinct=True))
    return dict(counted.values_list("visit__target", "paid"))
