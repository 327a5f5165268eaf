"""An entry enters once, whole and public; the database gives it its number."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from yingshang.kernel import ledger
from yingshang.kernel.ledger.content import canonical, content_of
from yingshang.kernel.ledger.ids import new_id
from yingshang.kernel.ledger.models import Entry, Leaf, Waiting
from yingshang.kernel.ledger.tree import head
from yingshang.kernel.parties import Actor

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WANG = Actor(person="p-7", name="王敏", unit="scjgj")
LOOK, DRAW = "made_up.looked_at", "made_up.drawn"


@pytest.mark.django_db
def test_an_entry_is_canonical_json_of_what_was_done():
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    facts = {"what": "抽查", "b": 1, "a": [True, None, {"z": "", "y": -5}]}
    entry = ledger.record(LOOK, subject="visit:41", by=WANG, facts=facts, at=beijing)
    assert bytes(Entry.objects.get(pk=entry.pk).content).decode() == (
        '{"actor":"p-7","at":"2026-03-02T04:00:00.000000Z",'
        '"facts":{"a":[true,null,{"y":-5,"z":""}],"b":1,"what":"抽查"},'
        f'"id":"{entry.id}","kind":"made_up.looked_at","subject":"visit:41","unit":"scjgj"}}'
    )


@pytest.mark.django_db
def test_a_sequenced_entry_waits_for_its_number(note_down):
    ledger.sequence(1000)
    before = head().size
    entries = [note_down() for _ in range(5)]
    assert Waiting.objects.count() == 5
    assert [ledger.sequence(3), ledger.sequence(3), ledger.sequence(3)] == [3, 2, 0]
    numbered = Leaf.objects.filter(index__gte=before).order_by("index").values_list("index", "entry_id")
    assert list(numbered) == [(before + place, entry.id) for place, entry in enumerate(entries)]
    assert head().size == before + 5


@pytest.mark.django_db
def test_a_strict_entry_gets_its_leaf_when_the_transaction_commits(note_down):
    entry = note_down(DRAW)
    assert not Leaf.objects.filter(entry=entry).exists()
    connection.check_constraints()  # runs what a commit would run
    assert Leaf.objects.get(entry=entry).index == head().size - 1
    assert not Waiting.objects.filter(entry=entry).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "speaks of what"),
        ({"what": 1.5}, "facts.what holds a float"),
        ({"what": NOON}, "holds a datetime"),
        ({"what": b"x"}, "holds a bytes"),
        ({"what": "x", "Bad key": 1}, "the key 'Bad key'"),
        ({"what": "x", "deep": [{"n": 2**53}]}, r"facts.deep\[0\].n holds a whole number beyond"),
        ({"what": "\ud800"}, "half a character"),
        ({"what": "字" * 501}, "more than 500 characters"),
        ({"what": "身份证 11010519491231002X 号"}, "resident id or a mobile number"),
        ({"what": "电话13800000000"}, "resident id or a mobile number"),
        ({"what": "x", "rows": ["字" * 499] * 50}, "at most 60000 bytes"),
    ],
)
def test_what_must_not_become_public_is_refused(facts, words):
    before = Entry.objects.count()
    with pytest.raises(ledger.FactsProblem, match=words):
        ledger.record(LOOK, subject="visit:41", by=WANG, facts=facts, at=NOON)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_with_the_nearest_one():
    with pytest.raises(KeyError, match=r"Did you mean made_up\.looked_at"):
        ledger.record("made_up.looked_for", subject="visit:41", by=WANG, facts={}, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["", "x" * 121])
def test_a_subject_is_short_and_never_empty(subject):
    with pytest.raises(ledger.FactsProblem, match="1 to 120 characters"):
        ledger.record(LOOK, subject=subject, by=WANG, facts={"what": "x"}, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "13800138000" + "a" * 53,  # a digest
        "112301270130680513",  # a unified social credit code of digits alone: no date of birth in it
        "01a20343-f828-7195-ac53-138001380001",
        "2026-03-02",
    ],
)
def test_digests_codes_and_dates_are_nobody_s_number(text):
    assert ledger.record(LOOK, subject="visit:41", by=WANG, facts={"what": text}, at=NOON)


def test_ids_keep_the_order_they_were_made_in():
    made = [new_id() for _ in range(50)]
    assert len(set(made)) == 50
    assert [one.version for one in made] == [7] * 50
    assert [one.int >> 68 for one in made] == sorted(one.int >> 68 for one in made)


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z][a-z0-9_]{0,5}\Z"), inner),
    max_leaves=10,
)


@given(plain)
def test_canonical_json_says_the_same_and_only_one_way(value):
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.text(min_size=1, max_size=30))
def test_the_frame_quotes_like_json(text):
    columns = {"id": UUID(int=7), "kind": text, "subject": text, "at": NOON, "actor": text, "unit": text}
    content = content_of(**columns, facts={})
    same = {**columns, "id": str(columns["id"]), "at": "2026-03-02T04:00:00.000000Z", "facts": {}}
    assert content == canonical(same)
