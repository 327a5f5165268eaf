"""A ledger of a million entries: proving one, and deriving everything again."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from hashlib import sha256

import psycopg
from figure import Figure
from ledger_append import fill, in_turn

DATABASE = True
LEAVES, STEP = int(os.environ.get("BENCH_LEAVES", 1_000_000)), 50_000
PROOFS, GROUP = 300, 20


def main() -> Iterator[Figure]:
    from yingshang.kernel import ledger

    for _ in range(LEAVES // STEP):
        fill(STEP)
        while ledger.sequence(10_000):
            pass
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE ledger_entry, ledger_leaf, ledger_tile")
    ledger.checkpoint()
    yield from proofs()
    yield verification()


def proofs() -> Iterator[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yingshang.kernel import ledger
    from yingshang.kernel.ledger.models import Leaf

    chance = random.Random(20260302)
    indexes = [chance.randrange(LEAVES) for _ in range(PROOFS)]
    entries = dict(Leaf.objects.filter(index__in=indexes).values_list("index", "entry_id"))
    chosen = iter(indexes * 2)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:

        def ours() -> None:
            for _ in range(GROUP):
                ledger.prove(entries[next(chosen)])

        def reads() -> None:
            for _ in range(GROUP):
                read_barely(bare, next(chosen))

        mine, barest = in_turn(ours, reads, rounds=PROOFS // GROUP)
    yield Figure(
        f"a proof at {LEAVES:,} leaves, database reads included (goal 5)",
        mine / GROUP * 1_000,
        "ms",
        barest / GROUP * 1_000,
        "the same rows read by bare psycopg",
        ratio_at_most=12,
    )
    with CaptureQueriesContext(connection) as asked:
        ledger.prove(entries[indexes[1]])
    yield Figure(f"statements of a proof at {LEAVES:,} leaves", len(asked), "statements", at_most=5)


def read_barely(bare: psycopg.Connection, index: int) -> None:
    """Read the rows that a proof needs, and nothing more."""
    full = LEAVES >> 8
    bare.execute(
        "SELECT content FROM ledger_leaf JOIN ledger_entry ON id = entry_id WHERE index = %s", [index]
    ).fetchone()
    bare.execute("SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    tiles = "SELECT hashes FROM ledger_tile WHERE (level, index) IN ((0, %s), (1, %s))"
    bare.execute(tiles, [index >> 8, index >> 16]).fetchall()
    bare.execute("SELECT hash FROM ledger_leaf WHERE index >= %s", [full << 8]).fetchall()
    bare.execute("SELECT root FROM ledger_tile WHERE level = 0 AND index >= %s", [full >> 8 << 8]).fetchall()


def verification() -> Figure:
    from yingshang.kernel import ledger
    from yingshang.kernel.ledger.models import Entry

    begun = time.perf_counter()
    verdict = ledger.verify()
    ours = verdict.size / (time.perf_counter() - begun)
    assert verdict.is_sound, verdict.problem
    contents = [bytes(one) for one in Entry.objects.values_list("content", flat=True)[:100_000]]
    begun = time.perf_counter()
    for content in contents:
        sha256(b"\x00" + content).digest()
    barest = len(contents) / (time.perf_counter() - begun)
    return Figure(
        "everything derived again, leaves (goal 100,000)",
        ours,
        "1/s",
        barest,
        "plain hashlib over entries in memory",
        ratio_at_least=0.02,
    )
