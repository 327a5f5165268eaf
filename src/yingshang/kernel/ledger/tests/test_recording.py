"""An entry enters once, whole, and public; the database gives it its number."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from yingshang.kernel import ledger
from yingshang.kernel.ledger.models import Head, Leaf, Waiting
from yingshang.kernel.parties import Actor
from yingshang.kernel.registry import Capability, Strict
from yingshang.kernel.registry.table import _by_package

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WANG = Actor(person="p-7", name="王敏", unit="scjgj")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    made_up = Capability(
        name="made_up",
        title="演示",
        ledger={
            "made_up.looked_at": "查看了{what}",
            "made_up.drawn": Strict("抽取了{what}"),
        },
    )
    monkeypatch.setitem(_by_package, "made_up", made_up)


@pytest.mark.django_db
def test_an_entry_is_canonical_json_of_what_was_done():
    entry = ledger.record(
        "made_up.looked_at", subject="visit:41", by=WANG, facts={"what": "抽查", "b": 1, "a": [True, None]}, at=NOON
    )
    assert bytes(entry.content).decode() == (
        '{"actor":"p-7","at":"2026-03-02T04:00:00.000000Z","facts":{"a":[true,null],"b":1,"what":"抽查"},'
        f'"id":"{entry.id}","kind":"made_up.looked_at","subject":"visit:41","unit":"scjgj"}}'
    )
    assert Waiting.objects.filter(entry=entry, is_strict=False).exists()
    assert ledger.sequence(10) == 1
    assert ledger.sequence(10) == 0
    assert Leaf.objects.get(entry=entry).index == Head.objects.get().size - 1


@pytest.mark.django_db
def test_a_strict_entry_has_its_leaf_when_the_transaction_commits():
    entry = ledger.record("made_up.drawn", subject="visit:41", by=WANG, facts={"what": "抽查"}, at=NOON)
    assert not Leaf.objects.filter(entry=entry).exists()
    connection.check_constraints()  # what a commit does
    assert Leaf.objects.filter(entry=entry).exists()
    assert not Waiting.objects.exists()
