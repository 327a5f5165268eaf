"""From the first question to the published figure, and every refusal on the way."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from yingshang.conduct.surveys import api, operations, queries
from yingshang.conduct.surveys.models import Answer, FrameRow, Survey, Token, Version
from yingshang.conduct.surveys.operations.answering import no_such_code
from yingshang.conduct.surveys.queries import Sheet
from yingshang.conduct.surveys.tests.factories import (
    LAST,
    ON,
    QUESTIONS,
    at,
    market,
    officer,
    opened,
    questionnaire,
    sheet,
)
from yingshang.kernel import ledger, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.methods import survey as method

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]


def refused(deed, code):
    """Check that a deed is refused with a code, and that nothing was recorded."""
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        deed()
    assert caught.value.code == code
    assert ledger.Entry.objects.count() == recorded


def test_a_survey_from_the_first_question_to_the_published_figure():
    market(enterprise=20, household=14, cooperative=3)
    parties.Party.objects.create(kind="enterprise", display_name="没有代码的企业")
    questionnaire()
    survey, cards = opened()
    there = {each.key: each.population for each in survey.strata.all()}
    assert sum(there.values()) == len(cards) == len({card.code for card in cards}) == Token.objects.count()
    reasons = dict(FrameRow.objects.filter(party__display_name__startswith="没有").values_list("party_id", "reason"))
    assert set(reasons.values()) == {"no_code"}
    assert FrameRow.objects.filter(reason="kind_not_asked", party__kind="cooperative").count() == 3
    enterprises = [card for card in cards if card.stratum == "企业"][:15]
    households = [card for card in cards if card.stratum == "个体工商户"][:12]
    for number, card in enumerate(enterprises + households):
        operations.answer(code=card.code.lower().replace("-", " "), values=sheet(number), on=LAST)
    with pytest.raises(NotFound):
        api.estimates("s1")
    operations.close(survey="s1", by=officer(), at=at(LAST))
    assert Token.objects.count() == 0
    operations.publish_results(survey="s1", by=officer("chu"), at=at(LAST))
    figures = {(one.question, one.option, one.domain): one for one in api.estimates("s1")}
    design = method.Design(
        tuple(method.Stratum(key, count) for key, count in there.items()), ("enterprise",) * 15 + ("household",) * 12
    )
    said = [number % 5 + 1.0 for number in range(27)]
    whole = method.mean(design, said)
    part = method.mean(design, said, within=[number < 15 for number in range(27)])
    for domain, expected in (("", whole), ("enterprise", part)):
        shown = figures["q1", "", domain]
        assert (shown.value, shown.low, shown.high) == pytest.approx((expected.value, expected.low, expected.high))
        assert shown.n == expected.answers
    assert sum(figures["q2", option, ""].value for option in QUESTIONS[1]["options"]) == pytest.approx(1)
    assert ("q5", "", "") not in figures
    assert "意见0" in queries.texts(queries.survey("s1"), 10)["想说的话"]
    kinds = list(
        ledger.Entry.objects.filter(kind__startswith="surveys.").order_by("at", "pk").values_list("kind", flat=True)
    )
    assert sorted(kinds) == sorted(
        ["surveys.version_published", "surveys.opened", "surveys.closed", "surveys.results_published"]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(code="s1").update(title="改过的名称")


def test_what_stands_is_frozen_by_the_database():
    market(enterprise=2)
    questionnaire()
    survey, cards = opened(kinds=["enterprise"])
    stratum = survey.strata.get()
    statements = [
        "UPDATE surveys_version SET questions = '[]'",
        "DELETE FROM surveys_version",
        "UPDATE surveys_answer SET day = day",
        "INSERT INTO surveys_answer (id, stratum_id) VALUES (gen_random_uuid(), %s)",
        "INSERT INTO surveys_token (digest, stratum_id) VALUES ('x', %s)",
        "DELETE FROM surveys_framerow",
        "SELECT surveys_issue(%s, ARRAY(SELECT id FROM surveys_stratum, generate_series(1, 99)), "
        "ARRAY(SELECT NULL::bigint FROM generate_series(1, 99)), "
        "ARRAY(SELECT sha256(n::text::bytea) FROM surveys_stratum, generate_series(1, 99) n))",
    ]
    for statement in statements:
        place = survey.pk if "issue" in statement else stratum.pk
        with (
            pytest.raises(DatabaseError, match=r"refused|permission denied|more codes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [place] if "%s" in statement else None)
    assert Token.objects.count() == len(cards)


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000", "", "用过的"])
def test_a_guessed_and_a_used_code_get_the_same_words(typed):
    market(enterprise=2)
    questionnaire()
    _, cards = opened(kinds=["enterprise"])
    code = typed
    if typed == "用过的":
        code = cards[0].code
        operations.answer(code=code, values=sheet(), on=ON)
    before = Answer.objects.count()
    with pytest.raises(Refusal) as caught:
        operations.answer(code=code, values=sheet(), on=ON)
    assert str(caught.value) == str(no_such_code())
    assert Answer.objects.count() == before


def test_refusals_change_nothing():
    market(enterprise=12, household=10)
    started = operations.start(code="open-2026", title="问卷", by=officer())
    write = operations.write_questions
    for questions, code in (
        ([{"title": "", "kind": "scale"}], "surveys.question_faulty"),
        ([{"title": "选", "kind": "single", "options": ["一"]}], "surveys.question_faulty"),
        ([{"title": "选", "kind": "color"}], "surveys.question_faulty"),
        (QUESTIONS * 9, "surveys.too_many_questions"),
    ):
        refused(lambda questions=questions: write(questionnaire="open-2026", questions=questions, by=officer()), code)
    refused(lambda: operations.start(code="open-2026", title="问卷", by=officer()), "surveys.code_taken")

    def publish():
        return operations.publish_version(questionnaire="open-2026", by=officer(), at=at())

    refused(publish, "surveys.no_questions")
    refused(opened, "surveys.not_published")
    write(questionnaire="open-2026", questions=QUESTIONS, by=officer())
    publish()
    refused(publish, "surveys.no_draft")
    assert write(questionnaire="open-2026", questions=QUESTIONS[:1], by=officer()).number == 2
    assert Version.objects.filter(questionnaire=started).count() == 2
    refused(lambda: opened(kinds=[]), "surveys.no_strata")
    refused(lambda: opened(kinds=["person"]), "surveys.no_strata")
    refused(lambda: opened(kinds=["cooperative"]), "surveys.nobody_to_ask")
    refused(lambda: opened(last_day=date(2026, 3, 1)), "surveys.ends_too_early")
    refused(lambda: opened(by=officer("chu")), "surveys.not_your_post")
    survey, cards = opened()
    refused(opened, "surveys.code_taken")
    refused(lambda: operations.answer(code=cards[0].code, values={"q1": "9"}, on=ON), "surveys.answers_faulty")
    refused(
        lambda: operations.answer(code=cards[0].code, values=sheet(), on=date(2026, 5, 1)), "surveys.code_not_accepted"
    )
    new = operations.replace_codes(survey="s1", by=officer(), at=at())
    assert len(new) == len(cards)
    refused(lambda: operations.answer(code=cards[0].code, values=sheet(), on=ON), "surveys.code_not_accepted")
    refused(lambda: operations.publish_results(survey="s1", by=officer("chu"), at=at()), "surveys.not_closed")
    alone = next(card for card in new if card.stratum == "个体工商户")
    others = [card for card in new if card.stratum == "企业"][:10]
    opened("s2")
    refused(lambda: opened("s3"), "surveys.nobody_to_ask")  # two questionnaires a year are the most
    rows = [Sheet(number, card.code, sheet(number)) for number, card in enumerate([alone, *others])]
    refused(
        lambda: operations.enter_paper(survey="s2", sheets=rows, by=officer("qin"), at=at()), "surveys.sheets_faulty"
    )
    assert operations.enter_paper(survey="s1", sheets=rows, by=officer("qin"), at=at()) == 11
    operations.close(survey="s1", by=officer(), at=at())
    refused(lambda: operations.close(survey="s1", by=officer(), at=at()), "surveys.not_open")
    operations.close(survey="s2", by=officer(), at=at())
    refused(lambda: operations.publish_results(survey="s2", by=officer("chu"), at=at()), "surveys.too_few_answers")

    def merge(into):
        return operations.merge(survey="s1", stratum="household", into=into, by=officer("chu"), at=at())

    refused(lambda: merge("household"), "surveys.cannot_merge")
    assert survey.code == "s1"
