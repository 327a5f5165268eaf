"""How much typing units were asked for, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from yingshang.kernel import clock, measures, org
from yingshang.oversight.plan_tasks.models import TypingDay, TypingRule, YearlyDuty

MONTHS_SHOWN = 12
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class TypingMonth:
    """One month of one unit. hours: with two decimals."""

    month: measures.Period
    hours: Decimal
    forms: int
    fields: int
    change: str = ""


def unsourced_desk_rules() -> list[clock.Unsourced]:
    """Return the choices of the filing desk that name no text. Queries: 2."""
    typing = [
        clock.Unsourced(kind="填表时长", title=f"一张表最多计{rule.most_seconds}秒", todo=rule.todo)
        for rule in TypingRule.objects.filter(source="").order_by("effective_from")
    ]
    yearly = [
        clock.Unsourced(kind="年度方案", title=str(rule), todo=rule.todo)
        for rule in YearlyDuty.objects.filter(source="")
    ]
    return typing + yearly


def hours_of(seconds: int) -> Decimal:
    """Return seconds as hours with two decimals."""
    return round(Decimal(seconds) / SECONDS_AN_HOUR, 2)


def typing_of(unit: org.Unit, on: date) -> list[TypingMonth]:
    """Return the last twelve months of a unit, the newest first, each compared with the month before. Queries: 1."""
    months = _months_before(on, MONTHS_SHOWN)
    found = _by_month(unit, months)
    rows: list[TypingMonth] = []
    before: Decimal | None = None
    for month in months:
        seconds, forms, fields = found.get(month.first, (0, 0, 0))
        hours = hours_of(seconds)
        rows.append(TypingMonth(month, hours, forms, fields, _change(before, hours)))
        before = hours
    return rows[::-1]


def _by_month(unit: org.Unit, months: Sequence[measures.Period]) -> Mapping[date, tuple[int, int, int]]:
    days = TypingDay.objects.filter(unit=unit, day__gte=months[0].first, day__lte=months[-1].last)
    rows = days.annotate(month=TruncMonth("day")).values("month").order_by("month")
    summed = rows.annotate(all_seconds=Sum("seconds"), all_forms=Sum("forms"), all_fields=Sum("fields"))
    return {row["month"]: (row["all_seconds"], row["all_forms"], row["all_fields"]) for row in summed}


def _months_before(on: date, count: int) -> list[measures.Period]:
    first = on.year * 12 + on.month - count
    return [measures.month(place // 12, place % 12 + 1) for place in range(first, first + count)]


def _change(before: Decimal | None, hours: Decimal) -> str:
    if before is None or before == hours:
        return "" if before is None else "持平"
    return f"减少{before - hours}小时" if hours < before else f"增加{hours - before}小时"
