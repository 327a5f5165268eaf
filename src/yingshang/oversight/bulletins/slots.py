"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yingshang.kernel import access, clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Outline


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the workbench of those who work on bulletins: what is not out yet."""
    if access.may(actor, "bulletins.see_drafts") is not None:
        return []
    rows = [
        {
            "title": bulletin.title,
            "href": reverse("bulletins:draft", args=[bulletin.pk]),
            "tag": bulletin.get_state_display(),
            "hint": f"退回修改：{bulletin.sent_back_because}" if bulletin.sent_back_because else "",
        }
        for bulletin in queries.bulletins().exclude(state=Bulletin.State.ISSUED)[:5]
    ]
    link = ("看全部通报", reverse("bulletins:drafts"))
    return [Card(title="通报", rows=rows, link=link, empty="没有要办的通报。", place=35)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the outlines that have no source or something to confirm."""
    weak = Outline.objects.filter(Q(source="") | ~Q(todo=""), Q(effective_to=None) | Q(effective_to__gte=clock.today()))
    return [
        clock.Unsourced(kind="通报提纲", title="通报点名几个单位、写哪些指标", todo=row.todo, source=row.source)
        for row in weak.order_by("effective_from")
    ]
