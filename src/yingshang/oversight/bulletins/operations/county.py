"""Loading the county's bulletins.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.methods import county_files
from yingshang.oversight.bulletins.models import Outline

_DAY = {"type": "string", "format": "date"}
_DAY_OR_NONE = {"anyOf": [_DAY, {"type": "null"}]}
_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 0}


def _row(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "outlines"],
        schema={"const": "bulletins/1"},
        outlines={
            "type": "array",
            "items": _row(
                ["unit", "worst", "best", "measures", "source", "effective"],
                unit=_TEXT,
                worst=_COUNT,
                best=_COUNT,
                measures={"type": "array", "items": _TEXT},
                source={"anyOf": [_TEXT, {"type": "null"}]},
                todo=_TEXT,
                effective=_row(["from", "to"], **{"from": _DAY}, to=_DAY_OR_NONE),
            ),
        },
    ),
}


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load bulletins.yaml where the county has it. Safe to repeat; the last word of the file counts.

    Raises the first DataProblem; nothing is loaded then. What was issued keeps
    its numbers whatever the outline says later.
    """
    path = county_folder / "bulletins.yaml"
    if not path.exists():
        return
    file = county_files.read(path, SCHEMA)
    for place, row in enumerate(file.data["outlines"]):
        key = ("outlines", place)
        if row["source"] is None and "todo" not in row:
            raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")
        try:
            org.unit(row["unit"])
        except NotFound:
            codes = set(org.Unit.objects.values_list("code", flat=True))
            raise file.unknown((*key, "unit"), "unit", row["unit"], codes) from None
        values = {name: row[name] for name in ("unit", "worst", "best", "measures")}
        values |= {"source": row["source"] or "", "todo": row.get("todo", ""), "effective_to": row["effective"]["to"]}
        Outline.objects.update_or_create(effective_from=row["effective"]["from"], defaults=values)
