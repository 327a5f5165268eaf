"""Real connections: two who decide at once, and two clicks of one finger."""

from datetime import timedelta

import pytest

from yingshang.casework.cases import operations
from yingshang.casework.cases.models import Case, Decision
from yingshang.casework.cases.tests.factories import CHIEF, CLERK, HEAD, RECEIVED, REVIEWER, hand_in
from yingshang.kernel import testing, work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.testing import actor_of


@pytest.fixture
def fan(committed_db):
    return actor_of("fan")


def test_a_doubled_click_is_one_case_and_of_two_decisions_one_stands(fan):
    both = testing.at_once(*[lambda: hand_in(fan, idempotency_key="click")] * 2)
    assert len({case.pk for case in both}) == 1 and Case.objects.count() == 1
    case, at = both[0], RECEIVED + timedelta(hours=2)
    operations.accept(case_id=case.pk, by=CLERK, at=at)
    for _ in range(3):
        operations.advance(case_id=case.pk, by=REVIEWER, at=at)
    seen = work.Step.objects.get(dossier=case.dossier_id).version
    refusal = {"granted": False, "reason": "面积不实", "remedy": "可以复议"}
    results = testing.at_once(
        lambda: operations.decide(case_id=case.pk, granted=True, by=CHIEF, at=at, expected_version=seen),
        lambda: operations.decide(case_id=case.pk, by=HEAD, at=at, expected_version=seen, **refusal),
    )
    assert sorted(isinstance(result, Stale | Refusal) for result in results) == [False, True]
    assert Decision.objects.count() == 1
    moves = work.Move.objects.filter(dossier=case.dossier_id, do__in=("grant", "refuse")).count()
    assert moves == 1
