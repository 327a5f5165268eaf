"""Pay over the county's channel, and adopt what the channel took when its word did not arrive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access
from yingshang.kernel.errors import NotFound, Unavailable
from yingshang.kernel.parties import Actor
from yingshang.registers.fees.adapters import channel
from yingshang.registers.fees.models import Charge
from yingshang.registers.fees.operations.charging import locked, refuse_void
from yingshang.registers.fees.operations.settling import note_payment, refuse_paid


@transaction.atomic
def pay(*, charge_id: int, by: Actor, at: datetime) -> Charge:
    """Pay a charge over the county's channel.

    Raises NotFound, Unavailable where the county has no channel or it does not
    answer, what ``settle`` and the policy refuse. Records and tells ``fees.paid``.
    """
    found = locked(charge_id)
    access.permit(by, "fees.pay", found)
    refuse_void(found)
    refuse_paid(found)
    outside = channel()
    if outside is None:
        raise Unavailable("缴费渠道", "本县没有接入缴费渠道，请到收费窗口缴纳。")
    # Should what follows fail, the money still stands in the channel's statement, from where ``adopt`` takes it.
    line = outside.take(found, at)
    return note_payment(found, amount_fen=line.amount_fen, reference=line.reference, by=by, at=at)


@transaction.atomic
def adopt(*, reference: str, by: Actor, at: datetime) -> Charge:
    """Note a payment that stands in the channel's statement and not with us: its word was lost on the way.

    Raises NotFound for a reference or charge that nobody knows, Refusal
    ``fees.not_your_charge`` and what ``settle`` refuses. Records and tells ``fees.paid``.
    """
    outside = channel()
    line = outside.line(reference) if outside else None
    charge_id = Charge.objects.filter(no=line.charge_no).values_list("pk", flat=True).first() if line else None
    if line is None or charge_id is None:
        raise NotFound("这笔流水")
    found = locked(charge_id)
    access.permit(by, "fees.adopt", found)
    return note_payment(found, amount_fen=line.amount_fen, reference=reference, by=by, at=at)
