"""The measures of the catalogue, each computed from the contents in force on the last day of a period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, Q

from yingshang.kernel import org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.registers.catalogue.models import Adoption, ItemVersion
from yingshang.registers.catalogue.queries.versions import content_of
from yingshang.registers.catalogue.rules.checks.running import compression
from yingshang.registers.catalogue.rules.content import Content
from yingshang.registers.catalogue.rules.differences import effort

Compute = Callable[[list[Content]], Rate | Decimal | int | None]
TENTH = Decimal("0.1")


def _in_force(units: Sequence[str], day: date) -> dict[str, list[Content]]:
    """Return the contents that took new cases on a day, by unit. Queries: 1; a content is read once per process."""
    rows = ItemVersion.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day),
        Q(item__ended_on=None) | Q(item__ended_on__gt=day),
        item__unit__code__in=units,
        effective_from__lte=day,
        state=ItemVersion.State.PUBLISHED,
        zone=None,
    )
    found: dict[str, list[Content]] = {unit: [] for unit in units}
    for version in rows.annotate(code=F("item__unit__code")):
        found[version.code].append(content_of(version))
    return found


def _each(units: Sequence[str], periods: Sequence[Period], of: Compute) -> Iterator[Cell]:
    for period in periods:
        by_unit = _in_force(units, period.last)
        for unit in units:
            yield Cell(unit, period, of(by_unit[unit]))


def _average(values: list[Decimal]) -> Decimal | None:
    return (sum(values, Decimal(0)) / len(values)).quantize(TENTH) if values else None


@measure(title="政务服务事项数", formula="期末生效、还在受理的事项数。", shown_as="count")
def items(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many items of a unit take new cases. Queries: one for each period."""
    yield from _each(units, periods, len)


@measure(
    title="有承诺时限的事项占比",
    formula="期末生效的事项中，写明承诺时限或者当场办结的占多少。",
    shown_as="rate",
    better="higher",
)
def committed_share(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of items with a committed limit, or decided on the spot. Queries: one for each period."""

    def share(contents: list[Content]) -> Rate:
        promised = sum(1 for each in contents if each.limits.committed or each.choices.instant)
        return Rate(promised, len(contents))

    yield from _each(units, periods, share)


@measure(
    title="承诺时限平均压缩比例",
    formula="期末生效、有两种时限的事项，承诺时限比法定时限缩短的比例的平均数；单位不同的按日数比较。",
    shown_as="rate",
    better="higher",
)
def average_compression(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the average of 1 − committed / statutory over the items that have both, as an exact fraction."""

    def average(contents: list[Content]) -> Rate:
        shares = [share for each in contents if (share := compression(each)) is not None]
        mean = sum(shares, Fraction(0)) / len(shares) if shares else None
        return Rate(mean.numerator, mean.denominator) if mean is not None else Rate(0, 0)

    yield from _each(units, periods, average)


@measure(
    title="每个事项要交的材料数",
    formula="期末生效的事项，申请人最多要交的必交材料（部门核验的不算）的平均数。",
    shown_as="count",
    better="lower",
)
def materials_per_item(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the average number of materials that must be brought."""
    yield from _each(units, periods, lambda contents: _average([Decimal(effort(each).materials) for each in contents]))


@measure(
    title="每个事项的跑动次数",
    formula="期末生效的事项，申请人要到现场次数的平均数。",
    shown_as="count",
    better="lower",
)
def visits_per_item(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the average number of visits."""
    yield from _each(units, periods, lambda contents: _average([Decimal(each.where.visits) for each in contents]))


@measure(
    title="全程网办事项占比",
    formula="期末生效的事项中，可以网上申请、一次也不用跑的占多少。",
    shown_as="rate",
    better="higher",
)
def online_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of items that can be done online to the end."""

    def share(contents: list[Content]) -> Rate:
        return Rate(sum(1 for each in contents if effort(each).is_online_to_the_end), len(contents))

    yield from _each(units, periods, share)


@measure(
    title="改革经验按时答复率",
    formula="期内应答复的改革经验中，按时答复的占多少；撤销的不计。",
    shown_as="rate",
    better="higher",
)
def practices_answered_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of practices due in the period that the unit answered by their last day.

    Queries: one for each period, and one.
    """
    codes = dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))
    asked = Adoption.objects.filter(unit__in=codes.values()).exclude(obligation__state=work.Obligation.State.CANCELLED)
    for period in periods:
        due = asked.filter(obligation__due_date__range=(period.first, period.last))
        on_time = Count("pk", filter=Q(decided_on__lte=F("obligation__due_date")))
        counted = due.values("unit_id").annotate(owed=Count("pk"), kept=on_time)
        found = {row["unit_id"]: Rate(row["kept"], row["owed"]) for row in counted}
        for unit in units:
            yield Cell(unit, period, found.get(codes.get(unit, 0), Rate(0, 0)))
