"""The cockpit of a county: 60 units under 39 tasks over 12 months, beside the bare SQL of the same rows.

The bare side sends the very statements that the cockpit sends, through the
driver alone, and reads every row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from figure import Figure

DATABASE = True
UNITS, TASKS = 60, 39
TODAY = date(2026, 11, 20)

# Written in SQL: 2,340 duties of a plan, opened at the beginning of a year, due one after another; two thirds are
# done, every ninth of them late; what is late has its first day late on record, as the sweep would have noted it.
FILL = """
    WITH bearing AS (
        INSERT INTO org_unit (code, name, short_name, kind, path, division_code, counts_only, is_presumed, note)
        SELECT 'bench' || n, '第' || n || '局', '第' || n || '局', 'gov', 'bench' || n || '/', '', false, false, ''
        FROM generate_series(1, %(units)s) AS n RETURNING id),
    numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM bearing),
    owed AS (
        SELECT id AS unit_id, place, task, DATE '2026-01-12' + (task * 9)::int AS due
        FROM numbered, generate_series(1, %(tasks)s) AS task),
    ticking AS (
        INSERT INTO clock_clock (agreed_date, started_on, due_date, provisional)
        SELECT due, DATE '2026-01-05', due, false FROM owed ORDER BY unit_id, task RETURNING id),
    clocks AS (SELECT id AS clock_id, row_number() OVER (ORDER BY id) AS n FROM ticking),
    rows AS (SELECT owed.*, row_number() OVER (ORDER BY unit_id, task) AS n FROM owed),
    made AS (
        INSERT INTO work_obligation (kind, title, unit_id, key, origin, source, is_watched, is_sealed, clock_id,
                                     due_date, state, opened_at, opened_by, closed_at, closed_by, evidence, on_miss,
                                     first_overdue_on)
        SELECT 'work.duty', '完成第' || task || '项任务', unit_id, '', 'plan:' || %(plan)s || ':' || (1 + task %% 4),
               '', true, false, clock_id, due,
               CASE WHEN n %% 3 > 0 AND due < %(today)s THEN 'fulfilled' ELSE 'open' END,
               TIMESTAMPTZ '2026-01-05 01:00Z', 'bench',
               CASE WHEN n %% 3 > 0 AND due < %(today)s THEN due + CASE WHEN n %% 9 = 1 THEN 14 ELSE -2 END END,
               CASE WHEN n %% 3 > 0 AND due < %(today)s THEN 'bench' ELSE '' END, '', '',
               CASE WHEN due < %(today)s AND (n %% 3 = 0 OR n %% 9 = 1) THEN due + 1 END
        FROM rows JOIN clocks USING (n) RETURNING id, due_date, first_overdue_on)
    INSERT INTO work_obligationfact (obligation_id, kind, "on", due_date, reason, at, by)
    SELECT id, 'overdue', first_overdue_on, due_date, '', first_overdue_on::timestamptz, 'system'
    FROM made WHERE first_overdue_on IS NOT NULL
"""


def main() -> Iterator[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yingshang.kernel.parties import SYSTEM
    from yingshang.oversight.dashboards import queries
    from yingshang.oversight.plan_tasks.queries import editions_in_force

    edition = editions_in_force().first()
    assert edition is not None
    parts = {"units": UNITS, "tasks": TASKS, "plan": edition.plan.code, "today": TODAY}
    with connection.cursor() as cursor:
        cursor.execute(FILL, parts)
        cursor.execute("ANALYZE work_obligation, work_obligationfact, clock_clock")

    def whole() -> Any:
        picture = queries.picture(SYSTEM, TODAY)
        return picture, [queries.strip_of(standing) for standing in picture.standings]

    whole()  # this process has read the calendar before, as a web process has
    with CaptureQueriesContext(connection) as statements:
        picture, _strips = whole()
        queries.counted_units(picture.seen.units.values(), TODAY)
    assert len(picture.seen.duties) >= UNITS * TASKS, len(picture.seen.duties)
    yield Figure("statements of the cockpit", len(statements), "statements", at_most=15)

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in sent:
                cursor.execute(statement)
                cursor.fetchall()

    sent = [each["sql"] for each in statements.captured_queries if each["sql"].startswith("SELECT")]
    yield Figure(
        f"the cockpit of {UNITS} units, {TASKS} tasks, 12 months ({len(picture.seen.duties):,} duties)",
        fastest(whole) * 1000,
        "ms",
        baseline=fastest(bare) * 1000,
        baseline_is="the same statements through the driver alone",
        ratio_at_most=3,
    )


def fastest(deed: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        deed()
        times.append(time.perf_counter() - started)
    return min(times)
