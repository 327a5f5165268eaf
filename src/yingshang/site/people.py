"""Which person a log-in belongs to, in which capacities, and who the demo people are.

The pages ask here (``settings.YS_PEOPLE``), because they must not know the
packages of people themselves: those have pages of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yingshang.kernel import clock, org, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Level
from yingshang.kernel.web.identity import Face, Standing


def standings_of(user: Any) -> list[Standing]:
    """Return the capacities in which the person of this log-in may act today: units first, then parties."""
    person, today = org.person_of(user), clock.today()
    if person is None:
        return []
    found = [Standing(f"unit:{unit.code}", _posts_in(person, unit, today)) for unit in org.units_of(person, today)]
    if org.duty_of(person, today):
        found.append(Standing("self", org.Administrator.Duty(org.duty_of(person, today)).label))
    found += [Standing(f"party:{party.public_id}", party.display_name) for party in parties.parties_of(person, today)]
    return found or [Standing("self", person.name)]


def _posts_in(person: org.Person, unit: org.Unit, today: date) -> str:
    titles = "、".join(post.title for post in org.posts_held(person, today, in_unit=unit))
    return f"{unit.short_name}：{titles}"


def actor_as(user: Any, key: str, level: Level) -> Actor | None:
    """Return the actor that this log-in is in a capacity; in the first one where the key no longer holds.

    None for a log-in that belongs to no person. Queries: at most 4 while the key holds.
    """
    person, today = org.person_of(user), clock.today()
    if person is None:
        return None
    kind, _, name = key.partition(":")
    try:
        match kind:
            case "unit":
                return parties.actor_for(person, unit=org.unit(name), on=today, level=level)
            case "party":
                return parties.actor_for(person, party=parties.party(name), on=today, level=level)
            case "self":
                return parties.actor_for(person, on=today, level=level)
    except (NotFound, Refusal):  # the post ended, the mandate was revoked: fall back to what still holds
        pass
    first = standings_of(user)[0].key
    return actor_as(user, first, level) if first != key else parties.actor_for(person, on=today, level=level)


def faces() -> list[Face]:
    """Return the demo people of the county, with what each can show; officials first, by unit."""
    shown = [
        Face(one.person.pseudonym, one.name, one.unit, one.can)
        for one in org.demo_people(clock.today())
        if one.person.user_id is not None
    ]
    return sorted(shown, key=lambda face: (not face.unit, face.unit, face.name))


def user_of_face(key: str) -> Any:
    """Return the log-in of a demo person, or None."""
    person = org.Person.objects.filter(pseudonym=key, is_demo=True).select_related("user").first()
    return person.user if person else None
