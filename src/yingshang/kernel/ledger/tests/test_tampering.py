"""Whatever the owner of the database does behind the guards, ``verify`` names it."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.conf import settings

from yingshang.kernel import ledger
from yingshang.kernel.ledger.keys import origin, signer
from yingshang.kernel.ledger.models import Checkpoint, Leaf
from yingshang.methods import merkle

FILLED = 600  # two full tiles and a part


class Filled(NamedTuple):
    """The entries' ids in order, and the way behind the guards."""

    ids: list[UUID]
    unguarded: Callable[[], Any]


@pytest.fixture
def filled(owned_ledger, note_down_many):
    """A ledger of 600 entries with checkpoints after 300 and 600."""
    for _ in range(2):
        note_down_many(FILLED // 2)
        ledger.sequence(1000)
        ledger.checkpoint()
    ids = list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))
    return Filled(ids, owned_ledger)


def change_fact(cursor, index):
    cursor.execute(
        "UPDATE ledger_entry SET content = convert_to(replace(convert_from(content, 'UTF8'), '次', '回'), 'UTF8')"
        " WHERE id = (SELECT entry_id FROM ledger_leaf WHERE index = %s)",
        [index],
    )


def change_leaf_too(cursor, index):
    change_fact(cursor, index)
    cursor.execute(
        r"UPDATE ledger_leaf SET hash = sha256('\x00'::bytea || content) FROM ledger_entry"
        " WHERE id = entry_id AND index = %s",
        [index],
    )


def change_tile_too(cursor, index):
    change_leaf_too(cursor, index)
    cursor.execute(
        "UPDATE ledger_tile SET hashes = (SELECT string_agg(hash, '' ORDER BY index) FROM ledger_leaf"
        " WHERE index BETWEEN 0 AND 255) WHERE level = 0 AND index = 0"
    )


def swap(cursor, one, other):
    rows = dict(cursor.execute("SELECT index, entry_id FROM ledger_leaf WHERE index IN (%s, %s)", [one, other]))
    cursor.execute("UPDATE ledger_leaf SET index = 1000000 + index WHERE index IN (%s, %s)", [one, other])
    for index, place in ((one, other), (other, one)):
        cursor.execute("UPDATE ledger_leaf SET index = %s WHERE entry_id = %s", [place, rows[index]])


def test_an_untouched_ledger_is_sound(filled):
    seen = []
    verdict = ledger.verify(progress=lambda done, size: seen.append((done, size)))
    assert verdict == ledger.Verdict(size=FILLED, checkpoints=2)
    assert seen[-1] == (FILLED, FILLED)


@pytest.mark.parametrize(
    ("deed", "place", "words"),
    [
        (change_fact, 7, ["{id}", "第 7 号", "内容被改动过"]),
        (change_leaf_too, 7, ["{id}", "第 7 号", "被调换或改动过"]),
        (change_tile_too, 7, ["第 0 层第 0 块哈希的根不对"]),
        (change_leaf_too, 590, ["本机 600 条的检查点", "第 300 号到第 599 号之间"]),
    ],
)
def test_a_changed_fact_is_named(filled, deed, place, words):
    with filled.unguarded() as cursor:
        deed(cursor, place)
    problem = ledger.verify().problem
    for word in words:
        assert word.format(id=filled.ids[place]) in problem


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM ledger_leaf WHERE index = 5", ["第 5 号叶子不见了"]),
        ("DELETE FROM ledger_leaf WHERE index = 599", ["第 599 号叶子不见了"]),
        ("DELETE FROM ledger_tile WHERE index = 1", ["第 0 层第 1 块哈希不见了"]),
        ("UPDATE ledger_tile SET root = hashes WHERE index = 1", ["第 0 层第 1 块哈希的根不对"]),
        ("UPDATE ledger_head SET peaks = decode(repeat('00', 32 * 4), 'hex')", ["账本末端"]),
        ("UPDATE ledger_checkpoint SET root = decode(repeat('00', 32), 'hex') WHERE size = 300", ["300 条的检查点"]),
        ("UPDATE ledger_checkpoint SET note = replace(note, '300', '301') WHERE size = 300", ["签名不对"]),
    ],
)
def test_a_dropped_or_altered_row_is_named(filled, sql, words):
    with filled.unguarded() as cursor:
        cursor.execute(sql)
    problem = ledger.verify().problem
    for word in words:
        assert word in problem


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "made_up.drawn"),
        ("subject", "visit:42"),
        ("actor", "p-8"),
        ("unit", "sfj"),
        ("at", "2026-03-01 12:00:00+08"),
    ],
)
def test_a_column_that_says_something_else_than_the_content_is_named(filled, column, value):
    with filled.unguarded() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", [value, filled.ids[3]])
    problem = ledger.verify().problem
    assert str(filled.ids[3]) in problem
    assert f" {column} 栏被改动过" in problem


