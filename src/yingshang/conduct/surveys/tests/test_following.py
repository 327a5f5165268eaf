"""What a survey owes: an end on time, its figures within the county's limit, or a reason why there are none."""

from datetime import date, timedelta

import pytest

from yingshang.conduct.surveys import jobs, operations, queries
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.operations import following
from yingshang.conduct.surveys.slots import to_do
from yingshang.conduct.surveys.tests.factories import LAST, ON, at, market, officer, opened, questionnaire, sheet
from yingshang.kernel import clock, work
from yingshang.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

AFTER = LAST + timedelta(days=1)


def owed():
    """Return what the unit owes for surveys: kind, due date, state, in the order it was opened."""
    rows = work.Obligation.objects.filter(kind__startswith="surveys.").order_by("pk")
    return list(rows.values_list("kind", "due_date", "state"))


def test_a_survey_is_closed_by_itself_and_its_results_are_owed_until_they_are_out(monkeypatch):
    market(enterprise=12)
    questionnaire()
    _, cards = opened(kinds=["enterprise"])
    assert owed() == [("surveys.close", AFTER, "open")]
    for number, card in enumerate(cards[:11]):
        operations.answer(code=card.code, values=sheet(number), on=ON)
    monkeypatch.setattr(clock, "today", lambda: LAST)
    jobs.close_ended()
    assert queries.survey("s1").state == Survey.State.OPEN  # on its last day people may still answer
    monkeypatch.setattr(clock, "today", lambda: AFTER)
    monkeypatch.setattr(clock, "now", lambda: at(AFTER))
    jobs.close_ended()
    jobs.close_ended()
    # 20 working days after Friday 1 May 2026, a holiday until 5 May; Saturday 9 May is worked (国办发明电〔2025〕7号).
    due = date(2026, 6, 1)
    assert owed() == [("surveys.close", AFTER, "fulfilled"), ("surveys.publish", due, "open")]
    assert [row["tag"] for row in to_do(officer("chu"), None)[0].rows] == ["等待公布"]
    assert to_do(officer("qin"), None) == []
    with pytest.raises(Refusal, match="应当公布") as caught:
        operations.withhold_results(survey="s1", reason="不想公布。", by=officer("chu"), at=at(AFTER))
    assert caught.value.code == "surveys.enough_to_publish"
    operations.publish_results(survey="s1", by=officer("chu"), at=at(date(2026, 5, 6)))
    assert owed()[1][2] == "fulfilled"
    assert to_do(officer("chu"), None) == []


def test_results_on_too_few_answers_are_owed_no_longer_once_a_reason_is_written(monkeypatch):
    monkeypatch.setattr(following, "LIMIT", "SURVEY.NOT_SET")  # a county that has set no limit can close all the same
    market(enterprise=12)
    questionnaire()
    opened(kinds=["enterprise"])
    assert [row["tag"] for row in to_do(officer("qin"), None)[0].rows] == ["正在回收"]

    def withhold(reason):
        return operations.withhold_results(survey="s1", reason=reason, by=officer("chu"), at=at(AFTER))

    refused = []
    for reason in ("还没有截止。", "", "收回的份数太少。"):
        try:
            withhold(reason)
        except Refusal as refusal:
            refused.append(refusal.code)
        if reason == "还没有截止。":
            operations.close(survey="s1", by=officer(), at=at(AFTER))
    assert refused == ["surveys.not_closed", "surveys.reason_missing"]
    assert [(due, state) for _, due, state in owed()] == [(AFTER, "fulfilled"), (None, "cancelled")]
    with pytest.raises(Refusal, match="没有等待公布"):
        withhold("再说一次。")
