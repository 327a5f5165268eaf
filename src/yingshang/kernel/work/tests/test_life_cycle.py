"""Whatever people do, in whatever order: the engine and a plain model of it agree."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from yingshang.kernel import work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing.restaurant import CHIEF, CLERK, FIRE, RECEIVED, WASTE, officer, open_restaurant
from yingshang.kernel.work import Move, Obligation, Step

FACTS = {"reason": "理由", "remedy": "六十日内可以申请行政复议", "materials": "申请书"}

MAIN_MOVES = {
    "accept": ("submitted", "accepted", CLERK),
    "ask_to_correct": ("submitted", "correcting", CLERK),
    "decline": ("submitted", "declined", CLERK),
    "start_review": ("accepted", "in_review", CLERK),
    "conclude": ("in_consultation", "deciding", CHIEF),
    "review_again": ("in_consultation", "accepted", CHIEF),
    "grant": ("deciding", "granted", CHIEF),
    "refuse": ("deciding", "refused", CHIEF),
}
FINAL = {"declined", "granted", "refused", "withdrawn"}
BRANCHES = {"fire": FIRE, "waste": WASTE}
ASKED = ("scjgj", "zjj", "dhz")


class Model:
    """The procedure as a child would play it with counters on a board."""

    def __init__(self):
        self.state = "submitted"
        self.branches = {}
        self.opinions = {}
        self.paused = False
        self.moves = 0

    def owes(self):
        open_ones = {"correction_notice"} if self.state == "submitted" else set()
        if self.state in {"accepted", "in_review", "in_consultation", "deciding"}:
            open_ones |= {"decision", "committed"}
        return open_ones | {f"{key}_opinion" for key, state in self.branches.items() if state == "open"}

    def enter(self, state):
        self.state, self.opinions = state, {}
        self.branches = dict.fromkeys(BRANCHES, "open") if state == "in_review" else {}
        if state in FINAL:
            self.paused = False

    def end(self, branch):
        self.branches[branch] = "ended"
        if set(self.branches.values()) == {"ended"}:
            self.enter("in_consultation")

    def opinion(self):
        if not all(self.opinions.values()):
            return "not_agreed"
        return "agreed" if len(self.opinions) == len(ASKED) else "open"


class LifeCycle(RuleBasedStateMachine):
    zhao = None
    visited: set[str] = set()

    def __init__(self):
        super().__init__()
        self.dossier = open_restaurant(self.zhao)
        self.model = Model()
        self.at = RECEIVED
        self.sent = []

    def step(self, branch=""):
        return Step.objects.filter(dossier=self.dossier, branch=branch).latest("pk")

    def attempt(self, deed, *, may, then):
        """Do a deed; it succeeds exactly when the model says so, and a refused one leaves no trace."""
        before = (Move.objects.count(), Entry.objects.count(), Obligation.objects.count())
        self.at += timedelta(minutes=1)
        try:
            deed()
        except (Refusal, Stale):
            assert not may
            assert (Move.objects.count(), Entry.objects.count(), Obligation.objects.count()) == before
        else:
            assert may
            then()
            self.model.moves += 1

    def move(self, do, by, **more):
        parts = {"dossier_id": self.dossier.pk, "do": do, "by": by, "at": self.at, "facts": FACTS}
        return lambda: work.move(**(parts | more))

    @initialize(far=st.integers(0, 3))
    def begin_somewhere(self, far):
        """A story begins at submission, in review, in consultation, or before the decision."""
        if far >= 1:
            self.move_the_main_line("accept", stale=False, key=True)
            self.move_the_main_line("start_review", stale=False, key=True)
        if far >= 2:
            self.end_a_branch("waste", passes=True, right=True)
            self.end_a_branch("fire", passes=False, right=True)
        if far >= 3:
            self.everybody_speaks(agree=True)
            self.move_the_main_line("conclude", stale=False, key=False)

    @precondition(lambda self: self.forward())
    @rule(data=st.data())
    def go_on(self, data):
        """One of the moves that lead on, so that stories get far enough."""
        do = data.draw(st.sampled_from(self.forward()))
        branch = do.partition("_")[2]
        if branch in BRANCHES:
            self.end_a_branch(branch, passes=True, right=True)
        else:
            self.move_the_main_line(do, stale=False, key=True)

    def forward(self):
        open_branches = [f"pass_{key}" for key, state in self.model.branches.items() if state == "open"]
        if self.model.state == "in_consultation":
            return {"agreed": ["conclude"], "not_agreed": ["review_again"], "open": []}[self.model.opinion()]
        leading = [do for do, (source, _, _) in MAIN_MOVES.items() if source == self.model.state and do != "decline"]
        return open_branches or leading

    @precondition(lambda self: self.model.state == "in_consultation")
    @rule(agree=st.sampled_from([True, True, False]))
    def everybody_speaks(self, agree):
        for unit in ASKED:
            self.say_an_opinion(unit, agrees=agree)

    @rule(do=st.sampled_from(sorted(MAIN_MOVES)), stale=st.booleans(), key=st.booleans())
    def move_the_main_line(self, do, stale, key):
        source, target, by = MAIN_MOVES[do]
        may = self.model.state == source and not stale
        opinion = self.model.opinion()
        if do == "conclude":
            may = may and opinion == "agreed"
        if do == "review_again":
            may = may and opinion == "not_agreed"
        if do == "grant":
            may = may and not self.model.paused
        seen = self.step().version + (1 if stale else 0)
        name = f"form-{len(self.sent)}" if key else ""
        more = {"expected_version": seen, "retry_key": name}

        def then():
            self.model.enter(target)
            if name:
                self.sent.append(self.move(do, by, **more))

        self.attempt(self.move(do, by, **more), may=may, then=then)

    @rule()
    def correct(self):
        may = self.model.state == "correcting"
        self.attempt(self.move("correct", self.zhao), may=may, then=lambda: self.model.enter("submitted"))

    @rule(who=st.sampled_from(["applicant", "clerk"]), luck=st.integers(0, 5))
    def withdraw(self, who, luck):
        """Seldom: it would end most stories before they begin."""
        if who == "applicant" and luck:
            return
        may = who == "applicant" and self.model.state not in FINAL
        by = self.zhao if who == "applicant" else CLERK
        self.attempt(self.move("withdraw", by), may=may, then=lambda: self.model.enter("withdrawn"))

    @rule(branch=st.sampled_from(sorted(BRANCHES)), passes=st.booleans(), right=st.booleans())
    def end_a_branch(self, branch, passes, right):
        by = BRANCHES[branch] if right else officer("sfj", "reviewer")
        may = right and self.model.branches.get(branch) == "open"
        do = f"{'pass' if passes else 'fail'}_{branch}"
        self.attempt(self.move(do, by), may=may, then=lambda: self.model.end(branch))

    @rule(branch=st.sampled_from(sorted(BRANCHES)))
    def take_a_branch_out(self, branch):
        found = Step.objects.filter(dossier=self.dossier, branch=branch).order_by("pk").last()
        if found is None:
            return
        deed = {"dossier_id": self.dossier.pk, "step_id": found.pk, "by": CLERK, "at": self.at, "reason": "不需要"}
        may = self.model.branches.get(branch) == "open"
        self.attempt(lambda: work.withdraw_branch(**deed), may=may, then=lambda: self.model.end(branch))

    @rule(unit=st.sampled_from([*ASKED, "sfj"]), agrees=st.booleans())
    def say_an_opinion(self, unit, agrees):
        step = self.step()
        may = self.model.state == "in_consultation" and unit in ASKED and unit not in self.model.opinions
        before = Move.objects.count()

        def then():
            self.model.opinions[unit] = agrees
            self.model.moves -= 1
            assert Move.objects.count() == before

        parts = {"step_id": step.pk, "by": officer(unit), "at": self.at, "agrees": agrees, "text": "理由"}
        self.attempt(lambda: work.give_opinion(**parts), may=may, then=then)

    @rule()
    def pause_or_resume(self):
        running = {"decision", "committed"} <= self.model.owes()
        parts = {"dossier_id": self.dossier.pk, "key": "site_survey", "by": CHIEF, "at": self.at}
        if self.model.paused:
            deed = lambda: work.resume(**parts, on=self.at.date() + timedelta(days=3))  # noqa: E731
        else:
            deed = lambda: work.pause(**parts, on=self.at.date() + timedelta(days=1), facts={"notice": "有"})  # noqa: E731
        if self.model.paused or not Obligation.objects.filter(dossier=self.dossier, clock__pauses__isnull=False):

            def then():
                self.model.paused = not self.model.paused

            self.attempt(deed, may=running, then=then)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_a_form_again(self, data):
        before = (Move.objects.count(), Entry.objects.count(), Obligation.objects.count())
        data.draw(st.sampled_from(self.sent))()
        assert (Move.objects.count(), Entry.objects.count(), Obligation.objects.count()) == before

    @invariant()
    def they_agree(self):
        self.dossier.refresh_from_db()
        self.visited.add(self.dossier.state)
        assert self.dossier.state == self.model.state
        assert (self.dossier.closed_at is not None) == (self.model.state in FINAL)
        open_ones = Obligation.objects.filter(dossier=self.dossier, state="open")
        assert set(open_ones.values_list("key", flat=True)) == self.model.owes()
        open_steps = Step.objects.filter(dossier=self.dossier, closed_at=None).values_list("branch", flat=True)
        lines = {key for key, state in self.model.branches.items() if state == "open"}
        assert set(open_steps) == (lines | {""} if self.model.state not in FINAL else set())


@pytest.mark.django_db
def test_the_engine_agrees_with_a_plain_model(example_county, zhao):
    LifeCycle.zhao = zhao
    quick = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(LifeCycle, settings=quick)
    assert {"in_review", "in_consultation", "deciding", "granted", "withdrawn"} <= LifeCycle.visited
