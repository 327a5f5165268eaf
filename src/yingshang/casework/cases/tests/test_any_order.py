"""Whatever officers, the applicant and the clock do, in whatever order: a case is never in two minds."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, CorrectionNotice, Decision, Revocation
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.tests.factories import CHIEF, CLERK, HEAD, RECEIVED, REVIEWER, hand_in
from yingshang.kernel import work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.testing import actor_of

PLAN = [Paper(key="floor-plan", given=Given.PAPER)]
TOLD = [{"material": "floor-plan", "what": "看不清"}]
WHY = {"reason": "不符合条件", "remedy": "可以申请复议"}
ENDS = {"delivered", "refused", "declined", "not_needed", "withdrawn", "lapsed", "revoked"}
OF_OFFICERS = {
    "accept": (operations.accept, CLERK, {}),
    "accept_tolerantly": (operations.accept_tolerantly, CLERK, {"missing": ["floor-plan"], "promise": "五日内补交"}),
    "ask_to_correct": (operations.ask_to_correct, CLERK, {"defects": TOLD}),
    "decline": (operations.decline, CLERK, WHY),
    "advance": (operations.advance, REVIEWER, {}),
    "stop": (operations.stop_clock, REVIEWER, {"key": "testing", "notice": "检验十日"}),
    "resume": (operations.resume, REVIEWER, {"key": "testing"}),
    "grant": (operations.decide, CHIEF, {"granted": True}),
    "refuse": (operations.decide, CHIEF, {"granted": False, **WHY}),
    "revoke": (operations.revoke, HEAD, WHY),
}
OF_THE_APPLICANT = {
    "correct": (operations.correct, {"papers": PLAN}),
    "supply": (operations.supply, {"papers": PLAN}),
    "withdraw": (operations.withdraw, {}),
}


class LifeOfACase(RuleBasedStateMachine):
    """One case and the hands that reach for it. What is refused must leave no trace."""

    @initialize()
    def handed_in(self):
        self.applicant, self.at = actor_of("zhao"), RECEIVED
        self.case = hand_in(self.applicant)

    @rule(name=st.sampled_from(sorted(OF_OFFICERS)))
    def an_officer(self, name):
        deed, by, more = OF_OFFICERS[name]
        self.tried(deed, by, more)

    @rule(name=st.sampled_from(["accept", "advance", "advance", "grant"]))
    def the_usual_way(self, name):
        deed, by, more = OF_OFFICERS[name]
        self.tried(deed, by, more)

    @rule(name=st.sampled_from(sorted(OF_THE_APPLICANT)))
    def the_applicant(self, name):
        deed, more = OF_THE_APPLICANT[name]
        self.tried(deed, self.applicant, more)

    @rule(days=st.integers(1, 12))
    def time_passes(self, days):
        self.at += timedelta(days=days)
        work.sweep_overdue(self.at)

    def tried(self, deed, by, more):
        self.at += timedelta(hours=1)
        before = self.traces()
        try:
            deed(case_id=self.case.pk, by=by, at=self.at, **more)
        except (Refusal, Stale):
            assert self.traces() == before

    def traces(self):
        case = Case.objects.select_related("dossier").get(pk=self.case.pk)
        moves = work.Move.objects.filter(dossier=case.dossier_id).count()
        return case.state, moves, case.materials.count(), case.commitments.count(), case.due_date

    @invariant()
    def the_copies_agree(self):
        case = Case.objects.select_related("dossier", "decision").get(pk=self.case.pk)
        step = work.Step.objects.get(dossier=case.dossier_id, branch="")
        assert case.state == case.dossier.state == step.state
        assert case.is_open == (case.dossier.closed_at is None) == (case.state not in ENDS)
        owed = work.Obligation.objects.filter(dossier=case.dossier_id, state="open", kind="work.limit")
        assert case.due_date == min((each.due_date for each in owed if each.due_date), default=None)
        assert case.is_open or not owed.exists()

    @invariant()
    def what_was_decided_stands(self):
        case = Case.objects.get(pk=self.case.pk)
        decided = Decision.objects.filter(case=case).first()
        assert (decided is not None) == (case.state in {"granted", "delivered", "refused", "revoked"})
        assert Revocation.objects.filter(case=case).exists() == (case.state == "revoked")
        assert CorrectionNotice.objects.filter(case=case).count() <= 1
        codes = [int(code) for code in queries.official_codes([case])[case.pk]]
        assert codes[0] == 1 and codes.count(6) <= 1 and codes.count(3) <= 1
        if decided is not None:
            assert decided.accepted_on is not None and date(2026, 2, 13) <= decided.accepted_on <= decided.decided_on


@pytest.mark.django_db
def test_in_any_order_a_case_keeps_its_word(example_county):
    from django.db import transaction

    class InItsOwnTransaction(LifeOfACase):
        def __init__(self):
            super().__init__()
            self.mark = transaction.savepoint()

        def teardown(self):
            transaction.savepoint_rollback(self.mark)

    calm = settings(
        max_examples=6, stateful_step_count=9, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(InItsOwnTransaction, settings=calm)
