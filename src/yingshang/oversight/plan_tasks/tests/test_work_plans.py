"""A unit's own plan from the first draft to the last stage; what is refused changes nothing and records nothing."""

from datetime import date

import pytest

from yingshang.kernel import events, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.oversight.plan_tasks.models import (
    Filing,
    FilingDecision,
    Progress,
    Stage,
    WorkPlan,
    WorkPlanEdition,
)
from yingshang.oversight.plan_tasks.tests.factories import NUMBER, Desk, at, planned, publish

pytestmark = pytest.mark.usefixtures("example_county")
TABLES = (WorkPlan, WorkPlanEdition, Stage, Filing, FilingDecision, Progress, work.Obligation, ledger.Entry)


def refused(code: str, deed) -> Refusal:
    before = [model.objects.count() for model in TABLES]
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == code
    assert [model.objects.count() for model in TABLES] == before
    return refusal.value


@pytest.fixture
def desk(example_county, tmp_path):
    publish(tmp_path)
    return Desk()


def test_filing_and_acceptance_fulfill_the_duty_and_make_each_stage_owed(desk):
    first = planned("梳理清单")
    second = planned("压减时限", date(2026, 5, 1), date(2026, 6, 30), **NUMBER)
    edition = desk.draft(first, second)
    duty = edition.work_plan.obligation
    filing = desk.file(edition, on=date(2026, 4, 20))
    duty.refresh_from_db()
    assert (duty.state, duty.due_date) == ("open", None)  # the unit's clock stands while the desk looks
    desk.accept(filing, on=date(2026, 6, 1))
    duty.refresh_from_db()
    assert (duty.state, duty.closed_at) == ("fulfilled", at(date(2026, 4, 20)))
    owed = [stage.obligation for stage in queries.stages_of(edition)]
    assert [(each.due_date, each.origin) for each in owed] == [
        (date(2026, 4, 30), "plan:special-2026:1"),
        (date(2026, 6, 30), "plan:special-2026:1"),
    ]
    told = set(events.Fact.objects.values_list("name", flat=True))
    assert {"plan_tasks.work_plan_filed", "plan_tasks.work_plan_accepted"} <= told
