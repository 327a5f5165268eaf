"""An evaluation to test with: a small edition, an evaluator who stated no conflict."""

from __future__ import annotations

from datetime import UTC, date, datetime

from yingshang.kernel import org
from yingshang.kernel.parties import Actor
from yingshang.kernel.testing import actor_of
from yingshang.oversight.evaluation import operations
from yingshang.oversight.evaluation.models import Evaluation, Owner

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
EDITION = """schema: edition/1
key: test-2026
title: 试评
method: 试评
source: 试评
effective: {from: 2026-01-01, to: null}
missing: average
indicators:
  - {key: total, title: 总分}
  - {key: services, under: total, title: 政务服务}
  - {key: days, under: services, title: 时间, unit: 天, least: 0, score: {frontier: {best: 0, worst: 10}}}
  - {key: rate, under: services, title: 满意度, unit: "%", most: 100, score: {frontier: {best: 100, worst: 0}}}
words: {未知: missing}
"""


def commissioned(
    evaluator: Actor, code: str = "test-2026", *, at: datetime = AT, until: date = date(2026, 12, 31)
) -> Evaluation:
    """Return an evaluation in its design, whose one evaluator stated no conflict. until: last day of the contract."""
    found = operations.commission(
        code=code,
        title="示例县营商环境评价（试评）",
        year=2026,
        place="示例县",
        evaluator="pgjg",
        contract_no="合同1号",
        contract_from=date(2026, 1, 1),
        contract_to=until,
        by=actor_of("zhou", unit="ysj"),
        at=at,
    )
    operations.state_interest(evaluation_id=found.pk, has_conflict=False, text="", by=evaluator, at=at)
    if not Owner.objects.filter(edition_key="test-2026").exists():
        Owner.objects.create(edition_key="test-2026", series="days", unit=org.unit("scjgj"), origin="outside")
    return found


def collecting(evaluation: Evaluation, by: Actor, edition: str = EDITION, *, at: datetime = AT) -> None:
    """Take the small edition and begin to collect."""
    operations.take_edition(evaluation_id=evaluation.pk, content=edition.encode(), by=by, at=at)
    operations.begin_collecting(evaluation_id=evaluation.pk, by=by, at=at)
    evaluation.refresh_from_db()
