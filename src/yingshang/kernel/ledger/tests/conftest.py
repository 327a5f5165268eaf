"""Two made-up kinds of entries, one of each class, and a way to look behind the guards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from psycopg.conninfo import conninfo_to_dict

from yingshang.kernel import ledger
from yingshang.kernel.ledger.content import content_of
from yingshang.kernel.ledger.ids import new_id
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
def note_down_many() -> Callable[[int], list[ledger.Entry]]:
    """Record many looks at once, ``第0次`` and so on, as quickly as the database takes them."""

    def record(count: int) -> list[ledger.Entry]:
        made = []
        for turn in range(count):
            columns = {"id": new_id(), "kind": LOOK, "subject": "visit:41", "at": NOON, "actor": "p-7", "unit": "scjgj"}
            content = content_of(**columns, facts={"what": f"第{turn}次"})
            made.append(ledger.Entry(**columns, content=content, is_strict=False))
        return ledger.Entry.objects.bulk_create(made)

    return record


GUARDED = [f"ledger_{name}" for name in ("waiting", "leaf", "tile", "checkpoint", "entry", "head")]

POINTERS = """
    SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'ledger_entry'::regclass AND conrelid <> 'ledger_leaf'::regclass
"""


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor with every guard off: what somebody who owns the database has. Needs ``owned_ledger``."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def owned_ledger(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], Any]]:
    """An empty ledger seen by the database's owner, in one transaction that is rolled back.

    Returns ``unguarded``.
    """
    role = {"USER": "user", "PASSWORD": "password"}
    owner = conninfo_to_dict(os.environ["DATABASE_OWNER_URL"])
    web = {name: connection.settings_dict[name] for name in role}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update({name: owner[key] for name, key in role.items()})
        try:
            with transaction.atomic():
                with unguarded() as cursor:
                    cursor.execute(POINTERS)
                    for table, name in cursor.fetchall():
                        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                    for table in GUARDED[:-1]:
                        cursor.execute(f"DELETE FROM {table}")
                    cursor.execute("UPDATE ledger_head SET size = 0, peaks = ''")
                yield unguarded
                transaction.set_rollback(True)
        finally:
            connection.close()
            connection.settings_dict.update(web)


@pytest.fixture
def stranger() -> Signer:
    """Somebody else's key under our name."""
    return Signer("ledger.yingshang.example/shili", Ed25519PrivateKey.generate())
