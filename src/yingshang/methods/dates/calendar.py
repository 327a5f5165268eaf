"""Which days are worked, as the State Council's yearly notices say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5

# The notice of a year may already move days of the December before it: that of
# 2019 gave 31 December 2018 off and had Saturday the 29th worked instead. No
# notice since 2004 reached further back than 29 December.
FIRST_DAY_OF_NEXT_NOTICE = (12, 29)


@dataclass(frozen=True)
class Calendar:
    """Working days, with the notices known so far.

    days_off: holidays and the days off around them; weekends may be left out.
    make_up_days: Saturdays and Sundays worked in exchange (调休上班).
    years: years whose notice is loaded. Outside them Monday to Friday count,
        and every answer that used such a day is provisional.

    >>> spring = Calendar(frozenset({date(2026, 2, 16)}), frozenset({date(2026, 2, 14)}), frozenset({2026}))
    >>> spring.is_working_day(date(2026, 2, 14)), spring.is_working_day(date(2026, 2, 16))
    (True, False)
    """

    days_off: frozenset[date] = field(repr=False)
    make_up_days: frozenset[date] = field(repr=False)
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Return whether the day counts in a period of working days."""
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Return whether a notice that is not loaded yet may still change this day."""
        if day.year not in self.years:
            return True
        return (day.month, day.day) >= FIRST_DAY_OF_NEXT_NOTICE and day.year + 1 not in self.years

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """Return how many working days lie after ``a`` and up to ``b``, ``b`` counted.

    Negative when ``b`` is before ``a``: the working days after ``b`` up to ``a``.

    >>> working_days_between(date(2026, 3, 6), date(2026, 3, 9), Calendar(frozenset(), frozenset(), frozenset({2026})))
    1
    """
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(calendar.is_working_day(a + timedelta(days=passed)) for passed in range(1, (b - a).days + 1))
