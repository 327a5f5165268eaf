"""What the portal puts on the first page: the question what to do, and the ways in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.channels.portal.queries import EVERYBODY, links, portal
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card


def lead(_actor: Actor, _subject: Any) -> list[Card]:
    """Return the head of the home page: search, life events, ways in. No queries."""
    made = portal()
    ways = [{"title": way.title, "hint": way.hint, "href": reverse("portal:way", args=[way.key])} for way in made.ways]
    ways += [
        {"title": "按单位找", "hint": "知道归哪个单位管", "href": reverse("portal:units")},
        {"title": "便民服务", "hint": "不用审批，随时能办", "href": reverse("portal:services")},
        {"title": "我的", "hint": "办件、证照、谁看过我的数据", "href": reverse("portal:mine")},
    ]
    context = {"events": made.events, "ways": ways, "quick": links(EVERYBODY)}
    return [Card(title="您要办什么事？", template="portal/lead.html", context=context, place=0)]


def elder(_actor: Actor, _subject: Any) -> list[Card]:
    """Return the tiles of the layout for elders; with the telephone they are at most six."""
    made = portal()
    found = [event for event in map(made.event, made.elder) if event is not None]
    tiles = [(event.title, event.hint, reverse("portal:event", args=[event.key])) for event in found]
    tiles.append(("便民服务", "社保、医保、户口", reverse("portal:services")))
    tiles += [(each["title"], "", each["href"]) for each in links(EVERYBODY[:1])]
    return [Card(title="您要做什么？", template="portal/elder.html", context={"tiles": tiles}, place=0)]
