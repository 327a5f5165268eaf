"""The measures of the office: plans published, visits that were drawn, visits paid jointly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Case, Count, Q, Value, When

from yingshang.conduct.inspections.models import Plan, Visit
from yingshang.conduct.inspections.queries.field_measured import measured_units
from yingshang.conduct.inspections.queries.settled import published_items
from yingshang.kernel.measures import Cell, Period, Rate, measure

LEFT_OUT = (Visit.State.STOPPED, Visit.State.MERGED)


@measure(
    title="年度抽查计划公示率",
    formula="到期末为止，清单上有抽查事项的单位中，已经公示本年度抽查计划的占多少；没有事项的单位不计。",
    shown_as="rate",
    better="higher",
)
def plans_published_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return 1 of 1 for a unit with items whose plan of the period's year was published by the end of the period.

    A unit without an item on the list of the last day is in neither number. Queries: three for each period, and one.
    """
    codes = measured_units(units)
    for period in periods:
        owing = {row.values["unit"] for row in published_items(period.last).values()}
        done = Plan.objects.filter(
            unit__code__in=units, year=period.last.year, published_on__isnull=False, published_on__lte=period.last
        )
        published = set(done.values_list("unit__code", flat=True))
        for code in units:
            share = Rate(int(code in published), 1) if code in owing else Rate(0, 0)
            yield Cell(code, period, share if code in codes else None)


@measure(
    title="随机抽取的检查占比",
    formula="期内安排、由本单位牵头的检查中，由摇号抽出的占多少；中止的和并入别的检查的不计。",
    shown_as="rate",
    better="higher",
)
def drawn_share(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the visits led by a unit and planned in the period that a draw chose.

    Queries: one for each period, and one.
    """
    return _shares(units, periods, Q(batch__isnull=False))


@measure(
    title="联合检查占比",
    formula="期内安排、由本单位牵头的检查中，一次上门查两个以上单位事项的占多少；中止的和并入别的检查的不计。",
    shown_as="rate",
    better="higher",
)
def joint_share(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the visits led by a unit and planned in the period that hold items of two units or more.

    Queries: one for each period, and one.
    """
    return _shares(units, periods, Q(taking_part__gt=1))


def _shares(units: Sequence[str], periods: Sequence[Period], counted: Q) -> Iterator[Cell]:
    codes = measured_units(units)
    standing = Visit.objects.exclude(state__in=LEFT_OUT).filter(lead_unit__in=codes.values())
    for period in periods:
        visits = standing.filter(planned_on__range=(period.first, period.last)).annotate(
            taking_part=Count("items__unit", distinct=True)
        )
        found: dict[int, list[int]] = {}
        is_counted = Case(When(counted, then=Value(1)), default=Value(0))
        for unit, one in visits.annotate(is_counted=is_counted).values_list("lead_unit", "is_counted"):
            of_unit = found.setdefault(unit, [0, 0])
            of_unit[0] += one
            of_unit[1] += 1
        for code in units:
            done, owed = found.get(codes.get(code, 0), [0, 0])
            yield Cell(code, period, Rate(done, owed) if code in codes else None)
