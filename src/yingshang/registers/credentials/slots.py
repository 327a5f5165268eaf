"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import access, clock, org
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.registers.credentials import queries


def mine(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the home page of a holder: the latest credentials. Queries: 1."""
    if not actor.party:
        return []
    rows = [
        {
            "title": f"{one.title}{one.number}",
            "href": reverse("credentials:mine_one", args=[one.pk]),
            "tag": one.get_state_display(),
        }
        for one in queries.of_holder(actor)[:3]
    ]
    if not rows:
        return []
    return [Card(title="我的证照", rows=rows, link=("看全部证照", reverse("credentials:mine")), place=40)]


def to_release(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the workbench of those who may release a template that a colleague proposed. Queries: 2."""
    if not actor.unit or not actor.holds("credentials.release_template"):
        return []
    waiting = queries.releases_of(org.unit(actor.unit)).filter(released_at=None)[:5]
    rows = [
        {"title": f"启用“{each.kind.title}”的证照模板", "href": reverse("credentials:templates")}
        for each in waiting
        if access.may(actor, "credentials.release_template", each) is None
    ]
    if not rows:
        return []
    return [Card(title="证照模板", rows=rows, link=("看证照模板", reverse("credentials:templates")), place=45)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return what of the kinds has no source or is to be confirmed. Queries: 1."""
    return [
        clock.Unsourced(kind="证照目录", title=kind.title, todo="；".join(kind.weak), source=kind.source)
        for kind in queries.kinds_on(clock.today())
        if kind.weak
    ]
