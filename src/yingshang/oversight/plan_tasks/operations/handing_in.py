"""A unit hands in what it owes under a task."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, documents, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Duty

HANDED_IN = {"plan_tasks.file_sub_plan", "plan_tasks.carry_out"}


@transaction.atomic
def hand_in(
    *, obligation_id: int, stream: BinaryIO, name: str, media_type: str, by: Actor, at: datetime
) -> work.Obligation:
    """Hand in the document that fulfills a duty of the actor's unit, and return the fulfilled obligation.

    stream, name, media_type: the sub-plan, or what shows that the task is
    done. Late or not is seen from the dates; a late one is taken as well.
    Raises NotFound, Refusal ``plan_tasks.handed_in_otherwise``, what
    ``documents.keep`` and ``work.fulfill`` refuse, and whatever the policy
    refuses. Records ``documents.kept`` and ``work.obligation_fulfilled``.
    """
    duty = Duty.objects.select_related("unit", "obligation").filter(obligation_id=obligation_id).order_by("-pk").first()
    if duty is None:
        raise NotFound("这项应办事项")
    access.permit(by, "plan_tasks.hand_in", duty)
    if duty.obligation.kind not in HANDED_IN:
        raise Refusal(
            "plan_tasks.handed_in_otherwise", f"“{duty.obligation.title}”不用报送文件。", "请在任务页上点名有关单位。"
        )
    kept = documents.keep(stream, name=name, media_type=media_type, subject=f"obligation:{obligation_id}", by=by, at=at)
    return work.fulfill(obligation_id=obligation_id, by=by, at=at, evidence=f"document:{kept.digest}")
