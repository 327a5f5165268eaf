"""Read purposes from national and county files, and what is held of the demo's parties."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel.parties import SYSTEM, Party
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile
from yingshang.registers.profiles import queries, rules
from yingshang.registers.profiles.models import Purpose
from yingshang.registers.profiles.operations.holding import hold

NATIONAL = "_national"
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1}

PURPOSES = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "purposes"],
    "properties": {
        "schema": {"const": "purposes/1"},
        "purposes": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "title", "basis", "fields", "reader", "source", "effective"],
                "properties": {
                    "code": {"type": "string", "pattern": "^[a-z][a-z-]*$"},
                    "title": _TEXT,
                    "basis": _TEXT,
                    "fields": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _TEXT},
                    "reader": {"enum": ["self", "unit"]},
                    "source": {"type": ["string", "null"]},
                    "todo": _TEXT,
                    "effective": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["from", "to"],
                        "properties": {"from": _DAY, "to": {"anyOf": [_DAY, {"type": "null"}]}},
                    },
                },
                # Without a source a purpose must say what is to be done about it.
                "anyOf": [{"properties": {"source": _TEXT}}, {"required": ["todo"]}],
            },
        },
    },
}

DEMO = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "held"],
    "properties": {
        "schema": {"const": "held/1"},
        "held": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["party", "since", "source", "values"],
                "properties": {
                    "party": _TEXT,
                    "since": _DAY,
                    "source": _TEXT,
                    "values": {"type": "object", "minProperties": 1, "additionalProperties": _TEXT},
                },
            },
        },
    },
}


@transaction.atomic
def load(folder: Path) -> None:
    """Load the purposes of the nation and of the county, and in demo mode what is held of its parties; repeatable.

    A county's purpose of the same code and first day stands in the place of
    the national one. Raises DataProblem with file and line.
    """
    for path in (folder.parent / NATIONAL / "profiles" / "purposes.yaml", folder / "profiles" / "purposes.yaml"):
        if path.exists():
            _load_purposes(county_files.read(path, PURPOSES))
    demo = folder / "profiles" / "demo.yaml"
    if settings.YS_DEMO and demo.exists():
        _load_demo(county_files.read(demo, DEMO))


def _load_purposes(file: CountyFile) -> None:
    for place, row in enumerate(file.data["purposes"]):
        for number, name in enumerate(row["fields"]):
            _must_be_a_field(file, ("purposes", place, "fields", number), name)
        Purpose.objects.update_or_create(
            code=row["code"],
            effective_from=row["effective"]["from"],
            defaults={
                **{name: row[name] for name in ("title", "basis", "fields", "reader")},
                "source": row["source"] or "",
                "todo": row.get("todo", ""),
                "effective_to": row["effective"]["to"],
            },
        )


def _load_demo(file: CountyFile) -> None:
    known = {party.display_name: party for party in Party.objects.filter(is_demo=True)}
    for place, row in enumerate(file.data["held"]):
        if row["party"] not in known:
            raise file.unknown(("held", place, "party"), "party of the demo", row["party"], set(known))
        for name in row["values"]:
            _must_be_a_field(file, ("held", place, "values", name), name)
        _hold_once(known[row["party"]], row)


def _hold_once(party: Party, row: dict[str, Any]) -> None:
    """A field that is held already stays as it is: people may have changed it."""
    missing = set(row["values"]) - queries.held_fields(party, row["values"])
    if missing:
        since = datetime.combine(datetime.fromisoformat(str(row["since"])).date(), time(1), tzinfo=UTC)
        values = {name: value for name, value in row["values"].items() if name in missing}
        hold(party, values, source=row["source"], by=SYSTEM, at=since)


def _must_be_a_field(file: CountyFile, place: tuple[str | int, ...], name: str) -> None:
    if name not in rules.FIELDS:
        raise file.unknown(place, "field", name, set(rules.FIELDS))
