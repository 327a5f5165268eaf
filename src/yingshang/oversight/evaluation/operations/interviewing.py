"""Interviewing enterprises: who, when, with their consent, and the minutes as evidence."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Interview
from yingshang.oversight.evaluation.operations.collecting import OPEN_TO_VALUES, Evidence, keep_evidence
from yingshang.oversight.evaluation.operations.stages import for_work


@transaction.atomic
def record_interview(
    *,
    evaluation_id: int,
    enterprise: str,
    described: str,
    interviewer: str,
    interviewed_on: date,
    has_consented: bool,
    minutes: Evidence | None,
    by: Actor,
    at: datetime,
) -> Interview:
    """Record an interview and return it; values are then entered as said in it.

    described: what is published instead of the name, ``一家餐饮业小微企业``.
    The name and the minutes are never published. Raises as ``for_work`` does,
    Refusal ``evaluation.interview_without_consent``,
    ``evaluation.interview_names_the_enterprise``, ``evaluation.evidence_missing``,
    ``evaluation.collected_later``. Records ``evaluation.interviewed``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    enterprise, described = enterprise.strip(), described.strip()
    if not has_consented:
        raise Refusal(
            "evaluation.interview_without_consent",
            "企业没有同意，访谈不能登记，所说的数据也不能用。",
            "请先征得企业同意。",
            source="方案第35项",
        )
    if not enterprise or not described or enterprise in described:
        raise Refusal(
            "evaluation.interview_names_the_enterprise",
            "公开的说法是空的，或者写出了企业名称。",
            "请写成“一家餐饮业小微企业”这样看不出是谁的说法。",
            source="方案第35项",
        )
    if minutes is None:
        raise Refusal(
            "evaluation.evidence_missing",
            "没有附访谈记录。",
            "请附上访谈记录文件；访谈记录不公布。",
            source="方案第35项",
        )
    if interviewed_on > clock.beijing_date(at):
        raise Refusal("evaluation.collected_later", "访谈日期在今天以后。", "请核对访谈日期。")
    kept = keep_evidence(minutes, evaluation, by=by, at=at)
    with queries.reading(by):
        interview = Interview.objects.create(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            no=evaluation.interviews.count() + 1,
            enterprise=enterprise,
            described=described,
            interviewer=interviewer.strip() or by.name,
            interviewed_on=interviewed_on,
            has_consented=True,
            minutes=kept,
            at=at,
        )
    ledger.record(
        "evaluation.interviewed", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={"no": interview.no}
    )
    return interview
