"""Whatever a unit and the desk do, in whatever order: the plan stays one that the tables and the rules agree on."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingshang.kernel import work
from yingshang.kernel.errors import Refusal
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Filing, Stage, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations import Told
from yingshang.oversight.plan_tasks.tests.factories import NUMBER, ON, Desk, at, planned, publish

DEEDS = (
    "write",
    "write_number",
    "remove",
    "file",
    "accept",
    "return",
    "revise",
    "drop",
    "ask",
    "sign_off",
    "send_back",
)
State = WorkPlanEdition.State


class Life:
    """One plan; each deed is tried a day after the one before, and may be refused."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.day = desk, ON
        self.plan = desk.begin()

    def do(self, name: str) -> None:
        """Try a deed."""
        self.day += timedelta(days=1)
        hand, force = queries.edition_in_hand(self.plan), queries.accepted_edition(self.plan)
        deed = {"by": self.desk.writer, "at": at(self.day)}
        decide = {"by": self.desk.desk, "on": self.day, "at": at(self.day)}
        stage = (hand or force).stages.order_by("place").last()
        filing = Filing.objects.filter(edition__work_plan=self.plan).order_by("pk").last()
        if name in ("write", "write_number") and hand:
            more = NUMBER if name == "write_number" else {}
            written = planned(finish=self.day + timedelta(days=60), **more)
            operations.write_stage(edition_id=hand.pk, stage=written, **deed)
        elif name == "remove" and hand and stage:
            operations.remove_stage(stage_id=stage.pk, **deed)
        elif name == "file" and hand:
            self.desk.file(hand, on=self.day)
        elif name == "accept" and filing:
            self.desk.accept(filing, on=self.day)
        elif name == "return" and filing:
            self.desk.give_back(filing, on=self.day)
        elif name == "revise":
            operations.revise_work_plan(work_plan_id=self.plan.pk, reason="情况有变。", on=self.day, **deed)
        elif name == "drop" and hand:
            operations.drop_edition(edition_id=hand.pk, **deed)
        elif name == "ask" and force:
            told = Told(words="办成了", value=Decimal(8))
            operations.ask_sign_off(stage_id=force.stages.first().pk, told=told, on=self.day, **deed)
        elif name == "sign_off" and force:
            operations.sign_off_stage(stage_id=force.stages.first().pk, **decide)
        elif name == "send_back" and force:
            operations.return_sign_off(stage_id=force.stages.first().pk, reasons="再补充。", **decide)

    def check(self) -> None:
        """Look at what must be so after every deed."""
        editions = list(self.plan.editions.order_by("number"))
        assert [each.number for each in editions] == list(range(1, len(editions) + 1))
        assert sum(each.state == State.ACCEPTED for each in editions) <= 1
        assert sum(each.state in (State.DRAFT, State.FILED, State.RETURNED) for each in editions) <= 1
        for edition in editions:
            places = list(edition.stages.order_by("place").values_list("place", flat=True))
            assert places == list(range(1, len(places) + 1))
        self.check_what_is_owed()

    def check_what_is_owed(self) -> None:
        """Every stage in force is owed or done, nothing else is, and filing is owed until the first acceptance."""
        force = queries.accepted_edition(self.plan)
        owed = work.Obligation.objects.filter(kind="plan_tasks.finish_stage", unit=self.plan.unit, state="open")
        mine = {each.pk for each in owed.filter(origin="plan:special-2026:1")}
        in_force = Stage.objects.filter(edition=force) if force else Stage.objects.none()
        assert mine == set(in_force.filter(obligation__state="open").values_list("obligation_id", flat=True))
        assert not in_force.filter(obligation=None).exists()
        assert not in_force.filter(obligation__state="cancelled").exists()
        was_accepted = self.plan.editions.filter(accepted_on__isnull=False).exists()
        filing = queries.work_plan(self.plan.pk).obligation
        assert (filing.state == "fulfilled") == was_accepted
        assert was_accepted or filing.state == "open"


@pytest.fixture
def desk(example_county, tmp_path):
    publish(tmp_path)
    return Desk()


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=10))
def test_a_plan_stays_whole_whatever_is_done_to_it(desk, deeds):
    with transaction.atomic():
        life = Life(desk)
        for name in ("write", "file", "accept", *deeds):
            try:
                life.do(name)
            except Refusal:
                continue
            finally:
                life.check()
        transaction.set_rollback(True)
