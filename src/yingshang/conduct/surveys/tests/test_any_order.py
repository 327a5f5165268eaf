"""Whatever officers, the draw and enterprises do, in whatever order: a survey goes one way, no card is one too many."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from yingshang.conduct.surveys import operations
from yingshang.conduct.surveys.models import Answer, FrameRow, Stratum, Survey, Token
from yingshang.conduct.surveys.tests.factories import (
    LAST,
    ON,
    at,
    market,
    officer,
    opened,
    planned,
    questionnaire,
    sheet,
)
from yingshang.conduct.surveys.tests.test_sampling import held
from yingshang.kernel import draws, ledger
from yingshang.kernel.errors import NotFound, Refusal

LATER = at() + timedelta(hours=1)
NEXT = {
    "planned": {"planned", "open", "dropped"},
    "open": {"open", "closed"},
    "closed": {"closed", "published"},
    "published": {"published"},
    "dropped": {"dropped"},
}
DEEDS = {
    "ceremony": lambda self: held(self.one),
    "open": lambda self: self.keep(operations.open_drawn(survey="s1", by=officer("qin"), at=LATER)[1]),
    "drop": lambda self: operations.drop_plan(survey="s1", by=officer("qin"), at=LATER),
    "void": lambda self: draws.void(
        serial=self.one.draw_serial or 0, reason="work_cancelled", by=officer("chu"), at=LATER
    ),
    "replace": lambda self: self.keep(operations.replace_codes(survey="s1", by=officer(), at=LATER)),
    "close": lambda self: operations.close(survey="s1", by=officer(), at=at(LAST)),
    "publish": lambda self: operations.publish_results(survey="s1", by=officer("chu"), at=at(LAST)),
}


class LifeOfASurvey(RuleBasedStateMachine):
    """One survey and the hands that reach for it. What is refused must leave no trace."""

    @initialize(is_drawn=st.booleans())
    def begun(self, is_drawn):
        market(enterprise=30)
        questionnaire()
        self.cards, self.used = [], []
        if is_drawn:
            self.one = planned(kinds=["enterprise"], sizes={"enterprise": 12})
        else:
            self.one, self.cards = opened(kinds=["enterprise"])
        self.state = self.one.state

    @rule(name=st.sampled_from(sorted(DEEDS)))
    def somebody(self, name):
        self.tried(lambda: DEEDS[name](self))

    @rule(count=st.integers(1, 12))
    def enterprises_answer(self, count):
        for card in self.cards[:count]:
            self.tried(lambda card=card: operations.answer(code=card.code, values=sheet(len(self.used)), on=ON))
            self.used.append(card)
        self.cards = self.cards[count:]

    @rule()
    def somebody_answers_twice(self):
        if self.used:
            before = Answer.objects.count()
            self.tried(lambda: operations.answer(code=self.used[0].code, values=sheet(), on=ON))
            assert Answer.objects.count() == before

    def keep(self, cards):
        self.cards = list(cards)

    def tried(self, deed):
        recorded = ledger.Entry.objects.count()
        try:
            with transaction.atomic():
                deed()
        except (Refusal, NotFound):
            assert ledger.Entry.objects.count() == recorded

    @invariant()
    def it_goes_one_way_and_no_card_is_one_too_many(self):
        one = Survey.objects.get(code="s1")
        assert one.state in NEXT[self.state]
        self.state = one.state
        answers, unused = Answer.objects.count(), Token.objects.count()
        stratum = Stratum.objects.get(survey=one)
        asked = FrameRow.objects.filter(survey=one, reason="").count()
        if one.state in ("planned", "dropped"):
            assert (answers, unused, stratum.invited) == (0, 0, None)
        else:
            assert stratum.invited == asked
            assert answers + unused == asked or one.state != "open"
            assert answers <= asked
        assert not unused or one.state == "open"


@pytest.mark.django_db
def test_in_any_order_a_survey_goes_one_way(example_county):
    class InItsOwnTransaction(LifeOfASurvey):
        def __init__(self):
            super().__init__()
            self.mark = transaction.savepoint()

        def teardown(self):
            transaction.savepoint_rollback(self.mark)

    calm = settings(
        max_examples=5, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(InItsOwnTransaction, settings=calm)
