"""Two made-up kinds of entries, one of each class, and a way to look behind the guards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yingshang.kernel import ledger
from yingshang.kernel.parties import Actor
from yingshang.kernel.registry import Capability, Strict
from yingshang.kernel.registry.table import _by_package
from yingshang.methods.merkle import Signer

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WANG = Actor(person="p-7", name="王敏", unit="scjgj")
LOOK, DRAW = "made_up.looked_at", "made_up.drawn"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sequenced kind and a strict one."""
    wording = {LOOK: "查看了{what}", DRAW: Strict("抽取了{what}")}
    monkeypatch.setitem(_by_package, "made_up", Capability(name="made_up", title="演示", ledger=wording))


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Any, settings: Any) -> None:
    """A data folder of the test's own, so that each test makes its key."""
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def note_down() -> Callable[..., ledger.Entry]:
    """Record something: ``note_down()`` or ``note_down(DRAW, what="抽查")``."""

    def record(kind: str = LOOK, subject: str = "visit:41", **facts: Any) -> ledger.Entry:
        return ledger.record(kind, subject=subject, by=WANG, facts={"what": "抽查", **facts}, at=NOON)

    return record


@pytest.fixture
def unguarded() -> Callable[[], Any]:
    """Open a connection as the owner with every guard off: what an attacker who runs the machine has."""

    @contextmanager
    def connect() -> Iterator[psycopg.Connection]:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
            tables = [f"ledger_{name}" for name in ("entry", "leaf", "tile", "checkpoint", "head", "waiting")]
            for table in tables:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield connection
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return connect


@pytest.fixture
def stranger() -> Signer:
    """Somebody else's key under our name."""
    return Signer("ledger.yingshang.example/shili", Ed25519PrivateKey.generate())
