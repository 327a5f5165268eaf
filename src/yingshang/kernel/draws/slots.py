"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import clock
from yingshang.kernel.draws.queries import draws, invitations
from yingshang.kernel.draws.reasons import void_reasons
from yingshang.kernel.draws.standing import standings_of
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card

SHOWN = 5


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the reasons for voiding a draw that have no source or something to confirm."""
    weak = void_reasons().weak
    return [
        clock.Unsourced(kind=void_reasons().title, title=row.words, todo=row.todo, source=row.source) for row in weak
    ]


def latest(_actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the home page with the newest draws of the county; none before the first. Queries: 4."""
    newest = list(draws()[:SHOWN])
    if not newest:
        return []
    standings = standings_of(newest)
    rows = [
        {
            "title": str(draw),
            "href": reverse("draws:detail", args=[draw.serial]),
            "hint": f"{draw.unit.short_name}，{standings[draw.serial].state.label}",
        }
        for draw in newest
    ]
    return [Card(title=_("公开摇号"), rows=rows, link=(_("看全部摇号"), reverse("draws:register")), place=40)]


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return cards for the workbench: draws one's unit has not finished, and invitations one has not answered."""
    return [*_unfinished(actor), *_invited(actor)]


def _unfinished(actor: Actor) -> list[Card]:
    if not actor.holds("draws.host"):
        return []
    open_ones = draws().filter(unit__code=actor.unit).exclude(steps__does__in=["revealed", "voided"])[:SHOWN]
    rows = _rows(list(open_ones))
    link = (_("封存一个摇号方案"), reverse("draws:seal"))
    return [Card(title=_("本单位的摇号"), rows=rows, link=link, empty=_("没有进行中的摇号。"), place=45)]


def _rows(open_ones: list[Any]) -> list[dict[str, Any]]:
    standings = standings_of(open_ones)
    return [
        {
            "title": str(draw),
            "href": reverse("draws:ceremony", args=[draw.serial]),
            "hint": standings[draw.serial].state.label,
        }
        for draw in open_ones
    ]


def _invited(actor: Actor) -> list[Card]:
    if not actor.unit and not actor.party:
        return []
    mine = invitations().filter(unit__code=actor.unit) if actor.unit else invitations().filter(party=actor.party)
    waiting = mine.exclude(pledge__seat__draw__steps__does__in=["drawn", "voided"])[:SHOWN]
    rows = [
        {
            "title": _("为%(host)s的摇号提供随机数") % {"host": one.host.short_name},
            "href": reverse("draws:pledge", args=[one.pk]),
            "hint": _("已提交承诺") if hasattr(one, "pledge") else _("请提交承诺"),
        }
        for one in waiting
    ]
    return [Card(title=_("邀请您参加的摇号"), rows=rows, place=45)] if rows else []
