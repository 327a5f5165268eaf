"""Who may read a row: a union of four, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Q

from yingshang.kernel import org
from yingshang.kernel.parties import Actor

AFTER_EVERY_PATH = "~"  # sorts after every character a unit path is made of, in the C collation


class Fields(TypedDict):
    """The columns of ``Readable`` that carry an audience."""

    is_public: bool
    unit_path: str
    party: str
    handlers: list[str]


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Readers of a row; whoever fits one of the four may read it. Nobody may read an empty audience.

    public: everybody, known or not.
    unit: code of a unit; read by it and by the units above it.
    party: public id of a party; read by whoever acts for it.
    handlers: pseudonyms of named persons, wherever they work.
    """

    public: bool = False
    unit: str = ""
    party: str = ""
    handlers: frozenset[str] = frozenset()

    def fields(self) -> Fields:
        """Return the columns to store with the row. Queries: 1 when a unit is named."""
        return {
            "is_public": self.public,
            "unit_path": path_of(self.unit),
            "party": self.party,
            "handlers": sorted(self.handlers),
        }


PUBLIC = Audience(public=True)


def own(actor: Actor) -> Audience:
    """Return the narrowest audience that still lets the actor's own side read."""
    if actor.unit or actor.party:
        return Audience(unit=actor.unit, party=actor.party)
    return Audience(handlers=frozenset({actor.person}))


def path_of(unit: str) -> str:
    """Return the place of a unit in the tree, or an empty string for no unit."""
    return org.unit(unit).path if unit else ""


def readable_by(actor: Actor) -> Q:
    """Return the condition on a ``Readable`` table that row-level security states in SQL.

    For tables without row-level security; the two are compared by a test.
    """
    allowed = Q(is_public=True)
    if path := path_of(actor.unit):
        allowed |= Q(unit_path__gte=path, unit_path__lt=path + AFTER_EVERY_PATH)
    if actor.party:
        allowed |= Q(party=actor.party)
    if actor.person != "anonymous":
        allowed |= Q(handlers__contains=[actor.person])
    return allowed
