"""A unit hands in what it owes under a task."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, documents, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.rules import BY_DOCUMENT


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
    duty = queries.duty_with(obligation_id)
    access.permit(by, "plan_tasks.hand_in", duty)
    if duty.obligation.kind not in BY_DOCUMENT:
        raise Refusal(
            "plan_tasks.handed_in_otherwise", f"“{duty.obligation.title}”不用报送文件。", "请在任务页上点名有关单位。"
        )
    kept = documents.keep(stream, name=name, media_type=media_type, subject=f"obligation:{obligation_id}", by=by, at=at)
    return work.fulfill(obligation_id=obligation_id, by=by, at=at, evidence=f"document:{kept.digest}")
