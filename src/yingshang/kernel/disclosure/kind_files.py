"""Kinds of disclosure, as data: ``disclosures/*.yaml`` of the nation and of the county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yingshang.kernel.disclosure.masks import MASKS
from yingshang.methods import county_files

OR_NOTHING = {"type": ["string", "null"]}
FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "kinds"],
    "properties": {
        "schema": {"const": "disclosures/1"},
        "kinds": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "title", "limit", "withdraw_limit", "shown_years", "source", "fields"],
                "properties": {
                    "kind": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                    "title": {"type": "string"},
                    "limit": OR_NOTHING,
                    "withdraw_limit": OR_NOTHING,
                    "shown_years": {"type": ["integer", "null"], "minimum": 1},
                    "todo": {"type": "string"},
                    "source": {
                        "type": ["object", "null"],
                        "additionalProperties": False,
                        "required": ["text", "edition"],
                        "properties": {"text": {"type": "string"}, "edition": OR_NOTHING},
                    },
                    "fields": {
                        "type": "object",
                        "minProperties": 1,
                        "additionalProperties": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["title", "mask"],
                            "properties": {"title": {"type": "string"}, "mask": {"enum": sorted(MASKS)}},
                        },
                    },
                },
            },
        },
    },
}


@dataclass(frozen=True)
class Kind:
    """One kind of disclosure.

    limit, withdraw_limit: codes of limits; empty where none is fixed.
    shown_years: how long it is shown; None where nothing is fixed.
    fields: name → (Chinese heading, name of its mask), in the order shown.
    """

    kind: str
    title: str
    limit: str
    withdraw_limit: str
    shown_years: int | None
    source: str
    fields: Mapping[str, tuple[str, str]]


def kinds() -> Mapping[str, Kind]:
    """Return every kind; the county's own stand beside the nation's."""
    return _read(Path(settings.YS_COUNTIES_DIR), settings.YS_COUNTY)


def kind_of(name: str) -> Kind:
    """Return a kind. Raises KeyError naming the known ones: a kind is written in code, not typed by a person."""
    found = kinds()
    if name not in found:
        raise KeyError(f"“{name}” is no kind of disclosure.{county_files.nearest(name, found)}")
    return found[name]


@cache
def _read(folder: Path, county: str) -> Mapping[str, Kind]:
    found: dict[str, Kind] = {}
    for place in (folder / "_national" / "disclosures", folder / county / "disclosures"):
        for file in county_files.read_folder(place, FILE):
            for number, row in enumerate(file.data["kinds"]):
                if row["kind"] in found:
                    raise file.problem(("kinds", number, "kind"), f"the kind “{row['kind']}” stands twice.")
                found[row["kind"]] = _kind(row)
    return found


def _kind(row: dict[str, Any]) -> Kind:
    source = row["source"] or {"text": ""}
    return Kind(
        kind=row["kind"],
        title=row["title"],
        limit=row["limit"] or "",
        withdraw_limit=row["withdraw_limit"] or "",
        shown_years=row["shown_years"],
        source=source["text"],
        fields={name: (field["title"], field["mask"]) for name, field in row["fields"].items()},
    )
