"""Whatever happens in whatever order: one open supervision for a duty, no rung skipped or doubled, none on its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from yingshang.kernel import administration, work
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing import actor_of
from yingshang.oversight.supervision import operations
from yingshang.oversight.supervision.models import Answer, Climb, Letter, Supervision

from .conftest import Bureau
from .test_endings import move_due_date


class Chase(RuleBasedStateMachine):
    """Two duties of two units from 9 March 2026 on; time only goes on."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.bureau = Bureau()
        work.Obligation.objects.update(is_watched=False)
        self.duties = [self.bureau.owe("完成第1项任务"), self.bureau.owe("完成第2项任务", unit="fgj")]
        self.on = date(2026, 3, 9)
        self.is_merged = False

    @property
    def at(self):
        return datetime(self.on.year, self.on.month, self.on.day, 1, tzinfo=UTC)

    @rule(days=st.integers(1, 9))
    def a_morning(self, days):
        """Time goes on, the digest comes and is confirmed, whatever waits is approved."""
        self.on += timedelta(days=days)
        digest = operations.sweep_and_make(on=self.on, by=SYSTEM, at=self.at)
        operations.confirm_digest(digest_id=digest.pk, by=self.bureau.zhou, at=self.at)
        for letter in Letter.objects.filter(state="waiting").exclude(kind="correction"):
            self.bureau.approve(letter, self.on.month, self.on.day)

    @rule(promised=st.none() | st.integers(0, 20))
    def a_unit_answers(self, promised):
        letter = Letter.objects.filter(duty__state="open", place__lte=2).order_by("pk").first()
        if letter is None:
            return
        person = {"scjgj": "wang_min", "fgj": "shen"}[letter.bearer.code]
        self.bureau.answer(
            letter,
            self.on.month,
            self.on.day,
            promised=None if promised is None else self.on + timedelta(days=promised),
            by=actor_of(person, unit=letter.bearer.code),
        )

    @rule(accepts=st.booleans())
    def an_answer_is_reviewed(self, accepts):
        given = Answer.objects.filter(state="waiting").order_by("pk").first()
        if given is None:
            return
        if accepts:
            operations.accept_answer(answer_id=given.pk, by=self.bureau.zhou, at=self.at)
        else:
            operations.return_answer(answer_id=given.pk, reason="不清楚", by=self.bureau.zhou, at=self.at)

    @rule(which=st.integers(0, 1))
    def a_duty_is_done(self, which):
        duty = work.Obligation.objects.get(pk=self.duties[which].pk)
        if duty.state == "open":
            work.fulfill(obligation_id=duty.pk, by=SYSTEM, at=self.at)

    @rule(which=st.integers(0, 1), days=st.integers(-3, 30))
    def its_date_proves_wrong(self, which, days):
        move_due_date(self.duties[which], self.on + timedelta(days=days))

    @precondition(lambda self: not self.is_merged)
    @rule()
    def its_unit_is_merged(self):
        administration.merge_units(codes=["fgj"], into="scjgj", on=self.on, by=actor_of("zheng"))
        self.is_merged = True

    @rule()
    def it_is_settled(self):
        operations.settle(on=self.on, by=SYSTEM, at=self.at)

    @invariant()
    def one_open_supervision_for_a_duty(self):
        standing = list(Supervision.objects.filter(ended_on=None).values_list("obligation_id", flat=True))
        assert len(standing) == len(set(standing))

    @invariant()
    def no_rung_skipped_or_doubled(self):
        for row in Supervision.objects.all():
            places = list(Climb.objects.filter(supervision=row).order_by("place").values_list("place", flat=True))
            assert places == list(range(1, row.place + 1))

    @invariant()
    def never_a_supervision_on_a_supervision(self):
        assert not Supervision.objects.filter(obligation__origin__startswith="supervision:").exists()

    @invariant()
    def what_ended_owes_no_answer_once_settled(self):
        operations.settle(on=self.on, by=SYSTEM, at=self.at)
        owed = Letter.objects.filter(duty__state="open")
        for letter in owed:
            assert Climb.objects.filter(letter=letter, struck_on=None, supervision__ended_on=None).exists()

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)


@pytest.mark.django_db
def test_a_chase_keeps_its_promises_whatever_happens(example_county):
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Chase, settings=settings(max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=quiet)
    )
