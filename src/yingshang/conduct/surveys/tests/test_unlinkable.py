"""What an operator with every right can see: who was asked, what was said, and nothing that joins the two."""

import os
import random
from uuid import UUID

import psycopg
import pytest

from yingshang.conduct.surveys import operations
from yingshang.conduct.surveys.queries import Sheet
from yingshang.conduct.surveys.tests.factories import LAST, ON, at, market, officer, opened, questionnaire, sheet
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import at_once

SAID = "只有这份答卷里才有的一句话"
REFERENCES = """
    SELECT confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass
"""


def asked(sql, *values):
    """Return rows as the owner of the database sees them, whom no right and no row-level security stops."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        return owner.execute(sql, values).fetchall()


def holding(*words):
    """Return the tables that hold one of the words anywhere, in any column, as a dump would show it."""
    names = [name for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\" AS one WHERE one::text ~ %s)" for name in names]
    return {name for (name,) in asked(" UNION ALL ".join(looks), *["|".join(words)] * len(names))}


@pytest.mark.usefixtures("committed_db", "example_county")
def test_no_dump_joins_a_party_and_an_answer(caplog):
    caplog.set_level("DEBUG")
    enterprises = market(enterprise=24)
    questionnaire()
    _, cards = opened(kinds=["enterprise"])

    # The frame is written in the order of the register, the codes in that of their digests, in one transaction:
    # the place of a code says nothing of a place in the frame.
    digests = [bytes(digest) for (digest,) in asked("SELECT digest FROM surveys_token ORDER BY ctid")]
    assert digests == sorted(digests)
    assert len(asked("SELECT DISTINCT xmin::text FROM surveys_token")) == 1
    assert {name for (name,) in asked(REFERENCES, "surveys_token")} == {"surveys_stratum", "surveys_cluster"}
    assert not holding(*(card.code for card in cards), *(card.code.replace("-", "") for card in cards))

    # Two sheets at once on one card, then the others.
    random.Random(3).shuffle(cards)
    twice = at_once(*(lambda: operations.answer(code=cards[0].code, values=sheet() | {"q5": f"{SAID}00"}, on=ON),) * 2)
    assert sorted(getattr(one, "code", "") for one in twice) == ["", "surveys.code_not_accepted"]
    for number, card in enumerate(cards[1:15], start=1):
        operations.answer(code=card.code, values=sheet(number) | {"q5": f"{SAID}{number:02}"}, on=ON)
    # Two more that an interviewer brings as a batch: its row says that two came, not which, not when, not from whom.
    operations.enter_paper(
        survey="s1",
        sheets=[Sheet(row, cards[row].code, sheet(row) | {"q5": f"{SAID}{row:02}"}) for row in (15, 16)],
        by=officer("qin"),
        at=at(),
        attempt=UUID(int=7),
    )
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'surveys_batch'"
    assert {name for (name,) in asked(columns)} == {"attempt", "survey_id", "sheets"}
    in_place = "SELECT \"values\"->>'q5' FROM surveys_answer ORDER BY ctid"
    by_arrival = [f"{SAID}{number:02}" for number in range(15)]
    # What can be seen while a survey is open: the order of those who answered by themselves.
    assert [words for (words,) in asked(in_place)][:15] == by_arrival
    by_arrival += [f"{SAID}15", f"{SAID}16"]
    before = set(asked("SELECT id FROM surveys_answer"))

    operations.close(survey="s1", by=officer(), at=at(LAST))
    with pytest.raises(Refusal):
        operations.answer(code=cards[20].code, values=sheet(), on=ON)
    after = [words for (words,) in asked(in_place)]
    assert sorted(after) == by_arrival
    assert after != by_arrival  # the chance of the same order is one in 17 factorial
    assert len(asked("SELECT DISTINCT xmin::text FROM surveys_answer")) == 1
    assert not before & set(asked("SELECT id FROM surveys_answer"))
    assert asked("SELECT count(*) FROM surveys_token") == [(0,)]

    # What was said stands in one table, without a reference to anybody; who was asked in others, without an answer.
    assert holding(SAID) == {"surveys_answer"}
    assert not holding(*(card.code for card in cards), *(card.code.replace("-", "") for card in cards))
    assert {name for (name,) in asked(REFERENCES, "surveys_answer")} == {"surveys_stratum", "surveys_cluster"}
    kinds = dict(
        asked("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'surveys_answer'")
    )
    assert kinds == {"id": "uuid", "stratum_id": "bigint", "cluster_id": "bigint", "day": "date", "values": "jsonb"}
    assert SAID not in str(asked("SELECT convert_from(content, 'UTF8') FROM ledger_entry"))
    assert SAID not in caplog.text
    assert not any(card.code in caplog.text for card in cards)
    assert enterprises[0].display_name not in str(asked("SELECT * FROM surveys_answer"))
