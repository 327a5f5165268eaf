"""Settling by hand which of differing values counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Settlement
from yingshang.oversight.evaluation.operations.stages import for_work


@transaction.atomic
def settle(*, evaluation_id: int, value_id: int, reason: str, by: Actor, at: datetime) -> Settlement:
    """Let one of differing values count, with its reason, and return the settlement; a later one replaces it.

    Raises as ``for_work`` does, NotFound for a value of another evaluation,
    Refusal ``evaluation.reason_missing``. Records ``evaluation.settled``.
    """
    evaluation = for_work(evaluation_id, by, at, "checking", "objecting")
    if not reason.strip():
        raise Refusal(
            "evaluation.reason_missing", "没有写理由。", "请写明为什么取这个值，理由会随结果公布。", source="方案第35项"
        )
    with queries.reading(by):
        value = evaluation.values_collected.filter(pk=value_id).first()
        if value is None:
            raise NotFound("这个值")
        settlement = Settlement.objects.create(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            value=value,
            rule="person",
            reason=reason.strip(),
            person=by.person,
            at=at,
        )
    ledger.record("evaluation.settled", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})
    return settlement
