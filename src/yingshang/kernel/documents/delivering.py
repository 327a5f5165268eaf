"""Deliver a document to a unit or a party, and have it signed for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.documents.models import Delivery, Document
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def deliver(
    *,
    document_id: UUID,
    channel: Delivery.Channel | str,
    by: Actor,
    at: datetime,
    unit: str = "",
    party: str = "",
) -> Delivery:
    """Deliver a document; its addressee may open it from now on.

    unit, party: exactly one of them, a unit's code or a party's public id.
    Raises Refusal ``documents.already_delivered`` for the same addressee and
    channel while unsigned, and what the policy refuses. Records
    ``documents.delivered``.
    """
    if bool(unit) == bool(party):
        raise ValueError("name either a unit or a party")
    document = _document(document_id)
    access.permit(by, "documents.deliver", document)
    # One statement decides between two clicks at once: a unique constraint holds the open delivery.
    delivery, is_new = Delivery.objects.get_or_create(
        document=document,
        unit=org.unit(unit) if unit else None,
        party=party,
        channel=channel,
        received_at=None,
        defaults={"delivered_at": at, "delivered_by": by.person},
    )
    if not is_new:
        raise Refusal(
            "documents.already_delivered",
            f"《{document.name}》已经这样送达过，对方还没有签收。",
            "请等待签收，或者换一种方式送达。",
        )
    ledger.record(
        "documents.delivered",
        subject=f"document:{document.pk}",
        by=by,
        facts={"channel": str(channel), "to": ledger.private(f"unit:{unit}" if unit else f"party:{party}")},
        at=at,
    )
    return delivery


@transaction.atomic
def sign_for(*, delivery_id: int, by: Actor, at: datetime, receipt: Document | None = None) -> Delivery:
    """Sign for a delivery (签收); the time counts as the time of receipt.

    receipt: the signed paper (送达回证), for channels on paper.
    Raises Refusal ``documents.already_signed_for``, ``documents.receipt_missing``
    when a unit signs for paper without the receipt, and what the policy
    refuses. Records ``documents.signed_for``.
    """
    try:
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    except Delivery.DoesNotExist:
        raise NotFound("这次送达") from None
    access.permit(by, "documents.sign_for", delivery)
    if delivery.received_at is not None:
        raise Refusal(
            "documents.already_signed_for",
            f"这份文件已于{delivery.received_at:%Y年%m月%d日}签收。",
            "不需要再签收一次。",
        )
    is_addressee = by.party == delivery.party if delivery.party else by.unit == (delivery.unit and delivery.unit.code)
    if not is_addressee and receipt is None:
        raise Refusal(
            "documents.receipt_missing", "代收件人登记签收，需要送达回证。", "请先上传收件人签过字的送达回证。"
        )
    delivery.received_at, delivery.received_by, delivery.receipt = at, by.person, receipt
    delivery.save(update_fields=["received_at", "received_by", "receipt"])
    ledger.record(
        "documents.signed_for",
        subject=f"document:{delivery.document_id}",
        by=by,
        facts={"on_paper": receipt is not None},
        at=at,
    )
    return delivery


def _document(document_id: UUID) -> Document:
    try:
        return Document.objects.select_related("unit").get(pk=document_id)
    except Document.DoesNotExist:
        raise NotFound("这份文件") from None
