"""Lists that a county keeps as files: ``lists/<code>.yaml``, read into published editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.lists.drafting import declare, edition
from yingshang.kernel.lists.fitting import check_rows, digest_of
from yingshang.kernel.lists.models import Edition, PublishedList
from yingshang.kernel.lists.publishing import publish, review
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile

DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string", "minLength": 1}
OR_NOTHING = {"type": ["string", "null"]}
FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "title", "owner", "key", "columns", "editions"],
    "properties": {
        "schema": {"const": "list/1"},
        "title": TEXT,
        "owner": TEXT,
        "basis": TEXT,
        "key": TEXT,
        "columns": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "object"}},
        "optional": {"type": "array", "items": TEXT},
        "editions": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["effective", "source", "rows"],
                "properties": {
                    "effective": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["from", "to"],
                        "properties": {"from": DAY, "to": {"type": ["string", "null"], "format": "date"}},
                    },
                    "source": OR_NOTHING,
                    "source_edition": OR_NOTHING,
                    "todo": TEXT,
                    "rows": {"type": "array", "minItems": 1, "items": {"type": "object"}},
                },
            },
        },
    },
}


def load(folder: Path) -> None:
    """Load every list of a county's folder; safe to repeat.

    The files are reviewed where they are kept, so their editions are published
    at once, in the name of the system. An edition that stands published
    already may not differ from its file: a changed list is a new edition.
    Raises DataProblem with file and line; nothing is stored if one does not fit.
    """
    with transaction.atomic():
        for file in county_files.read_folder(folder / "lists", FILE):
            _load_list(file)


def row_schema_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a row: every column is required unless the file calls it optional."""
    optional = set(data.get("optional", []))
    dates = {
        name: {"title": title, **DAY} for name, title in (("effective_from", "起始日"), ("effective_to", "截止日"))
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in data["columns"] if name not in optional],
        "properties": {
            **data["columns"],
            **{name: part for name, part in dates.items() if name not in data["columns"]},
        },
    }


def _load_list(file: CountyFile) -> None:
    data = file.data
    if data["key"] not in data["columns"]:
        raise file.unknown(("key",), "column", data["key"], set(data["columns"]))
    if data["key"] in data.get("optional", []):
        raise file.problem(("optional",), f"the key column “{data['key']}” cannot be optional.")
    try:
        org.unit(data["owner"])
    except NotFound:
        raise file.unknown(
            ("owner",), "unit", data["owner"], set(org.Unit.objects.values_list("code", flat=True))
        ) from None
    try:
        of = declare(
            code=file.path.stem,
            title=data["title"],
            owner=data["owner"],
            row_schema=row_schema_of(data),
            key_column=data["key"],
            basis=data.get("basis", ""),
            by=SYSTEM,
            at=clock.now(),
        )
    except (ValueError, jsonschema_rs.ValidationError) as error:
        raise file.problem(("columns",), f"not usable as the schema of a row: {error}.") from None
    for place, part in enumerate(data["editions"]):
        _load_edition(file, of, place, part)


def _load_edition(file: CountyFile, of: PublishedList, place: int, part: dict[str, Any]) -> None:
    first, rows = part["effective"]["from"], part["rows"]
    public = [Edition.State.PUBLISHED, Edition.State.SUPERSEDED]
    standing = of.editions.filter(effective_from=first, state__in=public).first()
    if standing is not None:
        if standing.digest != digest_of(rows):
            raise file.problem(
                ("editions", place),
                f"the edition from {first} is published and its rows differ from this file.",
                "Leave it as it was and add another edition with a later date.",
            )
        return
    for problem in check_rows(of, rows):
        raise file.problem(("editions", place, "rows", problem.row - 1), str(problem))
    draft = edition(
        list_code=of.code,
        rows=rows,
        effective_from=first,
        effective_to=part["effective"]["to"],
        source=part["source"] or "",
        source_edition=part.get("source_edition") or "",
        by=SYSTEM,
        at=clock.now(),
    )
    review(edition_id=draft.pk, by=SYSTEM, at=clock.now())
    publish(edition_id=draft.pk, by=SYSTEM, at=clock.now())
