"""An officer's list of cases at 60,000 and at 1,000,000 cases: the same statements, nearly the same time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from figure import Figure

DATABASE = True
SMALL, LARGE = 60_000, 1_000_000
PAGE = 50
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

# All units that handle cases; three in a hundred cases are open, the others ended over the
# years. Written in SQL: handing in a million would measure something else.
FILL_DOSSIERS = """
    INSERT INTO work_dossier (kind, title, procedure_id, lead_unit_id, state, outcome, is_sealed, opened_at, closed_at)
    SELECT 'cases.case', '食品经营许可（新办）', %(procedure)s, units[1 + n %% cardinality(units)],
           CASE WHEN n %% 100 < 3 THEN 'accepted' ELSE 'delivered' END,
           CASE WHEN n %% 100 < 3 THEN '' ELSE 'granted' END, false, TIMESTAMPTZ '2026-01-05 01:00Z',
           CASE WHEN n %% 100 < 3 THEN NULL ELSE TIMESTAMPTZ '2026-02-05 01:00Z' END
    FROM generate_series(%(first)s, %(last)s) AS n, (SELECT ARRAY(
        SELECT id FROM org_unit
        WHERE kind IN ('gov', 'vertical', 'township', 'institution', 'enterprise', 'zone', 'mass')
        AND NOT counts_only ORDER BY id) AS units) AS held
"""
FILL_DUTIES = """
    INSERT INTO work_obligation (kind, title, unit_id, dossier_id, key, origin, source, is_watched, is_sealed, clock_id,
                                 due_date, state, opened_at, opened_by, closed_by, evidence, on_miss)
    SELECT 'work.limit', '承诺办结时限', lead_unit_id, id, 'committed', 'bench:1', '', true, false, NULL,
           NULL, 'open', opened_at, 'bench', '', '', ''
    FROM work_dossier WHERE kind = 'cases.case' AND closed_at IS NULL AND id > %(after)s
"""
FILL_CASES = """
    INSERT INTO cases_case (dossier_id, version_id, item_code, number, applicant_id, unit_id, bureau_id, channel,
        answers, situation, fields_asked, fields_prefilled, visits, received_at, entered_at, entered_by, attempt,
        digest, paper_no, entered_late_because, state, is_open)
    SELECT id, %(version)s, %(item)s, 'bench-' || id, %(applicant)s, lead_unit_id, lead_unit_id, 'mobile', '{}', '{}',
        0, 0, 0, opened_at, opened_at, 'bench', 'bench-' || id, '', '', '', state, closed_at IS NULL
    FROM work_dossier WHERE kind = 'cases.case' AND id > %(after)s ORDER BY id
"""


def main() -> Iterator[Figure]:
    from django.db import connection

    fill(0, SMALL)
    small = {name: measured(deed) for name, deed in pages().items()}
    fill(SMALL, LARGE)
    large = {name: measured(deed) for name, deed in pages().items()}
    for name, deed in pages().items():
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as sent:
            deed()
        yield Figure(f"statements of {name}", len(sent), "statements", at_most=8)
        yield Figure(
            f"{name} among {LARGE:,} cases",
            large[name] * 1000,
            "ms",
            baseline=small[name] * 1000,
            baseline_is=f"the same among {SMALL:,}",
            ratio_at_most=1.5,
        )


def pages() -> dict[str, Callable[[], object]]:
    """Return the pages an officer opens: the desk by urgency, the newest, a later page, one state; and all cases."""
    from yingshang.casework.cases import queries
    from yingshang.kernel.testing import actor_of
    from yingshang.kernel.web.paging import page_after

    on = date(2026, 3, 10)
    clerk, watcher = actor_of("han", unit="scjgj"), actor_of("zhou", unit="ysj")

    def page(actor: Any, sought: Any, order: tuple[str, ...], mark: str = "") -> Any:
        found = page_after(queries.narrowed(queries.desk_of(actor), sought), mark, order=order, per_page=PAGE)
        return found, queries.rows(found.rows, on)

    newest, urgent = queries.NEWEST_FIRST, queries.MOST_URGENT_FIRST
    everything, still_open = queries.Sought(), queries.Sought(is_open=True)
    second = page(clerk, everything, newest)[0].next_mark
    return {
        "a unit's open cases by urgency": lambda: page(clerk, still_open, urgent),
        "a unit's newest cases": lambda: page(clerk, everything, newest),
        "the page after it": lambda: page(clerk, everything, newest, second),
        "a unit's cases in one state": lambda: page(clerk, queries.Sought(state="accepted"), newest),
        "all open cases by urgency": lambda: page(watcher, still_open, urgent),
    }


def fill(first: int, last: int) -> None:
    import psycopg
    from django.db import connection
    from django.db.models import Max

    from yingshang.kernel import parties, work
    from yingshang.kernel.testing import actor_of
    from yingshang.registers.catalogue import api as catalogue

    version = catalogue.version_on("food-business", date(2026, 3, 10))
    applicant = parties.Party.objects.get(public_id=actor_of("fan").party)
    known = {
        "procedure": version.procedure.pk,
        "version": version.pk,
        "item": version.item_code,
        "applicant": applicant.pk,
        "after": work.Dossier.objects.aggregate(last=Max("pk"))["last"] or 0,
        "first": first + 1,
        "last": last,
    }
    with connection.cursor() as cursor:
        for statement in (FILL_DOSSIERS, FILL_DUTIES, FILL_CASES):
            cursor.execute(statement, known)
    # As autovacuum does on a running site; only the owner of the tables may.
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE work_dossier, work_obligation, cases_case")


def measured(deed: Callable[[], object]) -> float:
    """Return the shortest of many times: the machine has other things to do."""
    times = []
    for _ in range(60):
        started = time.perf_counter()
        deed()
        times.append(time.perf_counter() - started)
    return min(times)
