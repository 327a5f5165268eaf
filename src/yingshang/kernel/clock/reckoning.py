"""From what is recorded about a clock to the day it is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from yingshang.kernel.clock.models import Clock, Extension, Limit, Pause
from yingshang.kernel.clock.timepiece import BEIJING
from yingshang.methods import dates


@dataclass(frozen=True, slots=True)
class Reckoned:
    """When a clock is due: a date, and a moment too where hours are counted."""

    date: date
    at: datetime | None = None
    provisional: bool = False


def reckon(
    clock: Clock, calendar: dates.Calendar, pauses: Iterable[Pause] = (), extensions: Iterable[Extension] = ()
) -> Reckoned:
    """Return when a clock is due. An open pause stops nothing yet: it counts once it has a last day.

    Extensions lengthen the amount itself, so a day that rolls past a rest day
    rolls only once, at the very end.
    """
    given = list(extensions)
    limit = clock.limit
    if limit is None:
        last = max((e.agreed_date for e in given if e.agreed_date), default=clock.agreed_date)
        assert last is not None  # held by a constraint of the table
        return Reckoned(last)
    if limit.unit == Limit.Unit.YEARLY:
        assert limit.month is not None and limit.day is not None
        return Reckoned(dates.next_yearly(clock.started_on, limit.month, limit.day))
    amount = amount_of(clock) + sum(e.amount or 0 for e in given)
    if limit.direction == Limit.Direction.BEFORE:
        found = dates.before(clock.started_on, amount, limit.unit, calendar)
        return Reckoned(found.date, None, found.provisional)
    stopped = stopped_days(pauses)
    if limit.unit == Limit.Unit.HOUR:
        assert clock.started_at is not None
        at = dates.due_moment(clock.started_at.astimezone(BEIJING), amount, stopped=stopped).at
        return Reckoned(at.date(), at)
    found = dates.due(clock.started_on, amount, limit.unit, calendar, stopped=stopped, rolls=limit.rolls)
    return Reckoned(found.date, None, found.provisional)


def amount_of(clock: Clock) -> int:
    """Return the length of a clock's period in the unit of its limit, without extensions."""
    if clock.amount is not None:
        return clock.amount
    assert clock.limit is not None and clock.limit.amount is not None  # held by constraints of the tables
    return clock.limit.amount


def stopped_days(pauses: Iterable[Pause]) -> frozenset[date]:
    """Return the days on which finished pauses stopped a clock."""
    return frozenset(day for pause in pauses if pause.last_day for day in dates.Span(pause.first_day, pause.last_day))
