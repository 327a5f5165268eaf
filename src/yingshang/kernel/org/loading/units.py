"""Units with their aliases and former names."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from yingshang.kernel.org.loading.rows import keep
from yingshang.kernel.org.models import Unit, UnitAlias, UnitName
from yingshang.methods.county_files import CountyFile

Row = dict[str, Any]


def load_units(file: CountyFile, *, root: str) -> None:
    """Make or correct every unit of the file. Raises DataProblem for a code that does not fit."""
    rows: dict[str, Row] = _by_code(file)
    places = {code: place for place, code in enumerate(rows)}
    if root not in rows:
        raise file.problem(("units",), f"no unit has the code “{root}” of county.yaml.", "Add the county itself.")
    above = {code: _way_up(file, rows, places, code, root) for code in rows}
    renamed = _renamed_since(rows)
    units: dict[str, Unit] = {}
    for depth in range(max(map(len, above.values())) + 1):
        wanted = [_facts(rows[code], above[code], units, renamed) for code in rows if len(above[code]) == depth]
        units = {key[0]: unit for key, unit in keep(Unit, ("code",), wanted).items()}
    _close(file, rows, places, units)
    _name(file, rows, places, units)


def _by_code(file: CountyFile) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for place, row in enumerate(file.data["units"]):
        code = row["code"]
        if code in rows:
            found = f"the code “{code}” stands already in line {file.line(('units', list(rows).index(code), 'code'))}."
            raise file.problem(("units", place, "code"), found, "A code belongs to one unit and is never reused.")
        if row.get("from") and row.get("to") and row["to"] <= row["from"]:
            found = f"“{row['to']}” is not after “{row['from']}”."
            raise file.problem(("units", place, "to"), found, "A unit ends after it begins.")
        rows[code] = row
    return rows


def _way_up(file: CountyFile, rows: dict[str, Row], places: dict[str, int], code: str, root: str) -> list[str]:
    """Return the codes above a unit, the county first; the file may name a parent after its children."""
    way: list[str] = []
    here = code
    while here != root:
        place = ("units", places[here], "parent" if "parent" in rows[here] else "code")
        here = rows[here].get("parent", root)
        if here not in rows:
            raise file.unknown(place, "unit", here, set(rows))
        if here in (*way, code):
            raise file.problem(place, f"“{code}” stands under itself.", "A unit's parents end at the county.")
        way.insert(0, here)
    return way


def _renamed_since(rows: dict[str, Row]) -> set[str]:
    """Return the codes of units that were renamed through the pages after the last renaming the file knows."""
    latest = UnitName.objects.values_list("unit__code").annotate(last=Max("valid_to"))
    known = {code: [former["to"] for former in row.get("former_names", [])] for code, row in rows.items()}
    return {code for code, last in latest if code in known and not any(day >= last for day in known[code])}


def _facts(row: Row, above: list[str], units: dict[str, Unit], renamed: set[str]) -> Row:
    code = row["code"]
    facts = {
        "code": code,
        "kind": row["kind"],
        "parent_id": units[above[-1]].pk if above else None,
        "path": "".join(f"{step}/" for step in (*above, code)),
        "division_code": row.get("division_code", ""),
        "counts_only": row.get("counts_only", False),
        "is_presumed": row.get("presumed", False),
        "note": row.get("note", ""),
        "valid_from": row.get("from"),
    }
    # Renamed through the pages since the file was written: the newer name stays.
    return facts if code in renamed else facts | {"name": row["name"], "short_name": row["short_name"]}


def _close(file: CountyFile, rows: dict[str, Row], places: dict[str, int], units: dict[str, Unit]) -> None:
    """Close the units that the file closes. One closed through the pages stays closed."""
    closed = []
    for code, row in rows.items():
        successor = row.get("successor")
        if successor is not None and successor not in units:
            raise file.unknown(("units", places[code], "successor"), "unit", successor, set(units))
        if row.get("to") is not None:
            heir = units[successor].pk if successor else None
            closed.append({"code": code, "valid_to": row["to"], "successor_id": heir})
    keep(Unit, ("code",), closed)


def _name(file: CountyFile, rows: dict[str, Row], places: dict[str, int], units: dict[str, Unit]) -> None:
    aliases, names = [], []
    for code, row in rows.items():
        for place, alias in enumerate(row.get("aliases", [])):
            if alias.get("needs_person") and not alias.get("note"):
                key = ("units", places[code], "aliases", place)
                raise file.problem(key, "needs_person without a note.", "Say in “note” what the person has to confirm.")
            doubt = {"needs_person": alias.get("needs_person", False), "note": alias.get("note", "")}
            aliases.append({"unit_id": units[code].pk, "text": alias["text"], "source": alias["source"]} | doubt)
        for former in row.get("former_names", []):
            dates = {"valid_from": former.get("from"), "valid_to": former["to"]}
            called = {"name": former["name"], "short_name": former["short_name"]}
            names.append({"unit_id": units[code].pk} | called | dates)
    keep(UnitAlias, ("unit_id", "text"), aliases)
    keep(UnitName, ("unit_id", "valid_to"), names)
