"""What nobody found becomes work: who looks into it, what became of it, and open again when it is missed again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from yingshang.kernel import clock, org, search
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.search.synonyms import synonyms

WORDS = "渔业捕捞"


def missed(on: date, times: int = 5) -> search.SearchMiss:
    for _ in range(times):
        search.note_miss(WORDS, on=on)
    return search.frequent_misses().get()


def test_a_miss_is_given_to_a_unit_settled_and_opens_again(zhou, wu):
    today = clock.today()
    found = missed(today)
    when = {"by": zhou, "at": clock.now(), "on": today}
    with pytest.raises(Refusal) as refusal:
        search.settle_miss(digest=found.digest, outcome="name_added", note=" ", **when)
    assert refusal.value.code == "search.outcome_missing"
    with pytest.raises(Refusal) as refusal:
        search.settle_miss(digest=found.digest, outcome="nothing", note="x", **when | {"by": wu})
    assert refusal.value.code == "search.no_word_post"
    with pytest.raises(NotFound):
        search.give_miss(digest=found.digest, unit="no-such-unit", **when)
    assert search.frequent_misses().get().settled_on is None
    assert not Entry.objects.filter(kind__startswith="search.miss_").exists()
    chosen = Client()
    chosen.post(f"/demo/{org.demo_pseudonym('zhou')}/")
    listed = chosen.get("/search/misses/").content.decode()
    address = f"/search/misses/{found.digest}/"
    assert address in listed
    assert chosen.post(address, {"give": "1", "unit": "scjgj"}).status_code == 302
    assert chosen.post(address, {"settle": "1", "outcome": "name_added"}).status_code == 422
    done = {"settle": "1", "outcome": "name_added", "note": "加进捕捞许可的俗称"}
    assert chosen.post(address, done).status_code == 302
    page = chosen.get("/search/misses/").content.decode()
    assert "加了说法：加进捕捞许可的俗称" in page
    assert org.unit("scjgj").name in page
    assert not search.frequent_misses().get().is_open
    again = missed(today + timedelta(days=7), times=1)
    assert again.is_open
    assert "以后又有人搜不到" in chosen.get(address).content.decode()
    assert Entry.objects.filter(kind__startswith="search.miss_").count() == 2
    assert Client().get(address).status_code != 200
    assert chosen.get("/search/misses/no-such/").status_code == 404


def test_a_word_stands_in_one_group_of_synonyms():
    assert "工商执照" in synonyms()["办照"]
    assert synonyms()["过户"] == ("过户", "转移登记")
