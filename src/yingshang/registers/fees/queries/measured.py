"""The measures of fees: outside the list, paid back in time, how much of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Count, Sum

from yingshang.kernel import clock, org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.registers.fees.models import Charge, Refund


@measure(
    title="清单之外的收费",
    formula="期内收取、清单之外或者取消以后收的笔数；应当是0。",
    shown_as="count",
    better="lower",
)
def outside_list(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many charges of a period the list did not bear. Queries: one for each period, and one."""
    codes = _codes(units)
    reasons = (Refund.Reason.OUTSIDE, Refund.Reason.ENDED)
    for period in periods:
        rows = Charge.objects.filter(
            unit__in=codes.values(), charged_on__range=(period.first, period.last), refund__reason__in=reasons
        )
        found = dict(rows.values("unit").annotate(n=Count("pk")).values_list("unit", "n"))
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0) if code in codes else None)


@measure(
    title="按期退费率",
    formula="期内退费期限届满的退费中，在期限以内退还的占多少。",
    shown_as="rate",
    better="higher",
)
def refunded_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of refunds due in the period that were paid back by their last day.

    Queries: one for each period, and one.
    """
    codes = _codes(units)
    for period in periods:
        owed = work.Obligation.objects.filter(
            kind="fees.refund", unit__in=codes.values(), due_date__range=(period.first, period.last)
        ).exclude(state=work.Obligation.State.CANCELLED)
        counted: dict[int, list[int]] = {}
        for unit, due, closed in owed.values_list("unit", "due_date", "closed_at"):
            in_time = closed is not None and due is not None and clock.beijing_date(closed) <= due
            of_unit = counted.setdefault(unit or 0, [0, 0])
            of_unit[0] += in_time
            of_unit[1] += 1
        for code in units:
            yield Cell(code, period, Rate(*counted.get(codes[code], [0, 0])) if code in codes else None)


@measure(title="政府性基金收取额", formula="期内收取的政府性基金，减免和作废的不计。", shown_as="fen")
def funds_fen(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return what was charged, in fen. Queries: one for each period, and one."""
    return _sums("fund", units, periods)


@measure(title="涉企行政事业性收费额", formula="期内收取的涉企行政事业性收费，减免和作废的不计。", shown_as="fen")
def administrative_fen(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return what was charged, in fen. Queries: one for each period, and one."""
    return _sums("administrative", units, periods)


@measure(title="涉企保证金收取额", formula="期内收取的涉企保证金，减免和作废的不计。", shown_as="fen")
def deposits_fen(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return what was charged, in fen. Queries: one for each period, and one."""
    return _sums("deposit", units, periods)


@measure(title="政府定价服务收费额", formula="期内收取的政府定价经营服务性收费，减免和作废的不计。", shown_as="fen")
def priced_fen(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return what was charged, in fen. Queries: one for each period, and one."""
    return _sums("priced", units, periods)


def _sums(kind: str, units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    codes = _codes(units)
    for period in periods:
        rows = Charge.objects.filter(
            kind=kind, unit__in=codes.values(), charged_on__range=(period.first, period.last), void_at=None
        )
        found = dict(rows.values("unit").annotate(n=Sum("amount_fen")).values_list("unit", "n"))
        for code in units:
            yield Cell(code, period, int(found.get(codes[code], 0)) if code in codes else None)


def _codes(units: Sequence[str]) -> dict[str, int]:
    return dict(org.Unit.objects.filter(code__in=units, counts_only=False).values_list("code", "pk"))
