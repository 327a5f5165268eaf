"""The latest day on which something may be done before an event."""

from __future__ import annotations

from datetime import date, timedelta

from yingshang.methods.dates.calendar import Calendar
from yingshang.methods.dates.periods import ONE_DAY, Due, shifted_by_months
from yingshang.methods.dates.units import Unit


def before(event: date, amount: int, unit: Unit | str, calendar: Calendar) -> Due:
    """Return the last day that lies at least ``amount`` before an event.

    The day of the event is not counted, as in ``due``: a hearing on the seventh
    working day after the notice was announced seven working days before
    (《行政许可法》第四十八条, 《行政处罚法》第六十四条). For an event on a
    working day the two are each other's inverse. The day found never moves to
    a later one: who is to be told early loses nothing by a rest day.

    event: Beijing date. amount: 1 or more, in ``wd``, ``d``, ``m`` or ``y``.
    Raises ValueError for an amount below 1, for hours, and before the year 1.

    >>> before(date(2026, 3, 9), 5, "wd", Calendar(frozenset(), frozenset(), frozenset({2026}))).date
    datetime.date(2026, 3, 2)
    """
    unit = Unit(unit)
    if amount < 1:
        raise ValueError(f"a period must be at least 1 long, got {amount}")
    if unit is Unit.HOUR:
        raise ValueError("hours are counted from a moment, not from a day")
    try:
        if unit is Unit.WORKING_DAY:
            return _count_back(event, amount, calendar)
        if unit is Unit.DAY:
            return Due(event - timedelta(days=amount))
        return Due(shifted_by_months(event, -amount * (12 if unit is Unit.YEAR else 1)))
    except OverflowError:
        raise ValueError(f"{amount} {unit.value} before {event} is before the year 1") from None


def _count_back(event: date, amount: int, calendar: Calendar) -> Due:
    day, left, provisional = event, amount, calendar.is_provisional(event)
    while left:
        day -= ONE_DAY
        provisional = provisional or calendar.is_provisional(day)
        if calendar.is_working_day(day):
            left -= 1
    return Due(day, provisional)
