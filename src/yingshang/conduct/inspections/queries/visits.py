"""Visits counted."""

from __future__ import annotations

from yingshang.conduct.inspections.models import Target, Visit
from yingshang.kernel import org


def paid_visits(target: Target, unit: org.Unit, year: int) -> int:
    """Return how many visits of a year count toward the unit's cap for a target, planned ones included. Queries: 1.

    A joint visit counts once for every unit that has an item in it.
    """
    rows = Visit.objects.filter(target=target, planned_on__year=year, counts_toward_cap=True)
    return rows.exclude(state=Visit.State.STOPPED).filter(items__unit=unit).distinct().count()
