"""The one who does a deed: a person, at a level of assurance, acting for a unit or a party."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How sure the platform is of who this is."""

    NONE = 0
    PASSWORD = 1
    SECOND_FACTOR = 2
    VERIFIED_IDENTITY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who acts now, with what they hold on that day.

    person: stable pseudonym that the ledger records, never a name.
    name: what other people see.
    unit: code of the unit acted for; empty for a member of the public.
    party: public id of the party acted for; empty for an official.
    posts: post codes held in that unit on the day, delegations included.
    actions: actions that those posts carry.
    """

    person: str
    name: str
    unit: str = ""
    party: str = ""
    posts: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    level: Level = Level.NONE

    def holds(self, action: str) -> bool:
        """Return whether a post of this actor carries the action."""
        return action in self.actions


SYSTEM = Actor(person="system", name="系统", level=Level.VERIFIED_IDENTITY)
ANONYMOUS = Actor(person="anonymous", name="访客")
