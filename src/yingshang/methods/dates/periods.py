"""The last day of a period that begins with an event."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yingshang.methods.dates.calendar import Calendar
from yingshang.methods.dates.units import Unit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and whether a holiday notice still to come may move it."""

    date: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class DueMoment:
    """The moment at which a period of hours ends. Hours run through holidays, so it is never provisional."""

    at: datetime
    provisional: bool = False


def due(
    start: date,
    amount: int,
    unit: Unit | str,
    calendar: Calendar,
    *,
    stopped: Iterable[date] = (),
    rolls: bool = False,
) -> Due:
    """Return the last day of a period and whether it is provisional.

    The day of the event is not counted (《民法典》第二百零一条第一款; for the
    Licensing Law see docs/adr/0002); months and years end on the day of the
    same number (第二百零二条).

    start: the day of the event, Beijing date.
    amount: length of the period in ``unit``; 1 or more.
    unit: ``wd``, ``d``, ``m`` or ``y``; hours have ``due_moment``.
    stopped: days that do not count, such as a hearing or an expert review
        (《行政许可法》第四十五条). Each one inside a period of days, months or
        years moves its end by a day.
    rolls: whether the text moves a last day that is a rest day to the next
        working day (《民法典》第二百零三条). Working days never need it.
    Raises ValueError for an amount below 1, for hours, and past the year 9999.

    >>> due(date(2026, 1, 31), 1, "m", Calendar(frozenset(), frozenset(), frozenset({2026}))).date
    datetime.date(2026, 2, 28)
    """
    unit, still = Unit(unit), frozenset(stopped)
    if amount < 1:
        raise ValueError(f"a period must be at least 1 long, got {amount}")
    if unit is Unit.HOUR:
        raise ValueError("hours are counted from a moment, not from a day")
    try:
        if unit is Unit.WORKING_DAY:
            return _count(start, amount, calendar, still)
        end = _day_period(start, amount, unit, still)
        return _roll(end, calendar) if rolls else Due(end)
    except OverflowError:
        raise ValueError(f"{amount} {unit.value} after {start} is past the year 9999") from None


def working_days_after(start: date, amount: int, calendar: Calendar, stopped: Iterable[date] = ()) -> date:
    """Return the last day of a period of working days (《行政许可法》第八十二条).

    amount: working days, 1 or more. stopped: days that do not count.

    >>> working_days_after(date(2026, 3, 2), 5, Calendar(frozenset(), frozenset(), frozenset({2026})))
    datetime.date(2026, 3, 9)
    """
    return due(start, amount, Unit.WORKING_DAY, calendar, stopped=stopped).date


def due_moment(start: datetime, hours: int, *, stopped: Iterable[date] = ()) -> DueMoment:
    """Return the moment at which a period of hours ends; it begins with the event (《民法典》第二百零一条第二款).

    start: a moment whose date is the Beijing date. hours: 1 or more.
    stopped: days that do not count, from midnight to midnight.
    Raises ValueError for hours below 1 and past the year 9999.
    """
    if hours < 1:
        raise ValueError(f"a period must be at least 1 hour long, got {hours}")
    still = frozenset(stopped)
    try:
        moment, left = start, timedelta(hours=hours)
        for day in sorted(day for day in still if day >= start.date()):
            begins = datetime.combine(day, time(), tzinfo=start.tzinfo)
            if moment + left <= begins:
                break
            left -= max(begins - moment, timedelta())
            moment = begins + ONE_DAY
        return DueMoment(moment + left)
    except OverflowError:
        raise ValueError(f"{hours} hours after {start} is past the year 9999") from None


def next_yearly(on: date, month: int, day: int) -> date:
    """Return the first 31 March (say) on or after a date; 29 February is the month's last day in other years.

    >>> next_yearly(date(2026, 4, 1), 3, 31)
    datetime.date(2027, 3, 31)
    """
    this_year = _same_day(on.year, month, day)
    return this_year if this_year >= on else _same_day(on.year + 1, month, day)


def shifted_by_months(start: date, count: int) -> date:
    """Return the day of the same number ``count`` months on (negative: back), or that month's last day.

    Raises OverflowError outside the years 1 to 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"year {year}")
    return _same_day(year, month + 1, start.day)


def _same_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _count(start: date, amount: int, calendar: Calendar, still: frozenset[date]) -> Due:
    day, left, provisional = start, amount, False
    while left:
        day += ONE_DAY
        provisional = provisional or calendar.is_provisional(day)
        if calendar.is_working_day(day) and day not in still:
            left -= 1
    return Due(day, provisional)


def _day_period(start: date, amount: int, unit: Unit, still: frozenset[date]) -> date:
    end = UNSTOPPED[unit](start, amount)
    for day in sorted(day for day in still if day > start):
        if day > end:
            break
        end += ONE_DAY
    return end


def _roll(end: date, calendar: Calendar) -> Due:
    last = calendar.next_working_day(end)
    passed = range((last - end).days + 1)
    return Due(last, any(calendar.is_provisional(end + timedelta(days=count)) for count in passed))


UNSTOPPED: dict[Unit, Callable[[date, int], date]] = {
    Unit.DAY: lambda start, amount: start + timedelta(days=amount),
    Unit.MONTH: shifted_by_months,
    Unit.YEAR: lambda start, amount: shifted_by_months(start, 12 * amount),
}
