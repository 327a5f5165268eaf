"""The digest of a morning on which 10,000 obligations are overdue at once, beside the bare SQL of the same rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from figure import Figure

DATABASE = True
OVERDUE = 10_000
ON = date(2026, 3, 16)
AT = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)

# Written in SQL: making them one by one through the deeds would measure something else.
FILL_CLOCKS = """
    INSERT INTO clock_clock (agreed_date, started_on, due_date, provisional)
    SELECT DATE '2026-03-02' - n %% 20, DATE '2026-01-05', DATE '2026-03-02' - n %% 20, false
    FROM generate_series(1, %(overdue)s) AS n
"""
FILL_OBLIGATIONS = """
    INSERT INTO work_obligation (kind, title, unit_id, key, origin, source, is_watched, is_sealed, clock_id, due_date,
                                 state, opened_at, opened_by, closed_by, evidence, on_miss)
    SELECT 'work.duty', '任务', (ARRAY(SELECT id FROM org_unit WHERE NOT counts_only AND valid_to IS NULL ORDER BY id
           LIMIT 10))[1 + row_number %% 10], '', 'bench:1', '', true, false, clock_id, due_date,
           'open', TIMESTAMPTZ '2026-01-05 01:00Z', 'bench', '', '', ''
    FROM (SELECT id AS clock_id, due_date, row_number() OVER () AS row_number FROM clock_clock WHERE id > %(last)s)
         AS filled
"""
BARE = """
    SELECT o.id, o.kind, o.unit_id, o.origin, o.due_date, o.opened_at, o.closed_at, o.clock_id
    FROM work_obligation o JOIN org_unit u ON u.id = o.unit_id
    WHERE o.state = 'open' AND o.is_watched AND NOT o.is_sealed AND NOT u.counts_only AND o.due_date IS NOT NULL
      AND o.origin NOT LIKE 'supervision:%%'
"""


def main() -> Iterator[Figure]:
    from django.db import connection, transaction
    from django.db.models import Max
    from django.test.utils import CaptureQueriesContext

    from yingshang.kernel import clock, work
    from yingshang.kernel.parties import SYSTEM
    from yingshang.kernel.testing import actor_of
    from yingshang.oversight.supervision import operations
    from yingshang.oversight.supervision.models import DigestItem

    with connection.cursor() as cursor:
        last = clock.Clock.objects.aggregate(last=Max("pk"))["last"] or 0
        cursor.execute(FILL_CLOCKS, {"overdue": OVERDUE})
        cursor.execute(FILL_OBLIGATIONS, {"last": last})
        bare = fastest(lambda: read(cursor))
    work.sweep_overdue(AT)
    with CaptureQueriesContext(connection) as statements:
        started = time.perf_counter()
        digest = operations.make_digest(on=ON, by=SYSTEM, at=AT)
        seconds = time.perf_counter() - started
    assert digest.watched >= OVERDUE, digest.watched
    items = DigestItem.objects.filter(digest=digest).count()
    yield Figure(
        f"the digest of {OVERDUE:,} overdue obligations",
        seconds,
        "s",
        baseline=bare,
        baseline_is="bare SQL and psycopg reading the same rows",
        ratio_at_most=20,
    )
    yield Figure("its statements, whatever is overdue", len(statements), "statements", at_most=45)
    yield Figure("its lines, 20 for each of 10 units at most", items, "lines", at_most=20 * 10 + 20)
    with transaction.atomic():
        started = time.perf_counter()
        letters = operations.confirm_digest(digest_id=digest.pk, by=actor_of("zhou", unit="ysj"), at=AT)
        confirmed = time.perf_counter() - started
    yield Figure("letters that go out", len(letters), "letters", at_most=20)
    yield Figure("confirming them", confirmed, "s")


def read(cursor: Any) -> list[Any]:
    cursor.execute(BARE.replace("%%", "%"))
    return list(cursor.fetchall())


def fastest(deed: Any) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        deed()
        times.append(time.perf_counter() - started)
    return min(times)
