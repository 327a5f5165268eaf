"""Loading the county's surveys.yaml: how often enterprises may be asked, and what is too few to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.conduct.surveys.models import Terms
from yingshang.conduct.surveys.operations.demonstrated import load_demonstration
from yingshang.methods import county_files

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1, "maximum": 100}


def _row(required: list[str], /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "terms"],
        schema={"const": "surveys/1"},
        terms={
            "type": "array",
            "items": _row(
                ["quota", "least", "margin_percent", "source", "effective"],
                quota=_COUNT,
                least=_COUNT,
                margin_percent=_COUNT,
                source={"anyOf": [_TEXT, {"type": "null"}]},
                todo=_TEXT,
                effective=_row(["from", "to"], **{"from": _DAY}, to={"anyOf": [_DAY, {"type": "null"}]}),
            ),
        },
    ),
}


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load surveys.yaml where the county has it, and the demo's surveys. Safe to repeat.

    The last word of the file counts; what was published keeps its numbers. Raises the first DataProblem.
    """
    path = county_folder / "surveys.yaml"
    if not path.exists():
        return
    file = county_files.read(path, SCHEMA)
    for place, row in enumerate(file.data["terms"]):
        if row["source"] is None and "todo" not in row:
            problem = "the source is null and nothing says what to do about it."
            raise file.problem(("terms", place), problem, "Add “todo: …”.")
        Terms.objects.update_or_create(
            effective_from=row["effective"]["from"],
            defaults={name: row[name] for name in ("quota", "least", "margin_percent")}
            | {"source": row["source"] or "", "todo": row.get("todo", ""), "effective_to": row["effective"]["to"]},
        )
    load_demonstration(county_folder)
