"""The sweep over a million open obligations, a thousand of them newly overdue, beside a bare scan of the table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from figure import Figure

DATABASE = True
OPEN_OBLIGATIONS = 1_000_000
NEWLY_OVERDUE = 1_000
PAGE = 50
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

# Half of the clocks and obligations of a large county, spread over five years
# to come; a tenth is not dated. Written in SQL: making them one by one through
# the deeds would measure something else.
FILL_CLOCKS = """
    INSERT INTO clock_clock (agreed_date, started_on, due_date, provisional)
    SELECT day, DATE '2026-01-05', day, false
    FROM (SELECT CASE WHEN n <= %(late)s THEN DATE '2026-03-09' ELSE DATE '2026-04-01' + (n %% 1800) END AS day
          FROM generate_series(1, %(dated)s) AS n) AS days
"""
FILL_OBLIGATIONS = """
    INSERT INTO work_obligation (kind, title, unit_id, key, origin, source, is_watched, is_sealed, clock_id, due_date,
                                 state, opened_at, opened_by, closed_by, evidence, on_miss)
    SELECT 'work.duty', '任务', (ARRAY(SELECT id FROM org_unit ORDER BY id LIMIT 20))[1 + row_number %% 20],
           '', 'bench:1', '', true, false, clock_id, due_date,
           'open', TIMESTAMPTZ '2026-01-05 01:00Z', 'bench', '', '', ''
    FROM (SELECT id AS clock_id, due_date, row_number() OVER () AS row_number FROM clock_clock WHERE id > %(last)s
          UNION ALL SELECT NULL, NULL, n FROM generate_series(1, %(undated)s) AS n) AS filled
"""


def main() -> Iterator[Figure]:
    from django.db import connection
    from django.db.models import Max

    from yingshang.kernel import clock, org, work

    dated = OPEN_OBLIGATIONS * 9 // 10
    with connection.cursor() as cursor:
        work.sweep_overdue(NOW)  # what the county's own plan owes
        last = clock.Clock.objects.aggregate(last=Max("pk"))["last"] or 0
        cursor.execute(FILL_CLOCKS, {"late": NEWLY_OVERDUE, "dated": dated})
        cursor.execute(FILL_OBLIGATIONS, {"undated": OPEN_OBLIGATIONS - dated, "last": last})
        scan = fastest(
            lambda: cursor.execute(
                "SELECT count(*) FROM work_obligation WHERE due_date < DATE '2000-01-01' OR title = ''"
            )
        )
    started = time.perf_counter()
    swept = work.sweep_overdue(NOW)
    first = time.perf_counter() - started
    assert swept.overdue == NEWLY_OVERDUE, swept
    again = fastest(lambda: work.sweep_overdue(NOW))
    yield Figure(
        f"sweep of {OPEN_OBLIGATIONS:,} open obligations, {NEWLY_OVERDUE:,} newly overdue, noted, recorded and told",
        first,
        "s",
        baseline=scan,
        baseline_is="one scan of the table",
        ratio_at_most=20,
    )
    yield Figure(
        "the same sweep when nothing is new",
        again,
        "s",
        baseline=scan,
        baseline_is="one scan of the table",
        ratio_at_most=0.2,
    )
    unit = org.Unit.objects.order_by("pk").first()
    assert unit is not None
    work.lamps([], NOW.date())  # this process has read the calendar before, as a web process has
    with counted(connection) as statements:
        page = list(work.obligations_of(unit)[:PAGE])
        work.lamps(page, NOW.date())
    yield Figure("statements of a unit's page of 50 among 50,000 obligations", len(statements), "statements", at_most=3)
    seconds = fastest(lambda: list(work.obligations_of(unit)[:PAGE]))
    yield Figure("the page itself", seconds * 1000, "ms")


def fastest(deed: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        deed()
        times.append(time.perf_counter() - started)
    return min(times)


def counted(connection: Any) -> Any:
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)
