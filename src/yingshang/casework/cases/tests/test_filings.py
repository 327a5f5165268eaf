"""A filing takes effect on receipt; an instant item is decided on the spot."""

from datetime import UTC, date, datetime

import pytest

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, Commitment, FilingViolation
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.tests.factories import AT_THE_DESK, CHIEF, RECEIVED, hand_in, officer
from yingshang.kernel import measures, work
from yingshang.kernel.errors import Refusal
from yingshang.registers.catalogue import api as catalogue

BUILDING_CLERK = officer("window-clerk", *AT_THE_DESK, unit="zjj")
FEBRUARY = measures.month(2026, 2)


@pytest.fixture
def filing(zhao):
    version = catalogue.version_on("signboard-record", RECEIVED.date())
    sketch = [Paper(key="sketch", given=Given.PAPER)]
    return hand_in(zhao, version=version.pk, answers={"address": "东湖路8号", "width": 3}, situation={}, papers=sketch)


@pytest.mark.parametrize(
    ("kind", "deed"),
    [
        ("refused", lambda pk, **by: operations.decline(case_id=pk, reason="不同意", remedy="无", **by)),
        (
            "beyond_list",
            lambda pk, **by: operations.ask_to_correct(
                case_id=pk, defects=[{"material": "lease", "what": "补交租约"}], **by
            ),
        ),
        ("returned", lambda pk, **by: operations.attempt_refusal(case_id=pk, kind="returned", what="退回重报", **by)),
    ],
)
def test_treating_a_filing_like_a_license_is_refused_kept_and_counted(filing, kind, deed):
    with pytest.raises(Refusal) as refused:
        deed(filing.pk, by=BUILDING_CLERK, at=RECEIVED)
    assert refused.value.code == "cases.filing_takes_effect"
    assert FilingViolation.objects.get().kind == kind
    assert Case.objects.get(pk=filing.pk).state == "received"
    assert measures.compute("cases.filing_violations", ["zjj", "scjgj"], [FEBRUARY]).cells[0].value == 1


def test_a_filing_is_effective_at_once_told_what_is_missing_once_and_kept_by_silence(filing, zhao):
    assert [int(code) for code in queries.official_codes([filing])[filing.pk]] == [1, 3, 11]
    told = [{"material": "sketch", "what": "看不清尺寸"}]
    at = datetime(2026, 2, 14, 1, tzinfo=UTC)
    operations.ask_to_correct(case_id=filing.pk, defects=told, by=BUILDING_CLERK, at=at)
    operations.correct(case_id=filing.pk, papers=[Paper(key="sketch", given=Given.PAPER)], by=zhao, at=at)
    assert Case.objects.get(pk=filing.pk).due_date == date(2026, 2, 28)
    work.sweep_overdue(datetime(2026, 3, 2, 1, tzinfo=UTC))
    kept = Case.objects.select_related("dossier").get(pk=filing.pk)
    assert (kept.state, kept.dossier.outcome, kept.is_open) == ("delivered", "done", False)


def test_an_instant_item_is_decided_on_the_spot_and_measured(zhao):
    version = catalogue.version_on("small-kitchen", RECEIVED.date())
    papers = [Paper(key="pest-record", given=Given.COMMITTED)]
    case = hand_in(
        zhao, version=version.pk, answers={"owner": "赵兰", "place": "东湖路8号"}, situation={}, papers=papers
    )
    operations.accept(case_id=case.pk, by=CHIEF, at=RECEIVED)
    decided = operations.decide(case_id=case.pk, granted=True, by=CHIEF, at=RECEIVED)
    assert (decided.decision.working_days, decided.decision.due_on) == (0, date(2026, 2, 14))
    assert Commitment.objects.get(case=case).duty.kind == "cases.check_commitment"
    names = ("on_time_rate", "days_to_decide_median", "online_rate", "correction_rate", "visits_made", "steps_taken")
    found = {name: str(measures.compute(f"cases.{name}", ["scjgj"], [FEBRUARY]).cells[0].value) for name in names}
    assert found == {
        "on_time_rate": "100.0%（1/1）",
        "days_to_decide_median": "0",
        "online_rate": "100.0%（1/1）",
        "correction_rate": "0.0%（0/1）",
        "visits_made": "0.0",
        "steps_taken": "2.0",
    }
    assert queries.figures(case.unit, FEBRUARY)[0].decided == 1
