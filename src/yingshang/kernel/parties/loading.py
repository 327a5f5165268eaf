"""Parties and mandates of the demo people."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from yingshang.kernel import org
from yingshang.kernel.parties.codes import code_hash
from yingshang.kernel.parties.models import Mandate, Party
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile


@transaction.atomic
def load(folder: Path) -> None:
    """Load the parties and mandates of a county's people.yaml, in demo mode only. Idempotent.

    Run it after ``org.load``, which makes the people. Raises
    county_files.DataProblem with file and line.
    """
    path = folder / "people.yaml"
    if not settings.YS_DEMO or not path.exists():
        return
    file = county_files.read(path, org.PEOPLE)
    parties = {row["key"]: _party(row) for row in file.data["people"] if "party" in row}
    for place, row in enumerate(file.data["people"]):
        if "agent_of" in row:
            _mandate(file, place, row, parties)


def _party(row: dict[str, dict[str, str]]) -> Party:
    facts = row["party"]
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(str(row["key"])))
    party = Party.objects.filter(is_demo=True, display_name=facts["name"]).first() or Party(is_demo=True)
    party.kind, party.display_name = facts["kind"], facts["name"]
    party.person = person if facts["kind"] == Party.Kind.PERSON else None
    party.code_hash = code_hash(facts["code"]) if "code" in facts else None
    party.save()
    if party.person is None:
        # A person who speaks for an enterprise holds its mandate like any agent.
        Mandate.objects.get_or_create(principal=party, agent=person, scope="all", valid_from=facts["from"])
    return party


def _mandate(file: CountyFile, place: int, row: dict[str, dict[str, str]], parties: dict[str, Party]) -> None:
    given = row["agent_of"]
    if given["key"] not in parties:
        raise file.unknown(("people", place, "agent_of", "key"), "person with a party", given["key"], set(parties))
    agent = org.Person.objects.get(pseudonym=org.demo_pseudonym(str(row["key"])))
    Mandate.objects.update_or_create(
        principal=parties[given["key"]],
        agent=agent,
        scope=given["scope"],
        valid_from=given["from"],
        defaults={"valid_to": given.get("to")},
    )
