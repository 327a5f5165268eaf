"""Figures of an extraction, by name, and what each becomes as the value of a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

FIGURES = {
    "worked.p50": "工作时间中位数",
    "worked.p90": "工作时间90分位数",
    "worked.p95": "工作时间95分位数",
    "elapsed.p50": "自然时间中位数",
    "elapsed.p90": "自然时间90分位数",
    "elapsed.p95": "自然时间95分位数",
    "events.p50": "办理动作数中位数",
    "events.p90": "办理动作数90分位数",
    "cases": "件数",
    "on_time": "按期率",
}
DAYS, HOURS, COUNTS, PERCENT = ("天", "日", "工作日"), ("小时",), ("个", "件", "次", "项"), ("%",)
HOUR = 3_600_000_000
CALENDAR_DAY = 24 * HOUR
DIGITS = Decimal("0.0001")


def day_length(sessions: Sequence[Sequence[str]]) -> int:
    """Return the microseconds of one office day."""
    lengths = [_minutes(closes) - _minutes(opens) for opens, closes in sessions]
    return sum(lengths) * 60_000_000


def figure_of(line: Mapping[str, Any], figure: str) -> int | None:
    """Return a figure of a line as it stands there: microseconds or a number; None for the on-time rate and unknown."""
    part, _, rank = figure.partition(".")
    found = line.get(part)
    if isinstance(found, Mapping):
        found = found.get(rank)
    return found if isinstance(found, int) else None


def as_value(line: Mapping[str, Any], figure: str, unit: str, office_day: int) -> str | None:
    """Return a figure in the unit of a series, at most four digits behind the point; None where it does not fit.

    Worked time in days is counted in office days (``office_day``
    microseconds), elapsed time in days of 24 hours.
    """
    number = _converted(line, figure, unit, office_day)
    if number is None:
        return None
    written = format(number.quantize(DIGITS, ROUND_HALF_EVEN), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def how(figure: str, unit: str, office_day: int) -> str:
    """Say how a figure becomes a value, in words."""
    if figure == "on_time":
        return "（有时限的件数－逾期件数）÷有时限的件数"
    if unit in DAYS and figure.startswith("worked"):
        return f"工作时间÷每个工作日的办公时间（{Decimal(office_day) / HOUR:f}小时）"
    if unit in DAYS:
        return "自然时间÷24小时"
    return "按小时计" if unit in HOURS else "直接取数"


def _converted(line: Mapping[str, Any], figure: str, unit: str, office_day: int) -> Decimal | None:
    if figure == "on_time":
        due, late = line.get("due", 0), line.get("late", 0)
        return Decimal(100 * (due - late)) / due if unit in PERCENT and due else None
    found = figure_of(line, figure)
    if found is None:
        return None
    if figure.startswith(("worked", "elapsed")):
        day = office_day if figure.startswith("worked") else CALENDAR_DAY
        return Decimal(found) / day if unit in DAYS else Decimal(found) / HOUR if unit in HOURS else None
    return Decimal(found) if unit in COUNTS else None


def _minutes(written: str) -> int:
    at = time.fromisoformat(written)
    return at.hour * 60 + at.minute
