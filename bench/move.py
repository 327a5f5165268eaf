"""One move of a dossier, committed, beside a bare psycopg loop of the same statements.

The statements of each baseline move are those that the engine itself sent for
a move of another dossier in the same state, taken down and rolled back before.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

from figure import Figure

DATABASE = True
DOSSIERS = 300
ROUNDS = 5

Sent = list[tuple[str, Any]]
CONTROL = re.compile(r"SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK", re.IGNORECASE)


def main() -> Iterator[Figure]:
    from yingshang.kernel.testing.restaurant import open_restaurant, publish_ping_pong, restaurants_installed

    with restaurants_installed():
        publish_ping_pong()
        ours = [open_restaurant(procedure="ping-pong").pk for _ in range(DOSSIERS)]
        theirs = [open_restaurant(procedure="ping-pong").pk for _ in range(DOSSIERS)]
        written = [taken_down(dossier_id) for dossier_id in theirs]
        seconds_ours = seconds_bare = 0.0
        size = DOSSIERS // ROUNDS
        for place in range(0, DOSSIERS, size):
            seconds_ours += timed(moves, ours[place : place + size])
            seconds_bare += timed(replays, written[place : place + size])
    yield Figure("statements of one move, without BEGIN and COMMIT", len(written[-1]), "statements", at_most=12)
    yield Figure(
        "moves, each with an obligation fulfilled and one begun, committed",
        DOSSIERS / seconds_ours,
        "per second",
        baseline=DOSSIERS / seconds_bare,
        baseline_is="bare psycopg, same statements",
        ratio_at_least=0.4,
    )


def timed(deed: Any, part: Any) -> float:
    started = time.perf_counter()
    deed(part)
    return time.perf_counter() - started


def move(dossier_id: int) -> None:
    from yingshang.kernel import work
    from yingshang.kernel.testing.restaurant import CLERK, RECEIVED

    work.move(dossier_id=dossier_id, do="ping", by=CLERK, at=RECEIVED)


def moves(dossier_ids: list[int]) -> None:
    for dossier_id in dossier_ids:
        move(dossier_id)


def taken_down(dossier_id: int) -> Sent:
    """Return what a move sends, and leave the database as it was."""
    from django.db import connection, transaction

    sent: Sent = []

    def take_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not CONTROL.match(sql):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(take_down):
            move(dossier_id)
        transaction.set_rollback(True)
    return sent


def replays(written: list[Sent]) -> None:
    import psycopg
    from django.db import connection

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as bare:
        for sent in written:
            clock_id = None
            for sql, params in sent:
                answer = bare.execute(sql, with_clock(sql, params, clock_id))
                rows = answer.fetchall() if answer.description else []
                if sql.startswith('INSERT INTO "clock_clock"'):
                    clock_id = rows[0][0]
            bare.commit()


def with_clock(sql: str, params: Any, clock_id: int | None) -> Any:
    """Return the parameters with the number of the clock that this run began, where the statement names one."""
    if clock_id is None or not sql.startswith('INSERT INTO "work_obligation"'):
        return params
    columns = re.findall(r'"(\w+)"', sql.partition("VALUES")[0])[1:]
    changed = list(params)
    changed[columns.index("clock_id")] = clock_id
    return changed
