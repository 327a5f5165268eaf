"""What waits for whom, and purposes on weak ground."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.registers.profiles import queries

ROWS_SHOWN = 5


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return one card with the objections the actor's unit has to answer; none when there are none."""
    waiting = list(queries.objections_to(actor).filter(answered_at=None)[:ROWS_SHOWN])
    if not waiting:
        return []
    rows = [
        {
            "title": each.get_kind_display(),
            "href": reverse("profiles:answer", args=[each.pk]),
            "due": each.obligation.due_date,
            "tag": "待答复",
        }
        for each in waiting
    ]
    return [Card(title="对个人和企业信息的异议", rows=rows, link=("全部异议", reverse("profiles:desk")), place=25)]


def own(actor: Actor, _subject: Any) -> list[Card]:
    """Return, for who acts for a party, the card that leads to what is held of it and who read it."""
    if not actor.party:
        return []
    rows = [
        {"title": "我的信息", "href": reverse("profiles:own"), "hint": "已经填过的，不用再填"},
        {"title": "谁看过我的数据", "href": reverse("profiles:readings"), "hint": "哪个单位、什么时候、为什么"},
    ]
    return [Card(title="我的数据", rows=rows, place=40)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return purposes in effect without a source or with something to confirm."""
    address = reverse("profiles:purposes")
    return [
        clock.Unsourced(kind="读取信息的用途", title=each.title, todo=each.todo, source=each.source, href=address)
        for each in queries.purposes_on(clock.today()).filter(Q(source="") | ~Q(todo=""))
    ]
