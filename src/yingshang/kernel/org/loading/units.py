"""Units with their aliases and former names."""

from __future__ import annotations

from typing import Any

from yingshang.kernel.org.models import Unit, UnitAlias, UnitName
from yingshang.methods.county_files import CountyFile

Row = dict[str, Any]


def load_units(file: CountyFile, *, root: str) -> None:
    """Make or correct every unit of the file. Raises DataProblem for a code that does not fit."""
    rows: list[Row] = file.data["units"]
    places = _places(file, rows)
    if root not in places:
        raise file.problem(("units",), f"no unit has the code “{root}” of county.yaml.", "Add the county itself.")
    done: dict[str, Unit] = {}
    for row in rows:
        _load_one(file, row, places, done, root, under=())
    for row in rows:
        _close(file, row, places, done)
        _name(file, row, places, done[row["code"]])


def _places(file: CountyFile, rows: list[Row]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, row in enumerate(rows):
        if row["code"] in places:
            first = file.line(("units", places[row["code"]], "code"))
            found = f"the code “{row['code']}” stands already in line {first}."
            raise file.problem(("units", place, "code"), found, "A code belongs to one unit and is never reused.")
        if row.get("from") and row.get("to") and row["to"] <= row["from"]:
            found = f"“{row['to']}” is not after “{row['from']}”."
            raise file.problem(("units", place, "to"), found, "A unit ends after it begins.")
        places[row["code"]] = place
    return places


def _load_one(
    file: CountyFile, row: Row, places: dict[str, int], done: dict[str, Unit], root: str, under: tuple[str, ...]
) -> Unit:
    """Make the unit after its parent, wherever in the file the parent stands."""
    code = row["code"]
    if code in done:
        return done[code]
    parent = None
    if code != root:
        above = row.get("parent", root)
        place = (*("units", places[code]), "parent" if "parent" in row else "code")
        if above not in places:
            raise file.unknown(place, "unit", above, set(places))
        if above in (*under, code):
            raise file.problem(place, f"“{code}” stands under itself.", "A unit's parents end at the county.")
        parent = _load_one(file, file.data["units"][places[above]], places, done, root, (*under, code))
    facts = {
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": row["kind"],
        "parent": parent,
        "path": f"{parent.path if parent else ''}{code}/",
        "division_code": row.get("division_code", ""),
        "counts_only": row.get("counts_only", False),
        "is_presumed": row.get("presumed", False),
        "note": row.get("note", ""),
        "valid_from": row.get("from"),
    }
    before = Unit.objects.filter(code=code).first()
    if before is not None and UnitName.objects.filter(unit=before, valid_from__isnull=False).exists():
        # Renamed through the pages since the file was written: the newer name stays.
        facts |= {"name": before.name, "short_name": before.short_name}
    done[code], _ = Unit.objects.update_or_create(code=code, defaults=facts)
    return done[code]


def _close(file: CountyFile, row: Row, places: dict[str, int], done: dict[str, Unit]) -> None:
    """Close a unit that the file closes. One closed through the pages stays closed."""
    if row.get("to") is None:
        return
    successor = row.get("successor")
    if successor is not None and successor not in done:
        raise file.unknown(("units", places[row["code"]], "successor"), "unit", successor, set(done))
    closed = done[row["code"]]
    closed.valid_to, closed.successor = row["to"], done[successor] if successor else None
    closed.save(update_fields=["valid_to", "successor"])


def _name(file: CountyFile, row: Row, places: dict[str, int], unit: Unit) -> None:
    for place, alias in enumerate(row.get("aliases", [])):
        if alias.get("needs_person") and not alias.get("note"):
            key = ("units", places[row["code"]], "aliases", place)
            raise file.problem(key, "needs_person without a note.", "Say in “note” what the person has to confirm.")
        UnitAlias.objects.update_or_create(
            unit=unit,
            text=alias["text"],
            defaults={
                "source": alias["source"],
                "needs_person": alias.get("needs_person", False),
                "note": alias.get("note", ""),
            },
        )
    for former in row.get("former_names", []):
        UnitName.objects.update_or_create(
            unit=unit,
            valid_to=former["to"],
            defaults={"name": former["name"], "short_name": former["short_name"], "valid_from": former.get("from")},
        )