@pytest.mark.parametrize("places", [(3, 4), (3, 400), (520, 590)])
def test_two_entries_that_changed_places_are_noticed(filled, places):
    with filled.unguarded() as cursor:
        swap(cursor, *places)
    assert not ledger.verify().is_sound


def test_an_entry_that_lost_its_place_in_the_queue_is_named(filled, note_down):
    entry = note_down()
    assert ledger.verify().is_sound
    with filled.unguarded() as cursor:
        cursor.execute("DELETE FROM ledger_waiting WHERE entry_id = %s", [entry.id])
    assert str(entry.id) in ledger.verify().problem


def cut_back(cursor, size, peaks):
    cursor.execute("DELETE FROM ledger_leaf WHERE index >= %s", [size])
    cursor.execute("DELETE FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_leaf)")
    cursor.execute("DELETE FROM ledger_tile WHERE (index + 1) * 256 > %s", [size])
    cursor.execute("UPDATE ledger_head SET size = %s, peaks = %s", [size, peaks])


def peaks_of(size):
    hashes = Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    return merkle.CompactRange().extend(bytes(one) for one in hashes).to_bytes()


def test_a_ledger_cut_back_to_an_earlier_size_contradicts_its_checkpoints(filled):
    peaks = peaks_of(400)
    with filled.unguarded() as cursor:
        cut_back(cursor, 400, peaks)
    assert "检查点签过 600 条，账本现在只有 400 条" in ledger.verify().problem


def test_a_rewritten_ledger_signed_with_the_true_key_contradicts_what_outsiders_kept(filled, note_down):
    kept = Checkpoint.objects.get(size=600).note
    peaks = peaks_of(400)
    with filled.unguarded() as cursor:
        cut_back(cursor, 400, peaks)
        cursor.execute("DELETE FROM ledger_checkpoint WHERE size = 600")
    for _ in range(300):
        note_down()
    ledger.sequence(1000)
    ledger.checkpoint()
    assert ledger.verify().is_sound
    assert "外部保存的 600 条的检查点" in ledger.verify(notes=[kept]).problem


def test_a_checkpoint_signed_by_somebody_else_does_not_count(filled, stranger):
    signed = merkle.Checkpoint(origin(), 300, b"x" * 32)
    with filled.unguarded() as cursor:
        cursor.execute(
            "UPDATE ledger_checkpoint SET note = %s, root = %s WHERE size = 300",
            [signed.signed(stranger), signed.root],
        )
    assert "not signed by a trusted key" in ledger.verify().problem


def test_a_checkpoint_of_another_ledger_does_not_count(filled):
    foreign = merkle.Signer("ledger.yingshang.example/other", signer().private)
    note = merkle.Checkpoint(foreign.name, 300, b"x" * 32).signed(foreign)
    assert "另一个账本" in ledger.verify(keys=[foreign.verifier, signer().verifier], notes=[note]).problem


def test_nothing_more_is_signed_once_the_tree_contradicts_its_last_checkpoint(filled, note_down):
    with filled.unguarded() as cursor:
        cursor.execute("UPDATE ledger_checkpoint SET root = decode(repeat('00', 32), 'hex') WHERE size = 600")
    note_down()
    ledger.sequence(10)
    with pytest.raises(ledger.Broken, match="does not begin with the 600 leaves"):
        ledger.checkpoint()


def test_without_the_private_key_the_rest_is_still_derived(filled):
    """A backup restored without its keys: the signatures are checked with the keys beside them."""
    file = settings.YS_DATA_DIR / "keys" / "ledger.pem"
    file.unlink()
    assert ledger.verify() == ledger.Verdict(size=FILLED, checkpoints=2)
    assert not file.exists()
    with filled.unguarded() as cursor:
        change_fact(cursor, 7)
    assert "第 7 号" in ledger.verify().problem


def test_without_the_private_key_nothing_is_signed_with_a_new_one(filled, note_down):
    (settings.YS_DATA_DIR / "keys" / "ledger.pem").unlink()
    note_down()
    ledger.sequence(10)
    with pytest.raises(ledger.Broken, match="the key that signed the earlier checkpoints is gone"):
        ledger.checkpoint()
