"""Take a line out of a digest or put it off, with the reason; or take that back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Digest, DigestItem


@transaction.atomic
def take_out(*, item_id: int, reason: str, by: Actor, at: datetime) -> DigestItem:
    """Take a line out of the digest and return it; it does not come back for this rung under this rule.

    Raises NotFound, whatever the policy refuses, ``supervision.digest_closed``
    and ``supervision.reason_missing``. Records ``supervision.item_taken_out``.
    """
    item = _arranged(item_id, by)
    item.state, item.reason, item.until, item.decided_by = DigestItem.State.TAKEN_OUT, _given(reason), None, by.person
    return _kept(item, "supervision.item_taken_out", by, at, {})


@transaction.atomic
def postpone(*, item_id: int, until: date, reason: str, by: Actor, at: datetime) -> DigestItem:
    """Put a line off to a later day, on which it may come up again, and return it.

    Raises NotFound, whatever the policy refuses, ``supervision.digest_closed``,
    ``supervision.reason_missing`` and ``supervision.postponed_to_the_past``.
    Records ``supervision.item_postponed``.
    """
    item = _arranged(item_id, by)
    if until <= clock.beijing_date(at):
        raise Refusal("supervision.postponed_to_the_past", "暂缓的日期应在今天以后。", "请填写明天或以后的日期。")
    item.state, item.reason, item.until, item.decided_by = DigestItem.State.POSTPONED, _given(reason), until, by.person
    return _kept(item, "supervision.item_postponed", by, at, {"until": until.isoformat()})


@transaction.atomic
def put_back(*, item_id: int, by: Actor, at: datetime) -> DigestItem:
    """Put a line back into the digest and return it.

    Raises NotFound, whatever the policy refuses and ``supervision.digest_closed``.
    Records ``supervision.item_put_back``.
    """
    item = _arranged(item_id, by)
    item.state, item.reason, item.until, item.decided_by = DigestItem.State.DRAFTED, "", None, ""
    return _kept(item, "supervision.item_put_back", by, at, {})


def _arranged(item_id: int, by: Actor) -> DigestItem:
    """Lock the digest, then return its item."""
    found = DigestItem.objects.filter(pk=item_id).values_list("digest_id", flat=True).first()
    if found is None:
        raise NotFound("清单中的这一件")
    digest = Digest.objects.select_for_update().get(pk=found)
    item = DigestItem.objects.select_related("obligation", "unit").get(pk=item_id)
    access.permit(by, "supervision.arrange_item", item)
    refuse_closed(digest)
    return item


def refuse_closed(digest: Digest) -> None:
    """Raise Refusal ``supervision.digest_closed`` for a digest that was confirmed or has lapsed."""
    if digest.state != Digest.State.DRAFTED:
        raise Refusal(
            "supervision.digest_closed",
            f"{digest.on:%Y年%m月%d日}的督办清单{digest.get_state_display()}。",
            "请到最新一天的清单办理。",
        )


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "要写明原因。", "请填写原因后再提交。")
    return reason.strip()[:400]


def _kept(item: DigestItem, kind: str, by: Actor, at: datetime, facts: dict[str, str]) -> DigestItem:
    item.save(update_fields=["state", "reason", "until", "decided_by"])
    told = {"rung": item.rung, "reason": ledger.private(item.reason)} if item.reason else {"rung": item.rung}
    ledger.record(kind, subject=f"obligation:{item.obligation_id}", by=by, at=at, facts=told | facts)
    return item
