"""Measures of cases, by the unit that acts and the month; subordinate units stand for themselves.

What speaks of decisions counts a case in the month it was decided, what
speaks of applications in the month it came in. ``figures`` gives the same by item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from yingshang.casework.cases.models import Case, CaseMaterial, Channel, Decision, FilingViolation
from yingshang.kernel import clock, org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure, percentile
from yingshang.kernel.measures.values import Value

ONLINE = (Channel.COMPUTER, Channel.MOBILE, Channel.KIOSK)
REVIEW_MOVES = ("accept", "accept_tolerantly", "advance", "grant", "refuse", "deliver", "deem_accepted")


@measure(
    title="办件按时办结率",
    formula="期内作出决定、有承诺时限的办件中，在承诺时限内决定的占多少；不计时的特别程序不算在内。",
    shown_as="rate",
    better="higher",
)
def on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of decisions with a promised day that were made by it. Queries: one a period, and one."""
    counted = Count("pk", filter=Q(due_on__isnull=False)), Count("pk", filter=Q(decided_on__lte=F("due_on")))
    yield from _rates(units, periods, counted[1], counted[0])


@measure(
    title="办理用时中位数",
    formula="期内作出决定的办件，从受理到决定所用工作日的中位数（最近秩）。",
    shown_as="days",
    better="lower",
)
def days_to_decide_median(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the median working days from acceptance to decision. Queries: one a period, and one."""
    yield from _percentiles(units, periods, 50)


@measure(
    title="办理用时90分位数",
    formula="期内作出决定的办件，从受理到决定所用工作日的90分位数（最近秩）。",
    shown_as="days",
    better="lower",
)
def days_to_decide_90(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the 90th percentile of working days from acceptance to decision. Queries: one a period, and one."""
    yield from _percentiles(units, periods, 90)


@measure(
    title="网上办理率",
    formula="期内收到的办件中，通过电脑、手机和自助机提交的占多少。",
    shown_as="rate",
    better="higher",
)
def online_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of cases received that came in online. Queries: one a period, and one."""
    online = Count("pk", filter=Q(channel__in=ONLINE))
    yield from _received(units, periods, _rate, part=online, whole=Count("pk"))


@measure(
    title="表单预填率",
    formula="期内收到的办件，申请表各栏中由已掌握的数据填好的占多少。",
    shown_as="rate",
    better="higher",
)
def prefill_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the fields of forms that were held already. Queries: one a period, and one."""
    parts = {"part": Sum("fields_prefilled"), "whole": Sum("fields_asked")}
    yield from _received(units, periods, _rate, **parts)


@measure(
    title="补正率",
    formula="期内收到的办件中，被要求补正的占多少。",
    shown_as="rate",
    better="lower",
)
def correction_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of cases received that had to be corrected. Queries: one a period, and one."""
    parts = {"part": Count("correction_notice"), "whole": Count("pk")}
    yield from _received(units, periods, _rate, **parts)


@measure(
    title="平均跑动次数",
    formula="期内作出决定的办件，申请人到现场的次数平均数。",
    shown_as="count",
    better="lower",
)
def visits_made(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how often applicants came, on average, for the cases decided. Queries: one a period, and one."""
    yield from _averages(units, periods, Avg("case__visits"))


@measure(
    title="平均材料数",
    formula="期内收到的办件，申请人自己提交的材料份数平均数；免交、共享和由申请表生成的不算。",
    shown_as="count",
    better="lower",
)
def materials_asked(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many papers applicants handed in themselves, per case received. Queries: one a period, and one."""
    given = (CaseMaterial.Given.FILE, CaseMaterial.Given.PAPER)
    parts = {
        "part": Count("materials", filter=Q(materials__given__in=given, materials__round=1)),
        "whole": Count("pk", distinct=True),
    }
    yield from _received(units, periods, lambda row: _mean(row["part"], row["whole"]), **parts)


@measure(
    title="平均环节数",
    formula="期内作出决定的办件，从收到到决定经过的办理环节平均数。",
    shown_as="count",
    better="lower",
)
def steps_taken(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many moves of the office a decision took, on average. Queries: two a period, and one."""
    codes = _codes(units)
    for period in periods:
        decided = _decided(codes, period)
        moves = work.Move.objects.filter(dossier__case__decision__in=decided.values("pk"), do__in=REVIEW_MOVES)
        made = dict(moves.values_list("dossier__case__decision__unit_id").annotate(Count("pk")))
        cases = dict(decided.values_list("unit_id").annotate(Count("pk")))
        for code in units:
            yield Cell(code, period, _mean(made.get(codes[code], 0), cases.get(codes[code], 0)))


@measure(
    title="备案被当作许可的次数",
    formula="期内本单位退回、拒绝备案或者要求清单以外材料、被平台拦下的次数。",
    shown_as="count",
    better="lower",
)
def filing_violations(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how often a unit tried to treat a filing like a license. Queries: one a period, and one."""
    codes = _codes(units)
    for period in periods:
        rows = FilingViolation.objects.filter(unit__in=codes.values(), **within("at", period))
        found = dict(rows.values_list("unit_id").annotate(Count("pk")))
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0))


def _codes(units: Sequence[str]) -> dict[str, int]:
    return dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))


def _decided(codes: Mapping[str, int], period: Period) -> QuerySet[Decision]:
    return Decision.objects.filter(unit__in=codes.values(), decided_on__range=(period.first, period.last))


def _rates(units: Sequence[str], periods: Sequence[Period], part: Count, whole: Count) -> Iterator[Cell]:
    codes = _codes(units)
    for period in periods:
        rows = _decided(codes, period).values("unit_id").annotate(part=part, whole=whole)
        found = {row["unit_id"]: Rate(row["part"], row["whole"]) for row in rows}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))


def _percentiles(units: Sequence[str], periods: Sequence[Period], percent: int) -> Iterator[Cell]:
    codes = _codes(units)
    for period in periods:
        days: dict[int, list[int]] = {}
        for unit, used in _decided(codes, period).values_list("unit_id", "working_days"):
            days.setdefault(unit, []).append(used)
        for code in units:
            yield Cell(code, period, percentile(days.get(codes[code], []), percent))


def _averages(units: Sequence[str], periods: Sequence[Period], of: Avg) -> Iterator[Cell]:
    codes = _codes(units)
    for period in periods:
        rows = _decided(codes, period).values("unit_id").annotate(mean=of)
        found = {row["unit_id"]: _tenths(row["mean"]) for row in rows}
        for code in units:
            yield Cell(code, period, found.get(codes[code]))


def _received(
    units: Sequence[str], periods: Sequence[Period], cell: Callable[[Any], Value], *, part: Any, whole: Any
) -> Iterator[Cell]:
    """Yield one cell for each unit and period from what came in; ``cell`` gets the row, or zeros where none did."""
    codes = _codes(units)
    for period in periods:
        came_in = Case.objects.filter(unit__in=codes.values(), **within("received_at", period))
        rows = {row["unit_id"]: row for row in came_in.values("unit_id").annotate(part=part, whole=whole)}
        for code in units:
            yield Cell(code, period, cell(rows.get(codes[code], {"part": 0, "whole": 0})))


def within(column: str, period: Period) -> dict[str, datetime]:
    """Return the filter for moments that lie in a period, by Beijing dates; an index on the column serves it."""
    first = datetime.combine(period.first, time(), tzinfo=clock.BEIJING)
    after = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=clock.BEIJING)
    return {f"{column}__gte": first, f"{column}__lt": after}


def _rate(row: Mapping[str, Any]) -> Rate:
    return Rate(row["part"] or 0, row["whole"] or 0)


def _mean(total: int, count: int) -> Decimal | None:
    return _tenths(Decimal(total) / count) if count else None


def _tenths(mean: Decimal | float) -> Decimal:
    return Decimal(mean).quantize(Decimal("0.1"), ROUND_HALF_UP)
