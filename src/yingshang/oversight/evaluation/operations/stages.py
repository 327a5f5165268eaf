"""Where an evaluation stands, and moving it on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation

STAGES = {
    "designing": "设计",
    "collecting": "采集",
    "checking": "核对",
    "objecting": "听取异议",
    "published": "已公布",
}


def locked(evaluation_id: int) -> Evaluation:
    """Return an evaluation, locked until the transaction ends. Raises NotFound."""
    try:
        return (
            Evaluation.objects.select_for_update(of=("self",))
            .select_related("evaluator", "dossier")
            .get(pk=evaluation_id)
        )
    except Evaluation.DoesNotExist:
        raise NotFound("这次评价") from None


def for_work(evaluation_id: int, by: Actor, at: datetime, *stages: str) -> Evaluation:
    """Return an evaluation that the actor may work on now, locked.

    Raises NotFound, what the policy refuses, Refusal ``evaluation.contract_over``
    and ``evaluation.not_in_this_stage``.
    """
    evaluation = locked(evaluation_id)
    access.permit(by, "evaluation.work_on", evaluation)
    on = clock.beijing_date(at)
    if not evaluation.contract_from <= on <= evaluation.contract_to:
        raise Refusal(
            "evaluation.contract_over",
            f"委托合同的期限是{evaluation.contract_from}至{evaluation.contract_to}。",
            "请在合同期内办理，或者由委托单位续签。",
            source="方案第35项",
        )
    must_be_in(evaluation, *stages)
    return evaluation


def must_be_in(evaluation: Evaluation, *stages: str) -> None:
    """Raise Refusal ``evaluation.not_in_this_stage`` unless the evaluation stands in one of the stages."""
    if evaluation.dossier.state not in stages:
        wanted = "、".join(f"“{STAGES[stage]}”" for stage in stages)
        raise Refusal(
            "evaluation.not_in_this_stage",
            f"这件事只能在{wanted}阶段办理，现在是“{STAGES.get(evaluation.dossier.state, '已结束')}”阶段。",
            "公布以后的评价不能再改；其他阶段请先进入相应的阶段。"
            if evaluation.published_at
            else "请先进入相应的阶段。",
            source="方案第35项",
        )


def moved(evaluation: Evaluation, do: str, *, by: Actor, at: datetime) -> None:
    """Move the dossier on and record the stage it reached."""
    work.move(dossier_id=evaluation.dossier_id, do=do, by=by, at=at)
    evaluation.dossier.refresh_from_db()
    stage = STAGES[evaluation.dossier.state]
    facts = {"title": evaluation.title, "stage": stage}
    ledger.record("evaluation.stage_reached", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)


@transaction.atomic
def begin_collecting(*, evaluation_id: int, by: Actor, at: datetime) -> Evaluation:
    """End the design and begin to collect; the edition can no longer be changed. Return the evaluation.

    Raises as ``for_work`` does, and Refusal ``evaluation.edition_missing``.
    """
    evaluation = for_work(evaluation_id, by, at, "designing")
    if not evaluation.edition_digest:
        raise Refusal(
            "evaluation.edition_missing", "还没有确定指标版本。", "请先选定或者上传指标版本。", source="方案第35项"
        )
    moved(evaluation, "collect", by=by, at=at)
    return evaluation


@transaction.atomic
def begin_checking(*, evaluation_id: int, by: Actor, at: datetime) -> Evaluation:
    """End collecting and begin to check. Return the evaluation.

    Raises as ``for_work`` does, and Refusal ``evaluation.nothing_collected``.
    """
    evaluation = for_work(evaluation_id, by, at, "collecting")
    with queries.reading(by):
        if not evaluation.values_collected.exists():
            raise Refusal(
                "evaluation.nothing_collected",
                "还没有采集到数据。",
                "请先录入、导入或者提取数据。",
                source="方案第35项",
            )
    moved(evaluation, "check", by=by, at=at)
    return evaluation


@transaction.atomic
def collect_again(*, evaluation_id: int, by: Actor, at: datetime) -> Evaluation:
    """Go back from checking to collecting, because something is missing; return it. Raises as ``for_work``."""
    evaluation = for_work(evaluation_id, by, at, "checking")
    moved(evaluation, "collect_again", by=by, at=at)
    return evaluation
