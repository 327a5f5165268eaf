"""Payment as the channel reports it, and paying back with proof."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.fees import rules
from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.operations.charging import locked, refuse_void


@transaction.atomic
def settle(*, charge_id: int, amount_fen: int, reference: str, by: Actor, at: datetime) -> Charge:
    """Note that a charge was paid, as the channel says; the same reference a second time changes nothing.

    Raises NotFound, Refusal ``fees.void_already``, ``fees.nothing_to_pay``,
    ``fees.paid_already``, ``fees.amount_differs`` and what the policy refuses.
    Records and tells ``fees.paid``.
    """
    found = locked(charge_id)
    access.permit(by, "fees.pay", found)
    return note_payment(found, amount_fen=amount_fen, reference=reference, by=by, at=at)


def note_payment(found: Charge, *, amount_fen: int, reference: str, by: Actor, at: datetime) -> Charge:
    """Note the payment of a locked charge; the caller has permitted it. Raises and records what ``settle`` does."""
    if found.paid_at is not None and found.receipt_no == reference:
        return found
    refuse_void(found)
    refuse_paid(found)
    if amount_fen != found.amount_fen:
        raise Refusal(
            "fees.amount_differs",
            f"应缴{rules.yuan(found.amount_fen)}元，渠道报来{rules.yuan(amount_fen)}元。",
            "请在对账页核对后由收费单位处理。",
        )
    found.paid_at, found.receipt_no = at, reference
    found.save(update_fields=["paid_at", "receipt_no"])
    facts = {"unit": found.unit.short_name, "name": found.name, "yuan": rules.yuan(amount_fen)}
    ledger.record("fees.paid", subject=f"charge:{found.no}", by=by, facts=facts, at=at)
    events.tell("fees.paid", at=at, charge_no=found.no, subject=found.subject)
    return found


@transaction.atomic
def refund(*, refund_id: int, proof: str, by: Actor, at: datetime) -> Refund:
    """Note that a refund was paid back and close its duty.

    proof: number of the bank slip or of the payment order. Two people at once:
    the second is refused. Raises NotFound, Refusal ``fees.repaid_already``,
    ``fees.no_proof`` and what the policy refuses. Records ``fees.refunded``
    (strict) and what ``work.fulfill`` records; tells ``fees.refunded``.
    """
    charge_id = Refund.objects.filter(pk=refund_id).values_list("charge_id", flat=True).first()
    if charge_id is None:
        raise NotFound("这笔退费")
    charge = locked(charge_id)
    owed = Refund.objects.select_for_update().get(pk=refund_id)
    owed.charge = charge
    access.permit(by, "fees.refund", owed)
    if owed.repaid_at is not None:
        raise Refusal(
            "fees.repaid_already",
            f"这笔费用已于{clock.beijing_date(owed.repaid_at):%Y年%m月%d日}退还，凭证号{owed.proof}。",
            "请不要重复退还。",
        )
    if not proof.strip():
        raise Refusal("fees.no_proof", "没有填写退款凭证号。", "请填写银行回单或者支付令的编号。")
    owed.repaid_at, owed.repaid_by, owed.proof = at, by.person, proof.strip()[:120]
    owed.save(update_fields=["repaid_at", "repaid_by", "proof"])
    work.fulfill(obligation_id=owed.obligation_id, by=by, at=at, evidence=f"charge:{charge.no}")
    facts = {"unit": charge.unit.short_name, "name": charge.name, "yuan": rules.yuan(owed.due_fen)}
    ledger.record("fees.refunded", subject=f"charge:{charge.no}", by=by, facts=facts, at=at)
    events.tell("fees.refunded", at=at, charge_no=charge.no, unit=charge.unit.code)
    return owed


def refuse_paid(found: Charge) -> None:
    """Raise Refusal ``fees.paid_already`` or ``fees.nothing_to_pay`` for a charge that asks nothing any more."""
    if found.paid_at is not None:
        raise Refusal(
            "fees.paid_already",
            f"这笔费用已经缴纳，流水号{found.receipt_no}。",
            "不需要再缴；收错或者重复缴纳的，由收费单位退还。",
        )
    if found.amount_fen == 0:
        raise Refusal("fees.nothing_to_pay", "这笔费用已经全部减免。", "不需要缴纳。")
