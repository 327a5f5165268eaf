"""A second person looks at it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.bulletins.models import Bulletin
from yingshang.oversight.bulletins.operations.locking import locked, must_be

State = Bulletin.State


@transaction.atomic
def submit(*, bulletin_id: int, by: Actor, at: datetime) -> Bulletin:
    """Hand a draft over for review and return it.

    Raises NotFound, whatever the policy refuses and Refusal
    ``bulletins.not_now``. Records ``bulletins.submitted``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.edit")
    must_be(bulletin, State.DRAFT)
    bulletin.state, bulletin.submitted_by, bulletin.sent_back_because = State.SUBMITTED, by.person, ""
    return _saved(bulletin, "bulletins.submitted", by, at, {})


@transaction.atomic
def send_back(*, bulletin_id: int, reason: str, by: Actor, at: datetime) -> Bulletin:
    """Give a bulletin back to who worded it, with a reason, and return it; also one that was approved.

    Raises NotFound, whatever the policy refuses, Refusal ``bulletins.not_now``
    and ``bulletins.reason_missing``. Records ``bulletins.sent_back``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.review", bulletin)
    if bulletin.state != State.APPROVED:
        must_be(bulletin, State.SUBMITTED)
    if not reason.strip():
        raise Refusal("bulletins.reason_missing", "退回修改必须写明原因。", "请写清哪一处要改。")
    bulletin.state, bulletin.sent_back_because = State.DRAFT, reason.strip()[:400]
    bulletin.submitted_by = bulletin.reviewed_by = ""
    return _saved(bulletin, "bulletins.sent_back", by, at, {"reason": ledger.private(reason)})


@transaction.atomic
def approve(*, bulletin_id: int, by: Actor, at: datetime) -> Bulletin:
    """Approve a bulletin, numbers and text, and return it; it may be issued now.

    Raises NotFound, whatever the policy refuses (nobody reviews what they
    worded), and Refusal ``bulletins.not_now``. Records ``bulletins.approved``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.review", bulletin)
    must_be(bulletin, State.SUBMITTED)
    bulletin.state, bulletin.reviewed_by = State.APPROVED, by.person
    return _saved(bulletin, "bulletins.approved", by, at, {})


def _saved(bulletin: Bulletin, kind: str, by: Actor, at: datetime, facts: dict[str, object]) -> Bulletin:
    bulletin.version += 1
    bulletin.save(update_fields=["state", "submitted_by", "reviewed_by", "sent_back_because", "version"])
    ledger.record(kind, subject=f"bulletin:{bulletin.pk}", by=by, at=at, facts={"title": bulletin.title} | facts)
    return bulletin
