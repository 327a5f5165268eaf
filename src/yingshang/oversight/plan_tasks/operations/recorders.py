"""The person behind a record in a county's files."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import Actor
from yingshang.methods import county_files


def recorder(file: county_files.CountyFile, *key: str) -> Actor:
    """Return the demo person that a record names under a key, as an actor of the unit named there.

    Raises ``county_files.DataProblem`` for somebody whom people.yaml does not know.
    """
    named: Any = file.data
    for step in key:
        named = named[step]
    person = org.Person.objects.filter(pseudonym=org.demo_pseudonym(named["person"])).first()
    if person is None:
        raise file.problem((*key, "person"), f"“{named['person']}” is nobody in people.yaml.")
    unit = org.unit(named["unit"])
    return parties.actor_for(person, unit=unit, on=clock.today(), level=parties.Level.SECOND_FACTOR)
