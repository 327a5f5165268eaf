"""How a clock stands on a day: what is left, and what an ended period means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yingshang.kernel.clock.models import Clock, Limit, Pause
from yingshang.kernel.clock.reckoning import reckon
from yingshang.kernel.clock.snapshot import calendar
from yingshang.kernel.clock.timepiece import beijing_date
from yingshang.methods import dates


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a period on a day, or by how much it is over.

    days: in ``unit``, never negative; 0 on the last day itself.
    unit: ``wd`` working days, ``d`` natural days (months and years too), ``h`` hours.
    is_overdue: the last day has passed; ``days`` then says by how much.
    is_paused: the clock stands; ``days`` is what will be left when it goes on.
    is_minimum: the period must pass before something may happen; it never goes overdue,
        and nothing is left of it once it has passed.
    due_date: the last day; None while paused.
    """

    days: int
    unit: str
    is_overdue: bool
    is_paused: bool = False
    provisional: bool = False
    is_minimum: bool = False
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Deemed:
    """The law's answer to silence: from ``holds_from`` on it holds, and it counts as of ``counts_as_of``."""

    holds_from: date
    counts_as_of: date
    source: str
    provisional: bool = False


def remaining(clock: Clock, on: date | datetime, *, working: dates.Calendar | None = None) -> Remaining:
    """Return how a clock stands on a day, or at an aware moment for hours.

    working: the calendar, for whoever asks about many clocks; read if left out.
    One query, or none with ``working``; one more for a paused clock.
    """
    days = working or calendar()
    day = beijing_date(on) if isinstance(on, datetime) else on
    if clock.paused_since is not None:
        return _while_paused(clock, days)
    assert clock.due_date is not None  # held by a constraint of the table
    if clock.due_at is not None and isinstance(on, datetime):
        left = clock.due_at - on
        hours = -(-abs(left) // timedelta(hours=1))
        return Remaining(hours, "h", left < timedelta(), due_date=clock.due_date)
    unit = _counted_in(clock)
    floor = clock.limit is not None and clock.limit.bound == Limit.Bound.AT_LEAST
    is_over = day > clock.due_date
    return Remaining(
        days=0 if floor and is_over else _between(day, clock.due_date, unit, days),
        unit=unit,
        is_overdue=is_over and not floor,
        provisional=clock.provisional,
        is_minimum=floor,
        due_date=clock.due_date,
    )


def deemed_on(clock: Clock, on: date) -> Deemed | None:
    """Return what the law takes as given once the period ran out in silence, or None while it does not.

    For a limit whose end means acceptance (《行政许可法》第三十二条第一款第四项):
    from the day after the last day the application counts as accepted on the
    day it was received. A paused clock has not run out. Whether somebody
    answered in time is for the caller to know.
    """
    limit = clock.limit
    if limit is None or limit.on_expiry != Limit.OnExpiry.DEEMED_ACCEPTED:
        return None
    if clock.due_date is None or on <= clock.due_date:
        return None
    return Deemed(clock.due_date + timedelta(days=1), clock.started_on, limit.source, clock.provisional)


def _while_paused(clock: Clock, days: dates.Calendar) -> Remaining:
    """Count from the day before the pause to the day that would be due had it never begun."""
    assert clock.paused_since is not None
    pauses: Iterable[Pause] = clock.pauses.all()
    unstopped = reckon(clock, days, pauses, clock.extensions.all())
    last_counted = max(clock.paused_since - timedelta(days=1), clock.started_on)
    unit = _counted_in(clock)
    left = _between(last_counted, unstopped.date, unit, days)
    return Remaining(left, unit, is_overdue=False, is_paused=True, provisional=unstopped.provisional)


def _between(day: date, due_date: date, unit: str, days: dates.Calendar) -> int:
    if unit == dates.Unit.WORKING_DAY:
        return abs(dates.working_days_between(day, due_date, days))
    return abs((due_date - day).days)


def _counted_in(clock: Clock) -> str:
    is_working = clock.limit is not None and clock.limit.unit == Limit.Unit.WORKING_DAY
    return (dates.Unit.WORKING_DAY if is_working else dates.Unit.DAY).value
