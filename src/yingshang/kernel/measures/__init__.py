"""Measures (指标量): named numbers for a unit and a period, live and frozen.

Live ones are computed when asked; a frozen one is a row with a ledger entry,
and only frozen ones feed assessment and evaluation. Owns the words: measure,
period, rate, frozen value.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.measures.computing import Explanation, Told, compute, explain, measure, problems
    from yingshang.kernel.measures.freezing import correct, freeze, frozen_value
    from yingshang.kernel.measures.models import FrozenValue
    from yingshang.kernel.measures.percentiles import percentile
    from yingshang.kernel.measures.periods import Period, PeriodKind, month, quarter, read_period, year
    from yingshang.kernel.measures.values import Cell, Rate, Table

__all__ = [
    "Cell",
    "Explanation",
    "FrozenValue",
    "Period",
    "PeriodKind",
    "Rate",
    "Table",
    "Told",
    "compute",
    "correct",
    "explain",
    "freeze",
    "frozen_value",
    "measure",
    "month",
    "percentile",
    "problems",
    "quarter",
    "read_period",
    "year",
]

__getattr__ = door(
    __name__,
    {
        "computing": "Explanation Told compute explain measure problems",
        "freezing": "correct freeze frozen_value",
        "models": "FrozenValue",
        "percentiles": "percentile",
        "periods": "Period PeriodKind month quarter read_period year",
        "values": "Cell Rate Table",
    },
)
