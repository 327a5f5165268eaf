"""Sheets collected without network: laid down all together or not at all, and once however often they are sent."""

from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.models import Answer, Batch, Token
from yingshang.conduct.surveys.queries import Sheet
from yingshang.conduct.surveys.tests.factories import market, officer, opened, questionnaire, sheet
from yingshang.kernel import clock, ledger, org
from yingshang.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

PLACE = "/workbench/surveys/s1/field/"
FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.fixture
def cards():
    cache.clear()
    market(enterprise=24)
    questionnaire()
    return opened(kinds=["enterprise"], at=clock.now(), last_day=clock.today())[1]


def interviewer(key="qin"):
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client


def posted(*sheets, attempt=FIRST):
    body = {"attempt": str(attempt)}
    for number, (code, fields) in enumerate(sheets, start=1):
        body[f"{number}/code"] = code
        body |= {f"{number}/f.{key}": value for key, value in fields.items()}
    return body


GOOD = {"q1": "5", "q2": "许可", "q4": "３"}


def test_a_batch_is_stored_once_and_a_faulty_one_not_at_all(cards):
    qin = interviewer()
    codes = [card.code for card in cards]
    faulty = [
        (codes[0], {"q1": "9", "q2": "许可"}),
        (codes[1], GOOD),
        (codes[1].lower(), GOOD),
        ("0000 0000 0000 0000", GOOD),
    ]
    entries = ledger.Entry.objects.count()
    answer = qin.post(PLACE, posted(*faulty))
    assert answer.status_code == 422
    assert [(one["row"], one["column"], one["words"][:5]) for one in answer.json()["faults"]] == [
        (1, "1．办事是否满意？", "请从所列的"),
        (1, "4．今年跑了几次？", "请回答：今"),
        (3, "答题码", "和第2行相"),
        (4, "答题码", "现在不能用"),
    ]
    assert (Answer.objects.count(), Token.objects.count(), Batch.objects.count()) == (0, len(cards), 0)

    good = posted(*((code, GOOD) for code in codes[:2]))
    assert [qin.post(PLACE, good).json() for _ in range(2)] == [{"stored": 2}] * 2
    assert Answer.objects.first().values == {"q1": "5", "q2": "许可", "q4": 3}
    used = qin.post(PLACE, posted((codes[0], GOOD), attempt=SECOND))
    assert (used.status_code, used.json()["faults"][0]["column"]) == (422, "答题码")
    assert qin.post(PLACE, posted((codes[2], GOOD))).status_code == 409  # the number of another batch
    assert Answer.objects.count() == 2
    # Entering leaves no entry, as answering leaves none: an entry would have a moment and a place in the order.
    assert ledger.Entry.objects.count() == entries

    # A device that lost the answer asks again when the survey is over, and is told that all is well.
    operations.close(survey="s1", by=officer(), at=clock.now())
    assert qin.post(PLACE, good).json() == {"stored": 2}
    assert qin.post(PLACE, posted((codes[3], GOOD), attempt=SECOND)).status_code == 422
    with pytest.raises(Refusal, match="1到2000份"):
        operations.enter_paper(survey="s1", sheets=[], by=officer("qin"), at=clock.now())


def test_the_page_stays_in_a_device_without_anybodys_name_and_guessing_is_slowed(cards, settings):
    settings.YS_TRIES_A_MINUTE = 2
    qin = interviewer()
    page = qin.get(PLACE)
    assert "field.js" in page.content.decode()
    assert "秦岚" not in page.content.decode()
    assert "script-src" not in page["Content-Security-Policy"] or "unsafe" not in page["Content-Security-Policy"]
    worker = qin.get(f"{PLACE}worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert [Client().get(PLACE).status_code, interviewer("sun").get(PLACE).status_code] == [409, 409]
    tries = [qin.post(PLACE, posted((f"guess {number}", GOOD))).status_code for number in range(3)]
    assert tries == [422, 422, 429]
    assert qin.post(PLACE, {"attempt": "x"}).status_code == 429
    cache.clear()
    assert qin.post(PLACE, {"attempt": "x"}).status_code == 400
    assert qin.post(PLACE, {"attempt": str(FIRST)}).status_code == 409


def test_every_wrong_letter_of_a_code_shows_and_tells_nothing_of_any_code(cards):
    code = cards[0].code.replace("-", "")
    assert rules.is_code(code.lower())
    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in rules.LETTERS
        if letter != code[place]
    ]
    assert not any(map(rules.is_code, [*wrong, code[1:], code + "0", ""]))
    told = queries.sheet_faults(queries.survey("s1"), [Sheet(1, wrong[0], sheet())], clock.today())
    assert [fault.words[:4] for fault in told] == ["码抄错了"]


def test_a_batch_is_laid_down_in_another_order_than_it_was_collected(cards):
    """While a survey is open the place of a row in its table is the only trace of an order: it is a random one."""
    texts = [f"第{number}家" for number in range(len(cards))]
    rows = [
        Sheet(number, card.code, sheet() | {"q5": text})
        for number, (card, text) in enumerate(zip(cards, texts, strict=True))
    ]
    operations.enter_paper(survey="s1", sheets=rows, by=officer("qin"), at=clock.now())
    by_place = [one.values["q5"] for one in Answer.objects.raw("SELECT * FROM surveys_answer ORDER BY ctid")]
    assert sorted(by_place) == sorted(texts)
    assert by_place != texts  # the chance of the same order is one in 25 factorial
