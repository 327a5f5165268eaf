"""Which of differing values counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from yingshang.methods.scoring import Frontier, Indicator, Standard

RULES = {
    "only": "只有一个值",
    "same": "各来源一致",
    "verified": "经核实的值",
    "less_favorable": "没有核实的，取对被评价地方较不利的值",
    "person": "评估员逐项认定",
}
"""Rules by which a cell was settled. National practice: the verified or the less favorable value counts (unsourced)."""


@dataclass(frozen=True)
class Collected:
    """One collected value, as settling looks at it. key: of its row."""

    key: int
    written: str
    is_verified: bool


def settled(values: Sequence[Collected], series: Indicator) -> tuple[int, str]:
    """Return (key of the value that counts, rule). values: of one cell, in the order they came; at least one.

    The last verified value counts; without one, of differing values the less
    favorable. Words (未知、不适用) count only where no source gave a number.
    """
    if len({value.written for value in values}) == 1:
        return values[-1].key, "only" if len(values) == 1 else "same"
    verified = [value for value in values if value.is_verified]
    if verified:
        return verified[-1].key, "verified"
    numbers = [(number, value.key) for value in values if (number := _number(value.written)) is not None]
    if not numbers:
        return values[-1].key, "less_favorable"
    worst = max(numbers) if _lower_is_better(series) else min(numbers)
    return worst[1], "less_favorable"


def holds(low: str, written: str, high: str) -> bool:
    """Whether both ends of an interval are numbers and hold the value between them."""
    numbers = [number for end in (low, written, high) if (number := _number(end.strip())) is not None]
    return len(numbers) == 3 and numbers == sorted(numbers)


def with_unit(written: str, unit: str) -> str:
    """Return a value as people read it: a number with its unit, a word alone, 未知 for nothing."""
    return f"{written}{unit}" if _number(written) is not None else written or "未知"


def _number(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _lower_is_better(series: Indicator) -> bool:
    mark = series.mark
    if isinstance(mark, Frontier):
        return mark.best < mark.worst
    return mark.lower_is_better if isinstance(mark, Standard) else getattr(mark, "lower_is_better", True)
