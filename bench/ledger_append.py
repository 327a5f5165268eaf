"""Adding to the ledger: strict entries one commit each, sequenced entries numbered in batches."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator

import psycopg
from figure import Figure

DATABASE = True
ROUNDS, EACH = 5, 100
BATCH, BATCHES = 1_000, 20
ENTRY = b'{"actor":"bench","at":"2026-03-02T04:00:00.000000Z","facts":{"n":1},"kind":"bench","subject":"bench:1"}'


def main() -> Iterator[Figure]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as bare:
        bare.execute("CREATE TABLE bench_head (size bigint, edge bytea)")
        bare.execute("CREATE TABLE bench_leaf (index bigint PRIMARY KEY, content bytea, hash bytea)")
        bare.execute("INSERT INTO bench_head VALUES (0, '')")
        bare.commit()
        try:
            yield strict(bare)
            yield sequenced(bare)
        finally:
            bare.rollback()
            bare.execute("DROP TABLE bench_head, bench_leaf")


def strict(bare: psycopg.Connection) -> Figure:
    from yingshang.kernel import ledger
    from yingshang.kernel.parties import SYSTEM

    def ours() -> None:
        facts = {"private": "0" * 64}
        for _ in range(EACH):
            ledger.record("ledger.commitment_closed", subject="bench:1", by=SYSTEM, facts=facts)

    def lock_and_append() -> None:
        for _ in range(EACH):
            size, edge = bare.execute("SELECT size, edge FROM bench_head FOR UPDATE").fetchone() or (0, b"")
            hashed = hashlib.sha256(b"\x00" + ENTRY).digest()
            edge = hashlib.sha256(b"\x01" + edge + hashed).digest()
            bare.execute("INSERT INTO bench_leaf VALUES (%s, %s, %s)", [size, ENTRY, hashed])
            bare.execute("UPDATE bench_head SET size = %s, edge = %s", [size + 1, edge])
            bare.commit()

    mine, barest = in_turn(ours, lock_and_append)
    return Figure(
        "strict entries, one writer, each committed",
        EACH / mine,
        "1/s",
        EACH / barest,
        "bare psycopg lock-and-append loop",
        ratio_at_least=0.4,
    )


def sequenced(bare: psycopg.Connection) -> Figure:
    from yingshang.kernel import ledger

    while ledger.sequence(BATCH):
        pass
    fill(BATCH * BATCHES)

    def number() -> None:
        assert ledger.sequence(BATCH) == BATCH

    def insert() -> None:
        rows = [(0, ENTRY, hashlib.sha256(b"\x00" + ENTRY).digest()) for _ in range(BATCH)]
        first = (bare.execute("SELECT coalesce(max(index) + 1, 0) FROM bench_leaf").fetchone() or (0,))[0]
        with bare.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO bench_leaf VALUES (%s, %s, %s)",
                [(first + place, content, hashed) for place, (_, content, hashed) in enumerate(rows)],
            )
        bare.commit()

    mine, barest = in_turn(number, insert, rounds=BATCHES)
    return Figure(
        f"sequenced entries numbered in batches of {BATCH:,}, each committed (goal 20,000)",
        BATCH / mine,
        "1/s",
        BATCH / barest,
        "bare psycopg executemany of as many hashed rows",
        ratio_at_least=0.6,
    )


def fill(count: int) -> None:
    """Put entries among the waiting, in one statement."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute(
            """
            INSERT INTO ledger_entry (id, kind, subject, at, actor, unit, is_strict, content)
            SELECT id, 'bench', 'bench:1', '2026-03-02 04:00:00Z', 'bench', '', false,
                   convert_to('{"actor":"bench","at":"2026-03-02T04:00:00.000000Z","facts":{"n":1},"id":"' || id
                   || '","kind":"bench","subject":"bench:1","unit":""}', 'UTF8')
            FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, %s)) made
            """,
            [count],
        )


def in_turn(ours: Callable[[], None], bare: Callable[[], None], *, rounds: int = ROUNDS) -> tuple[float, float]:
    """Run both by turns, so that a busy moment of the machine falls on both; return the median seconds of each."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for deed, seconds in zip((ours, bare), taken, strict=True):
            begun = time.perf_counter()
            deed()
            seconds.append(time.perf_counter() - begun)
    return tuple(sorted(seconds)[len(seconds) // 2] for seconds in taken)  # type: ignore[return-value]
