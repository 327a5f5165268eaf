"""The lamps of many obligations, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date

from yingshang.kernel import clock
from yingshang.kernel.work.lamp_months import Course, Lateness, MonthLamp, RuleSpan, month_lamps
from yingshang.kernel.work.lamp_rules import LAMP_RULES
from yingshang.kernel.work.lighting import Datable, Lights, lights
from yingshang.kernel.work.many import any_of
from yingshang.kernel.work.models import LampRule, Obligation, ObligationFact
from yingshang.methods.dates import Calendar

Pauses = Mapping[int, Sequence[clock.Pause]]
Fact = tuple[date, date, date | None, str]
"""A first day late, the date it was counted from, the day it was struck through, and why."""


def months_before(on: date, count: int) -> list[date]:
    """Return the first days of the last ``count`` months, oldest first; the month of ``on`` is the last.

    >>> months_before(date(2026, 1, 20), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    counted = on.year * 12 + on.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(counted - count + 1, counted + 1)]


def lamp_history(
    obligations: Iterable[Datable], *, months: Sequence[date], on: date, by: Lights | None = None
) -> dict[int, tuple[MonthLamp, ...]]:
    """Return, by id of the obligation, the worst lamp of each month (its first day) up to the day ``on``.

    Computed from when it was opened, due, paused and closed, from the lamp
    rules in force in each month and from the first days late on record; see
    ``lamp_months``. Queries: 4, whatever the number, or 2 with ``by``; 2 more
    where a clock stands still.
    """
    rows = list(obligations)
    held = by or lights()
    spans = {kind: [_span(rule) for rule in held.rules_for(kind)] for kind in {row.kind for row in rows}}
    late = _lateness([row.pk for row in rows])
    pauses = _pauses([row.clock_id for row in rows if row.clock_id is not None])
    stopped = _dates_without_the_pause(
        [row.clock_id for row in rows if row.due_date is None and row.clock_id], held.calendar, pauses
    )
    # Duties of one plan run alike: what ran alike is computed once.
    alike: dict[Hashable, tuple[MonthLamp, ...]] = {}
    found = {}
    for row in rows:
        clock_id = row.clock_id or 0
        due = row.due_date or stopped.get(clock_id)
        facts, stops = late.get(row.pk, ()), pauses.get(clock_id, ())
        key = (row.kind, row.opened_at, due, row.closed_at, row.state, tuple(facts), tuple(stops))
        if key not in alike:
            course = Course(
                opened=clock.beijing_date(row.opened_at),
                due=due,
                closed=clock.beijing_date(row.closed_at) if row.closed_at else None,
                is_done=row.state == Obligation.State.FULFILLED,
                pauses=tuple((stop.first_day, stop.last_day) for stop in stops),
                lateness=tuple(Lateness(*fact) for fact in facts),
            )
            alike[key] = month_lamps(course, months, on, spans[row.kind], held.calendar)
        found[row.pk] = alike[key]
    return found


def _span(rule: LampRule) -> RuleSpan:
    function, _ = LAMP_RULES[rule.rule]
    return RuleSpan(rule.effective_from, rule.effective_to, function, rule.thresholds)


def _lateness(ids: list[int]) -> dict[int, list[Fact]]:
    rows = ObligationFact.objects.filter(obligation__in=any_of(ids), kind=ObligationFact.Kind.OVERDUE).order_by("pk")
    columns = rows.values_list("obligation_id", "on", "due_date", "countered_by__on", "countered_by__reason")
    found: dict[int, list[Fact]] = defaultdict(list)
    for obligation, first_day, due_date, struck_on, reason in columns:
        found[obligation].append((first_day, due_date, struck_on, reason or ""))
    return found


def _pauses(clocks: list[int]) -> Pauses:
    found: dict[int, list[clock.Pause]] = defaultdict(list)
    for pause in clock.Pause.objects.filter(clock__in=any_of(clocks)).order_by("first_day"):
        found[pause.clock_id].append(pause)
    return found


def _dates_without_the_pause(ids: list[int], calendar: Calendar, pauses: Pauses) -> dict[int, date]:
    """Return, by clock, the dates that clocks which stand still had before they were stopped."""
    if not ids:
        return {}
    rows = clock.Clock.objects.filter(pk__in=any_of(ids)).select_related("limit").prefetch_related("extensions")
    return {each.pk: clock.reckon(each, calendar, pauses.get(each.pk, ()), each.extensions.all()).date for each in rows}
