"""Handing in an application with two files, committed, beside a bare psycopg loop of the same statements.

The statements of each baseline case are those that the deed itself sent, taken
down and rolled back before.
"""

from __future__ import annotations

import io
import itertools
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from figure import Figure

DATABASE = True
CASES = 300
ROUNDS = 5
FILES = 2
RECEIVED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

Sent = list[tuple[str, Any]]
CONTROL = re.compile(r"SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK", re.IGNORECASE)
TABLE = re.compile(r'INSERT INTO "(\w+)"')
MADE_BY = {"dossier_id": "work_dossier", "step_id": "work_step", "clock_id": "clock_clock", "case_id": "cases_case"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
attempts = itertools.count(1)


def main() -> Iterator[Figure]:
    hand_in = handing_in()
    hand_in()  # this process has read the item before, as a web process has
    written = [taken_down(hand_in) for _ in range(CASES)]
    seconds_ours = seconds_bare = 0.0
    size = CASES // ROUNDS
    for place in range(0, CASES, size):
        seconds_ours += timed(lambda: [hand_in() for _ in range(size)])
        seconds_bare += timed(lambda part=written[place : place + size]: replay(part))
    yield Figure(
        "statements of one submission with files, receipt and entry", len(written[-1]), "statements", at_most=15
    )
    yield Figure(
        "submissions with two files, receipt and ledger entry, committed",
        CASES / seconds_ours,
        "per second",
        baseline=CASES / seconds_bare,
        baseline_is="bare psycopg, same statements",
        ratio_at_least=0.4,
    )


def handing_in() -> Any:
    """Return the deed: one application for a food license with two files that were kept before."""
    from yingshang.casework.cases import api as cases
    from yingshang.kernel import documents, parties
    from yingshang.kernel.testing import actor_of
    from yingshang.registers.catalogue import api as catalogue

    by = actor_of("fan")
    applicant = parties.Party.objects.get(public_id=by.party)
    version = catalogue.version_on("food-business", RECEIVED.date())
    kept = [
        documents.keep(
            io.BytesIO(PDF), name="材料.pdf", media_type="application/pdf", subject="draft:bench", by=by, at=RECEIVED
        ).pk
        for _ in range(FILES)
    ]
    papers = [
        cases.Paper(key=key, given=cases.Given.FILE, document=document)
        for key, document in zip(("floor-plan", "business-license"), kept, strict=True)
    ]

    def hand_in() -> None:
        cases.submit(
            version=version.pk,
            applicant=applicant,
            answers={"shop_name": "东湖小馆（演示）", "address": "东湖路8号", "area": 60},
            situation={"business": "shop"},
            papers=papers,
            channel="mobile",
            by=by,
            at=RECEIVED,
            idempotency_key=f"bench-{next(attempts)}",
        )

    return hand_in


def timed(deed: Any) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def taken_down(deed: Any) -> Sent:
    """Return what a deed sends, and leave the database as it was."""
    from django.db import connection, transaction

    sent: Sent = []

    def take_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not CONTROL.match(sql):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(take_down):
            deed()
        transaction.set_rollback(True)
    return sent


def replay(written: list[Sent]) -> None:
    import psycopg
    from django.db import connection

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as bare:
        for sent in written:
            made: dict[str, int] = {}
            for sql, params in sent:
                answer = bare.execute(sql, with_own_rows(sql, params, made))
                rows = answer.fetchall() if answer.description else []
                if (table := TABLE.match(sql)) and rows:
                    made[table[1]] = rows[0][0]
            bare.commit()


def with_own_rows(sql: str, params: Any, made: dict[str, int]) -> Any:
    """Return the parameters with the numbers of the rows that this run made, where the statement names them."""
    if not TABLE.match(sql):
        return params
    columns = re.findall(r'"(\w+)"', sql.partition(")")[0])[1:]
    changed = list(params)
    for place, column in enumerate(columns):
        own = made.get(MADE_BY.get(column, ""))
        if own is None:
            continue
        if isinstance(changed[place], list):  # several rows, column by column
            changed[place] = [own] * len(changed[place])
        else:
            changed[place :: len(columns)] = [own] * len(changed[place :: len(columns)])
    return changed
