"""The made-up pools of the demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.conduct.inspections.models import Grading, Inspector, Target
from yingshang.conduct.inspections.operations.file_shapes import POOL
from yingshang.kernel import org
from yingshang.kernel.parties import SYSTEM, Party, code_hash
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile
from yingshang.methods.identifiers import uscc


@transaction.atomic
def load_demo_pool(path: Path) -> None:
    """Load ``inspections/pool.yaml`` of a county; safe to repeat. Queries: fixed.

    What is in the pools already stays as it is: people may have changed it.
    Raises DataProblem with file and line.
    """
    if not path.exists():
        return
    file = county_files.read(path, POOL)
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    people = {person.pseudonym: person for person in org.Person.objects.filter(is_demo=True)}
    known = set(Target.objects.values_list("code", flat=True))
    fresh = [
        (_target(file, place, row, units), row)
        for place, row in enumerate(file.data["targets"])
        if row["code"] not in known
    ]
    Target.objects.bulk_create([target for target, _ in fresh])
    _link_parties()
    Grading.objects.bulk_create(
        Grading(target=target, grade=row["grade"], on=row["from"], source="演示", by=SYSTEM.person)
        for target, row in fresh
    )
    Inspector.objects.bulk_create(
        [_inspector(file, place, row, units, people) for place, row in enumerate(file.data["inspectors"])],
        ignore_conflicts=True,
    )


def _link_parties() -> None:
    """Let the demo's enterprises see their own page: a target and a party with the same code are one."""
    known = {party.code_hash: party for party in Party.objects.filter(is_demo=True, code_hash__isnull=False)}
    for target in Target.objects.filter(is_demo=True, party=None) if known else ():
        party = known.get(code_hash(target.code))
        if party is not None:
            target.party = party
            target.save(update_fields=["party"])


def _target(file: CountyFile, place: int, row: dict[str, Any], units: dict[str, org.Unit]) -> Target:
    try:
        code = uscc.check(row["code"])
    except ValueError as error:
        raise file.problem(("targets", place, "code"), f"{row['code']}: {error}.") from None
    return Target(
        code=code,
        name=row["name"],
        kind=row["kind"],
        industry=row["industry"],
        township=_unit(file, ("targets", place, "township"), row["township"], units),
        address=row["address"],
        tags=row["tags"],
        joined_on=row["from"],
        is_demo=True,
    )


def _inspector(
    file: CountyFile,
    place: int,
    row: dict[str, Any],
    units: dict[str, org.Unit],
    people: dict[str, org.Person],
) -> Inspector:
    return Inspector(
        certificate_no=row["certificate_no"],
        name=row["name"],
        person=people.get(org.demo_pseudonym(row["person"])) if "person" in row else None,
        unit=_unit(file, ("inspectors", place, "unit"), row["unit"], units),
        fields=row["fields"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        is_demo=True,
    )


def _unit(file: CountyFile, where: tuple[str | int, ...], code: str, units: dict[str, org.Unit]) -> org.Unit:
    if code not in units:
        raise file.unknown(where, "unit", code, set(units))
    return units[code]
