"""The context of every page: the county, the menu, the layout, the language."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Line:
    """A line of a menu as the page shows it."""

    title: str
    address: str
    first: bool
    current: bool


@dataclass(frozen=True)
class Drawer:
    """A drawer of a menu with the lines open to the actor; those marked first lie on top."""

    group: registry.MenuGroup
    lines: list[Line]

    @property
    def current(self) -> bool:
        """Whether the page that is looked at lies in it."""
        return any(line.current for line in self.lines)


def menu_of(actor: Actor, path: str, *, public: bool) -> list[Drawer]:
    """Return the drawers that hold anything for an actor, in their order; the line of the page marked.

    A line of the workbench that asks for no action is for whoever acts for a
    unit. A line whose address is not installed is left out, and a second one to
    the same address. Of several lines whose address begins the path the longest is the page's.
    """
    found: dict[registry.MenuGroup, list[tuple[registry.MenuLine, str]]] = {group: [] for group in registry.MenuGroup}
    for line in menu_lines():
        if line.public != public or not (public or _is_for(line, actor)):
            continue
        try:
            address = reverse(line.view)
        except NoReverseMatch:
            continue
        if all(address != other for lines in found.values() for _, other in lines):
            found[line.group].append((line, address))
    addresses = [address for lines in found.values() for _, address in lines if path.startswith(address)]
    here = max(addresses, key=len, default="")
    return [
        Drawer(
            group,
            [
                Line(line.title, address, line.first, address == here)
                for line, address in sorted(lines, key=lambda pair: not pair[0].first)
            ],
        )
        for group, lines in found.items()
        if lines
    ]


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
