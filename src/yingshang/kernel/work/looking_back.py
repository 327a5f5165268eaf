"""The lamps of many obligations, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from yingshang.kernel import clock
from yingshang.kernel.work.lamp_months import Course, Lateness, MonthLamp, RuleSpan, month_lamps
from yingshang.kernel.work.lamp_rules import LAMP_RULES
from yingshang.kernel.work.lighting import Lights, lights
from yingshang.kernel.work.models import LampRule, Obligation, ObligationFact
from yingshang.methods.dates import Calendar

Pauses = Mapping[int, Sequence[clock.Pause]]


def months_before(on: date, count: int) -> list[date]:
    """Return the first days of the last ``count`` months, oldest first; the month of ``on`` is the last.

    >>> months_before(date(2026, 1, 20), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    counted = on.year * 12 + on.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(counted - count + 1, counted + 1)]


def lamp_history(
    obligations: Iterable[Obligation], *, months: Sequence[date], on: date, by: Lights | None = None
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
        [row for row in rows if row.due_date is None and row.clock_id], held.calendar, pauses
    )
    # Duties of one plan run alike: what ran alike is computed once.
    alike: dict[tuple[str, Course], tuple[MonthLamp, ...]] = {}
    found = {}
    for row in rows:
        course = Course(
            opened=clock.beijing_date(row.opened_at),
            due=row.due_date or stopped.get(row.pk),
            closed=clock.beijing_date(row.closed_at) if row.closed_at else None,
            is_done=row.state == Obligation.State.FULFILLED,
            pauses=tuple((pause.first_day, pause.last_day) for pause in pauses.get(row.clock_id or 0, ())),
            lateness=tuple(late.get(row.pk, ())),
        )
        key = (row.kind, course)
        if key not in alike:
            alike[key] = month_lamps(course, months, on, spans[row.kind], held.calendar)
        found[row.pk] = alike[key]
    return found


def _span(rule: LampRule) -> RuleSpan:
    function, _ = LAMP_RULES[rule.rule]
    return RuleSpan(rule.effective_from, rule.effective_to, function, rule.thresholds)


def _lateness(ids: list[int]) -> dict[int, list[Lateness]]:
    rows = ObligationFact.objects.filter(obligation__in=ids, kind=ObligationFact.Kind.OVERDUE).order_by("pk")
    columns = rows.values_list("obligation_id", "on", "due_date", "countered_by__on", "countered_by__reason")
    found: dict[int, list[Lateness]] = defaultdict(list)
    for obligation, first_day, due_date, struck_on, reason in columns:
        found[obligation].append(Lateness(first_day, due_date, struck_on, reason or ""))
    return found


def _pauses(clocks: list[int]) -> Pauses:
    found: dict[int, list[clock.Pause]] = defaultdict(list)
    for pause in clock.Pause.objects.filter(clock__in=clocks).order_by("first_day"):
        found[pause.clock_id].append(pause)
    return found


def _dates_without_the_pause(rows: list[Obligation], calendar: Calendar, pauses: Pauses) -> dict[int, date]:
    """Return the dates that clocks which stand still had before they were stopped."""
    if not rows:
        return {}
    stopped = clock.Clock.objects.filter(pk__in=[row.clock_id for row in rows])
    by_id = {each.pk: each for each in stopped.select_related("limit").prefetch_related("extensions")}
    dates = {
        pk: clock.reckon(each, calendar, pauses.get(pk, ()), each.extensions.all()).date for pk, each in by_id.items()
    }
    return {row.pk: dates[row.clock_id] for row in rows if row.clock_id is not None}
