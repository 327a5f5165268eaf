"""A unit opens the notice that was delivered to it, and signs for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Delivery


@transaction.atomic
def open_delivery(*, delivery_id: int, by: Actor, at: datetime) -> Delivery:
    """Open a delivered notice; the first time is kept with who it was, and every later one changes nothing.

    Raises NotFound and whatever the policy refuses. Records
    ``plan_tasks.delivery_opened`` the first time.
    """
    delivery = _locked(delivery_id)
    access.permit(by, "plan_tasks.open_delivery", delivery)
    if delivery.opened_at is not None:
        return delivery
    delivery.opened_at, delivery.opened_by = at, by.person
    delivery.save(update_fields=["opened_at", "opened_by"])
    _record("plan_tasks.delivery_opened", delivery, by, at)
    return delivery


@transaction.atomic
def sign_delivery(*, delivery_id: int, by: Actor, at: datetime) -> Delivery:
    """Sign for a delivered notice (签收); late or not is seen from the dates.

    Raises NotFound, Refusal ``plan_tasks.open_before_signing``,
    ``plan_tasks.already_signed``, ``plan_tasks.delivery_taken_back``, and
    whatever the policy refuses. Records ``plan_tasks.delivery_signed`` and
    ``work.obligation_fulfilled``.
    """
    delivery = _locked(delivery_id)
    access.permit(by, "plan_tasks.sign_delivery", delivery)
    if delivery.signed_at is not None:
        raise Refusal("plan_tasks.already_signed", "这份通知本单位已经签收。", "不需要再签收一次。")
    if delivery.obligation.state != work.Obligation.State.OPEN:
        raise Refusal(
            "plan_tasks.delivery_taken_back", f"这份通知不用再签收：{delivery.obligation.evidence}", "请看最新版本。"
        )
    if delivery.opened_at is None:
        raise Refusal("plan_tasks.open_before_signing", "签收前要先打开通知。", "请打开通知看过后再签收。")
    delivery.signed_at, delivery.signed_by = at, by.person
    delivery.save(update_fields=["signed_at", "signed_by"])
    work.fulfill(obligation_id=delivery.obligation_id, by=by, at=at, evidence=f"delivery:{delivery.pk}")
    _record("plan_tasks.delivery_signed", delivery, by, at)
    return delivery


def _locked(delivery_id: int) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("unit", "edition__plan", "obligation")
    delivery = rows.filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound("这次送达")
    return delivery


def _record(kind: str, delivery: Delivery, by: Actor, at: datetime) -> None:
    facts = {"plan": delivery.edition.plan.code, "edition": delivery.edition.number}
    ledger.record(kind, subject=f"plan:{delivery.edition.plan.code}", by=by, at=at, facts=facts)
