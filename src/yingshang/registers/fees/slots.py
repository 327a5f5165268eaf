"""What waits for whom, and fee rows on weak ground."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.registers.fees import queries, rules

ROWS_SHOWN = 5


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return one card with the refunds that the actor's unit owes; none when there are none."""
    if not (actor.unit and actor.holds("fees.refund")):
        return []
    waiting = queries.refunds_for(actor, waiting=True).filter(charge__unit__code=actor.unit)[:ROWS_SHOWN]
    rows = [
        {
            "title": f"退还“{each.charge.name}”{rules.yuan(each.due_fen)}元",
            "href": reverse("fees:charge", args=[each.charge_id]),
            "due": each.obligation.due_date,
            "tag": "待退",
        }
        for each in waiting
    ]
    return [Card(title="应退的费用", rows=rows, link=("收费和退费", reverse("fees:desk")), place=20)] if rows else []


def own(actor: Actor, _subject: Any) -> list[Card]:
    """Return, for who acts for a party, the card that leads to what they were charged."""
    if not actor.party:
        return []
    rows = [
        {"title": "收了我什么钱", "href": reverse("fees:mine"), "hint": "每一笔对应清单的哪一行，多收的退还到哪一步"}
    ]
    return [Card(title="我的缴费", rows=rows, place=41)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the rows in effect whose amount is made up or not confirmed."""
    return [
        clock.Unsourced(
            kind="收费标准",
            title=row.name,
            todo="金额是演示值，请核定。" if row.is_demo else "标准没有核对到出处，平台拒绝按它收费。",
            source=row.basis,
            href=reverse("fees:row", args=[row.code]),
        )
        for row in queries.fee_rows(clock.today()).values()
        if row.is_demo or row.per_unit_fen is None
    ]
