"""Measures of the whole county, as sums over its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yingshang.kernel import measures, org, registry


@dataclass(frozen=True)
class Measured:
    """A measure for one month: its name, its title, and its value over all units as people read it."""

    name: str
    title: str
    shown: str


def measured(names: Sequence[str], month: date) -> list[Measured]:
    """Return those of the named measures that are installed, over all units that may be measured.

    A rate is summed in its two counts. Queries: those of the measures, and one.
    """
    installed = [name for name in names if name in registry.measures()]
    codes = units_measured() if installed else []
    period = measures.month(month.year, month.month)
    return [_summed(name, codes, period) for name in installed]


def units_measured() -> list[str]:
    """Return the codes of the units that measures of bulletins are taken of."""
    rows = org.Unit.objects.filter(counts_only=False, valid_to=None).order_by("path")
    return list(rows.values_list("code", flat=True))


def _summed(name: str, codes: Sequence[str], period: measures.Period) -> Measured:
    told = measures.explain(name).told
    values = [cell.value for cell in measures.compute(name, codes, [period])]
    rates = [value for value in values if isinstance(value, measures.Rate)]
    if rates or told.shown_as == "rate":
        total = measures.Rate(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))
        return Measured(name, told.title, str(total))
    numbers = [Decimal(value) for value in values if value is not None and not isinstance(value, measures.Rate)]
    return Measured(name, told.title, f"{sum(numbers, Decimal()).normalize():f}")
