"""The lamp of each month: pure functions over what happened to one obligation.

What a month showed is never erased. A red month stays red when the duty is
done afterwards; a lateness that was proved wrong stays too, struck through,
with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yingshang.kernel.work.lamp_rules import GRAY, GREEN, RED, YELLOW, LampFunction
from yingshang.methods.dates import Calendar

ONE_DAY = timedelta(days=1)
WEIGHT = {"": 0, GRAY: 1, GREEN: 2, YELLOW: 3, RED: 4}
"""How bad a color is; the empty one says that nothing was owed in that month."""


@dataclass(frozen=True, slots=True)
class MonthLamp:
    """The worst lamp of one month; ``month`` is its first day.

    color: empty where nothing was owed in that month. struck: it was lit by a
    lateness that a later entry proved wrong; ``reason`` says which. For the
    month in which something late was done, ``reason`` says when it was done.
    """

    month: date
    color: str
    struck: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lateness:
    """A first day late that was noted, the date it was counted from, and the day it was struck through, if it was."""

    first_day: date
    due_date: date
    struck_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to an obligation: Beijing dates only.

    due: as it stands now; None: not dated. closed: the day it was done or
    cancelled. pauses: first and last day that did not count; None: it stands still.
    """

    opened: date
    due: date | None
    closed: date | None = None
    is_done: bool = False
    pauses: tuple[tuple[date, date | None], ...] = ()
    lateness: tuple[Lateness, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSpan:
    """A lamp rule and the days on which it was in force."""

    first: date
    last: date | None
    function: LampFunction
    thresholds: Mapping[str, int]


def month_lamps(
    course: Course, months: Sequence[date], on: date, rules: Sequence[RuleSpan], calendar: Calendar
) -> tuple[MonthLamp, ...]:
    """Return the worst lamp of each month (its first day), up to the day ``on``.

    Lamps only get worse while a clock runs, so a month is as bad as its last
    day on which the clock ran, under each rule that was in force. A date that
    was moved in time counts as it stands now; one that was moved too late
    leaves its lateness behind, struck through.
    """
    return tuple(_month_lamp(course, month, on, rules, calendar) for month in months)


def worst(lamps: Iterable[MonthLamp]) -> MonthLamp:
    """Return the worst of some lamps of the same month; one that stands is worse than one struck through.

    >>> worst([MonthLamp(date(2026, 3, 1), "red", struck=True), MonthLamp(date(2026, 3, 1), "yellow")]).color
    'yellow'
    """
    return max(lamps, key=_badness)


def _badness(lamp: MonthLamp) -> int:
    weight = WEIGHT[lamp.color]
    return weight if lamp.struck or weight <= WEIGHT[GREEN] else weight + len(WEIGHT)


def _month_lamp(course: Course, month: date, on: date, rules: Sequence[RuleSpan], calendar: Calendar) -> MonthLamp:
    first, last = max(month, course.opened), min(_last_of(month), on, course.closed or date.max)
    if first > last:
        return MonthLamp(month, "")
    color = _worst(course, course.due, first, last, rules, calendar)
    standing = [each for each in course.lateness if each.struck_on is None and each.first_day <= last]
    if standing and WEIGHT[color] < WEIGHT[YELLOW]:
        color = YELLOW
    shown = [(_shown(each, course, first, last, rules, calendar), each.reason) for each in course.lateness]
    wrong, why = max(shown, key=lambda pair: WEIGHT[pair[0]], default=("", ""))
    if WEIGHT[wrong] >= WEIGHT[YELLOW] and WEIGHT[wrong] > WEIGHT[color]:
        return MonthLamp(month, wrong, struck=True, reason=why)
    return MonthLamp(month, color, reason=_caught_up(course, last))


def _shown(
    late: Lateness, course: Course, first: date, last: date, rules: Sequence[RuleSpan], calendar: Calendar
) -> str:
    """Return the color that a lateness lit in a month before it was struck through."""
    if late.struck_on is None or late.struck_on < first or late.first_day > last:
        return ""
    until = min(last, late.struck_on)
    lit = _worst(course, late.due_date, max(first, late.first_day), until, rules, calendar, paused=False)
    return lit if WEIGHT[lit] >= WEIGHT[YELLOW] else YELLOW


def _caught_up(course: Course, last: date) -> str:
    if not course.is_done or course.due is None or course.closed is None or course.closed != last:
        return ""
    late = course.closed > course.due or any(each.struck_on is None for each in course.lateness)
    return f"{course.closed.month}月{course.closed.day}日补办完成" if late else ""


def _worst(
    course: Course,
    due: date | None,
    first: date,
    last: date,
    rules: Sequence[RuleSpan],
    calendar: Calendar,
    *,
    paused: bool = True,
) -> str:
    pauses = course.pauses if paused else ()
    worst = GRAY
    if due is None:
        return worst
    for rule in rules:
        begin, end = max(first, rule.first), min(last, rule.last or date.max)
        for day in _last_running_day(begin, end, pauses):
            color = rule.function(course.opened, due, day, calendar, rule.thresholds)
            if WEIGHT[color] > WEIGHT[worst]:
                worst = color
    return worst


def _last_running_day(first: date, last: date, pauses: Sequence[tuple[date, date | None]]) -> Iterator[date]:
    """Yield the last day from ``first`` to ``last`` that no pause holds, if there is one."""
    day, moved = last, True
    while moved:
        moved = False
        for begin, end in pauses:
            if begin <= day and (end is None or day <= end):
                day, moved = begin - ONE_DAY, True
    if day >= first:
        yield day


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY
