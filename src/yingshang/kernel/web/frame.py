"""The context of every page: the county, the menu, the layout, the language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yingshang.kernel import registry
from yingshang.kernel.parties import ANONYMOUS, Actor
from yingshang.kernel.web.place import place

ELDER_COOKIE = "ys_elder"


def is_elder(request: HttpRequest) -> bool:
    """Return whether this visitor chose the layout for elders."""
    return request.COOKIES.get(ELDER_COOKIE) == "1"


def menu_of(actor: Actor, path: str, *, public: bool) -> list[dict[str, Any]]:
    """Return the menu lines open to an actor, capabilities before the kernel; the current one marked.

    A line of the workbench that asks for no action is for whoever acts for a
    unit. A line whose address is not installed is left out.
    """
    lines = []
    for line in menu_lines():
        if line.public != public or not (public or _is_for(line, actor)):
            continue
        try:
            address = reverse(line.view)
        except NoReverseMatch:
            continue
        lines.append({"title": line.title, "address": address, "current": path.startswith(address)})
    return lines


def _is_for(line: registry.MenuLine, actor: Actor) -> bool:
    return actor.holds(line.needs) if line.needs else bool(actor.unit)


def menu_lines() -> list[registry.MenuLine]:
    """Return all menu lines in the order of installation, those of the kernel last."""
    installed = sorted(registry.installed().items(), key=lambda pair: ".kernel." in pair[0])
    return [line for _, manifest in installed for line in manifest.menu]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor: what ``web/base.html`` needs."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "place": place(),
        "actor": actor,
        "elder": is_elder(request),
        "demo": settings.YS_DEMO,
        "public_menu": menu_of(actor, request.path, public=True),
        "work_menu": menu_of(actor, request.path, public=False) if actor is not ANONYMOUS else [],
        "logged_in": actor is not ANONYMOUS,
    }
