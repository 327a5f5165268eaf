"""Hearing the units that answer for the series."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation.models import Objection, Owner
from yingshang.oversight.evaluation.operations.collecting import Evidence, keep_evidence
from yingshang.oversight.evaluation.operations.stages import for_work, locked, must_be_in


@transaction.atomic
def object_to(
    *, evaluation_id: int, series: str, text: str, evidence: Evidence | None = None, by: Actor, at: datetime
) -> Objection:
    """Object to the value of a series one answers for, and return the objection; the evaluator owes an answer.

    evidence: read by the evaluator's unit and whoever handed it in; never published. Raises
    NotFound, what the policy refuses, Refusal ``evaluation.not_in_this_stage``, ``evaluation.objection_empty`` and
    ``evaluation.objected_already``. Records ``evaluation.objected``.
    """
    evaluation = locked(evaluation_id)
    owner = Owner.objects.select_related("unit").filter(edition_key=evaluation.edition_key, series=series).first()
    if owner is None or owner.unit is None:
        raise NotFound("这个数据项或者异议")
    access.permit(by, "evaluation.object", owner)
    must_be_in(evaluation, "objecting")
    if not text.strip():
        raise Refusal("evaluation.objection_empty", "异议没有内容。", "请写明哪个值不对、应该是多少、依据是什么。")
    if evaluation.objections.filter(unit=owner.unit, series=series, answered_at=None).exists():
        raise Refusal("evaluation.objected_already", "这个数据项已经有一条异议等待答复。", "请等答复以后再提出。")
    obligation = work.owe(
        kind="evaluation.answer_objection",
        title=f"答复{owner.unit.short_name}对“{series}”的异议",
        unit=evaluation.evaluator,
        limit="EVAL.ANSWER",
        origin=f"evaluation:{evaluation.code}",
        by=by,
        at=at,
    )
    objection = Objection(
        evaluation=evaluation, unit=owner.unit, series=series, text=text.strip(), at=at, obligation=obligation
    )
    if evidence is not None:
        objection.evidence = keep_evidence(evidence, evaluation, by=by, at=at)
    objection.save(force_insert=True)
    facts = {"unit": owner.unit.short_name}
    ledger.record("evaluation.objected", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return objection


@transaction.atomic
def answer_objection(*, objection_id: int, is_accepted: bool, answer: str, by: Actor, at: datetime) -> Objection:
    """Answer an objection and return it. What is accepted is then entered as a value and scored again.

    Raises NotFound, as ``for_work`` does, Refusal ``evaluation.answer_empty``
    and ``evaluation.answered_already``. Records ``evaluation.objection_answered``.
    """
    objection = Objection.objects.select_related("unit").filter(pk=objection_id).first()
    if objection is None:
        raise NotFound("这个数据项或者异议")
    for_work(objection.evaluation_id, by, at, "objecting")
    objection = (
        Objection.objects.select_for_update(of=("self",)).select_related("unit", "evaluation").get(pk=objection_id)
    )
    if objection.answered_at is not None:
        raise Refusal("evaluation.answered_already", "这条异议已经答复过了。", "请查看已有的答复。")
    if not answer.strip():
        raise Refusal("evaluation.answer_empty", "没有写答复。", "请写明是否采纳和理由。", source="方案第35项")
    objection.is_accepted, objection.answer, objection.answered_at = is_accepted, answer.strip(), at
    objection.save(update_fields=["is_accepted", "answer", "answered_at"])
    work.fulfill(obligation_id=objection.obligation_id, by=by, at=at)
    facts = {"unit": objection.unit.short_name}
    subject = f"evaluation:{objection.evaluation.code}"
    ledger.record("evaluation.objection_answered", subject=subject, by=by, at=at, facts=facts)
    return objection
