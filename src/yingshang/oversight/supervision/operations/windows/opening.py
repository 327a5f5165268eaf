"""Open what units owe of themselves: the sheet of the week, the problem list of the half-year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yingshang.kernel import org, work
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.rules.periods import PROBLEM_LIST, SELF_CHECK, in_words, origin_of, period_of


@transaction.atomic
def open_periods(*, on: date, at: datetime) -> int:
    """Open what is owed for the periods that a day lies in and not opened yet; return how many. Safe to repeat.

    Units that only give counts, and closed ones, owe none. The clock counts
    from today: the first day of the period, or the day on which the platform
    came into use; nobody is late with what nobody had told them. Queries:
    fixed, and those of ``owe_all``.
    """
    county = queries.rules_of_county()
    standing = org.Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), counts_only=False)
    windows = list(standing.filter(code__in=county.self_check_units).order_by("path"))
    listing = list(standing.filter(kind__in=county.problem_list_kinds).order_by("path"))
    return _open(SELF_CHECK, "填写{}窗口自查表", "SLF.CHECK", windows, county.self_check_every, on, at) + _open(
        PROBLEM_LIST, "报送{}突出问题清单", "PRB.LIST", listing, county.problem_list_every, on, at
    )


def _open(kind: str, title: str, limit: str, units: Sequence[org.Unit], every: str, on: date, at: datetime) -> int:
    period = period_of(on, every)
    origin = origin_of(kind, period)
    opened = set(work.Obligation.objects.filter(kind=kind, origin=origin).values_list("unit_id", flat=True))
    fresh = [unit for unit in units if unit.pk not in opened]
    duties = [
        work.Owed(kind=kind, title=title.format(in_words(period)), unit=unit, limit=limit, origin=origin)
        for unit in fresh
    ]
    return len(work.owe_all(duties, by=SYSTEM, at=at))
