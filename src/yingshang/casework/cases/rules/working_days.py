"""How many working days a case took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from yingshang.methods.dates import Calendar


def working_days_used(accepted_on: date, decided_on: date, calendar: Calendar, stopped: Iterable[date] = ()) -> int:
    """Return the working days from acceptance to decision; the day of acceptance and days that do not count left out.

    stopped: days of special procedures (《行政许可法》第四十五条). Decided on
    the spot is 0.

    >>> plain = Calendar(frozenset(), frozenset(), frozenset({2026}))
    >>> working_days_used(date(2026, 11, 23), date(2026, 11, 30), plain)
    5
    >>> working_days_used(date(2026, 11, 23), date(2026, 11, 30), plain, [date(2026, 11, 25)])
    4
    """
    still = frozenset(stopped)
    days = (accepted_on + timedelta(days=n) for n in range(1, (decided_on - accepted_on).days + 1))
    return sum(1 for day in days if calendar.is_working_day(day) and day not in still)
