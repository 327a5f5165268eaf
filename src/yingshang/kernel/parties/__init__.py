"""Who a matter concerns and who acts in it: Party, Mandate, Actor.

An Actor is a person, at a level of assurance, acting for a unit, for a party,
or for themself. Personal fields live elsewhere; here stand a name to show, a
public id and a keyed hash of the code.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.parties.actor import ANONYMOUS, SYSTEM, Actor, Level
from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.parties.acting import actor_for, mandates_on, parties_of
    from yingshang.kernel.parties.codes import code_hash
    from yingshang.kernel.parties.loading import load
    from yingshang.kernel.parties.models import Mandate, Party
    from yingshang.kernel.parties.queries import party, party_by_code
    from yingshang.kernel.parties.rolls import Attribute, Roll

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Actor",
    "Attribute",
    "Level",
    "Mandate",
    "Party",
    "Roll",
    "actor_for",
    "code_hash",
    "load",
    "mandates_on",
    "parties_of",
    "party",
    "party_by_code",
]

__getattr__ = door(
    __name__,
    {
        "models": "Mandate Party",
        "acting": "actor_for mandates_on parties_of",
        "codes": "code_hash",
        "queries": "party party_by_code",
        "loading": "load",
        "rolls": "Attribute Roll",
    },
)
