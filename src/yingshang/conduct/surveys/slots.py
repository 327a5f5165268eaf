"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Survey, Terms
from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card

ROWS_SHOWN = 5
TO_COLLECT = ("surveys.run", "surveys.enter")


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return one card with the surveys that the actor's unit collects or has to publish; none without. Queries: 1."""
    collects = any(actor.holds(action) for action in TO_COLLECT)
    wanted = {Survey.State.OPEN: collects, Survey.State.CLOSED: actor.holds("surveys.publish")}
    if not actor.unit or not any(wanted.values()):
        return []
    rows = [
        {
            "title": one.title,
            "href": reverse("surveys:survey", args=[one.code]),
            "tag": "等待公布" if one.state == Survey.State.CLOSED else "正在回收",
            "hint": f"截止日{one.last_day:%Y-%m-%d}，收回{one.sheets}份",
        }
        for one in queries.waiting_in(actor.unit, [state for state, is_mine in wanted.items() if is_mine])
    ]
    if not rows:
        return []
    return [Card(title="问卷调查", rows=rows[:ROWS_SHOWN], link=("看全部调查", reverse("surveys:desk")), place=35)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the terms of asking that have no source. Queries: 1."""
    return [
        clock.Unsourced(kind="问卷调查", title="每户每年问卷份数、公布的最少份数、误差目标", todo=terms.todo, source="")
        for terms in Terms.objects.filter(source="")
    ]
