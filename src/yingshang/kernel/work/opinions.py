"""What the units of a joint step say."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org, procedures
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures import LEAD
from yingshang.kernel.work.models import Opinion, Step


@transaction.atomic
def give_opinion(*, step_id: int, by: Actor, at: datetime, agrees: bool, text: str = "") -> Opinion:
    """Say for one's unit whether it agrees in a joint step, and return the opinion.

    Raises NotFound, whatever the policy ``work.give_opinion`` refuses, and
    Refusal ``work.no_joint_step``, ``work.not_asked``, ``work.already_said``,
    ``work.reason_missing`` (a no needs its reasons). Records ``work.opinion_given``.
    """
    rows = Step.objects.select_for_update(of=("self",)).select_related("dossier__lead_unit", "dossier__procedure")
    step = rows.filter(pk=step_id).first()
    if step is None or step.dossier.procedure is None:
        raise NotFound("这一步")
    access.permit(by, "work.give_opinion", step)
    definition = procedures.frozen(step.dossier.procedure)
    joint = definition.joint_steps.get(step.state)
    if joint is None or step.closed_at is not None:
        raise Refusal(
            "work.no_joint_step",
            f"现在处于“{definition.title_of(step.state)}”，不征求各单位意见。",
            "请刷新页面查看最新情况。",
        )
    lead = step.dossier.lead_unit
    if by.unit not in {lead.code if code == LEAD and lead else code for code in joint.units}:
        raise Refusal("work.not_asked", "这一步没有征求您单位的意见。", "如认为应当征求，请联系牵头单位。")
    if not agrees and not text.strip():
        raise Refusal("work.reason_missing", "不同意要写明理由。", "请填写理由后再提交。")
    unit = org.unit(by.unit)
    if Opinion.objects.filter(step=step, round=step.version, unit=unit).exists():
        raise Refusal("work.already_said", "您单位已经提出过意见。", "如需改变意见，请联系牵头单位重新征求。")
    opinion = Opinion.objects.create(
        step=step, round=step.version, unit=unit, agrees=agrees, text=text, by=by.person, at=at
    )
    if not step.dossier.is_sealed:
        ledger.record(
            "work.opinion_given",
            subject=f"dossier:{step.dossier_id}",
            by=by,
            at=at,
            facts={"state": step.state, "agrees": agrees},
        )
    return opinion
