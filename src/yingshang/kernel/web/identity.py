"""Who a log-in may act as. The site names the module that knows people; this package does not."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.http import HttpRequest

from yingshang.kernel.parties import ANONYMOUS, Actor, Level

CHOSEN = "ys_standing"
FACE = "ys_face"


@dataclass(frozen=True)
class Standing:
    """One capacity in which a person may act now: for a unit, for a party, or for oneself.

    key: stable within the person, kept in the session. title: e.g. ``县市场监管局：公示岗``.
    """

    key: str
    title: str


@dataclass(frozen=True)
class Face:
    """One demo person on the page of faces. ``can``: what this person can show, in plain words."""

    key: str
    name: str
    unit: str
    can: str


class People(Protocol):
    """What the module in ``settings.YS_PEOPLE`` offers."""

    def standings_of(self, user: Any) -> list[Standing]:
        """Return the capacities of the person of a log-in."""

    def actor_as(self, user: Any, key: str, level: Level) -> Actor | None:
        """Return the actor of a log-in in a capacity, the first one for an unknown key; None without a person."""

    def faces(self) -> list[Face]:
        """Return the demo people."""

    def user_of_face(self, key: str) -> Any:
        """Return the log-in of a demo person, or None."""


def people() -> People:
    """Return the module that knows who a log-in belongs to."""
    return cast(People, import_module(settings.YS_PEOPLE))


def level_of(request: HttpRequest) -> Level:
    """Return how sure this session is of the person: a second factor used in it, or a password only."""
    from allauth.account.authentication import get_authentication_records

    if settings.YS_DEMO and request.session.get(FACE):
        return Level.SECOND_FACTOR
    used = {record.get("method") for record in get_authentication_records(request, request.user)}
    return Level.SECOND_FACTOR if "mfa" in used else Level.PASSWORD


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: the log-in's person in the chosen capacity, or a visitor.

    Who has not chosen acts in the first capacity. Where that is a unit, the
    session keeps it: looking through all capacities costs more than most pages.
    """
    if not request.user.is_authenticated:
        return ANONYMOUS
    chosen = request.session.get(CHOSEN, "")
    if not chosen:
        first = next(iter(people().standings_of(request.user)), None)
        chosen = first.key if first else ""
        if chosen.startswith("unit:"):
            request.session[CHOSEN] = chosen
    return people().actor_as(request.user, chosen, level_of(request)) or ANONYMOUS
