"""A unit hands in what it owes under a task."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, documents, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.rules import BY_DOCUMENT, NAME_UNITS


@transaction.atomic
def hand_in(
    *, obligation_id: int, stream: BinaryIO, name: str, media_type: str, by: Actor, at: datetime
) -> work.Obligation:
    """Hand in the document that fulfills a duty of the actor's unit, and return the fulfilled obligation.

    stream, name, media_type: what shows that the task is done. Late or not is
    seen from the dates; a late one is taken as well. Raises NotFound, Refusal
    ``plan_tasks.handed_in_otherwise``, ``plan_tasks.done_by_stages`` where a
    plan in stages was accepted, what ``documents.keep`` and ``work.fulfill``
    refuse, and whatever the policy refuses. Records ``documents.kept`` and ``work.obligation_fulfilled``.
    """
    duty = queries.duty_with(obligation_id)
    access.permit(by, "plan_tasks.hand_in", duty)
    if duty.obligation.kind not in BY_DOCUMENT:
        remedy = "请在任务页上点名有关单位。" if duty.obligation.kind == NAME_UNITS else "请在线编制方案并报备。"
        raise Refusal("plan_tasks.handed_in_otherwise", f"“{duty.obligation.title}”不用报送文件。", remedy)
    plan = queries.work_plan_answering(obligation_id)
    if plan is not None and queries.accepted_edition(plan) is not None:
        raise Refusal(
            "plan_tasks.done_by_stages", "这项任务的子方案已经备案，各阶段销号以后任务就办结。", "请为各阶段申请销号。"
        )
    kept = documents.keep(stream, name=name, media_type=media_type, subject=f"obligation:{obligation_id}", by=by, at=at)
    return work.fulfill(obligation_id=obligation_id, by=by, at=at, evidence=f"document:{kept.digest}")
