"""What 《政府督查工作条例》 says of checks: a plan first, no repeats, no two at once, nobody checks their own unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

RANDOM, REGULAR, ANNOUNCED, UNANNOUNCED = "random", "regular", "announced", "unannounced"
PLANNED, DONE, CONCLUDED, CALLED_OFF = "planned", "done", "concluded", "called_off"
OPEN, ANSWERED, CLOSED = "open", "answered", "closed"

SECRET = frozenset({RANDOM, UNANNOUNCED})
"""Kinds of which the unit checked learns only when they are done."""


def checked_too_soon(on: date, before: Iterable[date], days: int) -> date | None:
    """Return the day of an earlier check on the same area that lies less than ``days`` natural days away, or None.

    《政府督查工作条例》第十五条: frequency is limited, no repeats. The number is the county's.

    >>> checked_too_soon(date(2026, 6, 1), [date(2026, 3, 4)], 90)
    datetime.date(2026, 3, 4)
    >>> checked_too_soon(date(2026, 6, 2), [date(2026, 3, 4)], 90)
    """
    return next((day for day in sorted(before, reverse=True) if abs((on - day).days) < days), None)


def must_withdraw(unit: str, team: Iterable[tuple[str, Collection[str]]]) -> str:
    """Return the first of a team (name, codes of the units they belong to) who belongs to the unit checked, or empty.

    >>> must_withdraw("sfj", [("周", ["ysj"]), ("李", ["sfj"])])
    '李'
    """
    return next((name for name, units in team if unit in units), "")
