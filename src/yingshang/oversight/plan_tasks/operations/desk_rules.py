"""Load what a county says about its filing desk: filing.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.methods import county_files
from yingshang.oversight.plan_tasks.models import TypingRule, YearlyDuty

_TEXT_OR_NONE = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}
_SOURCED = {
    "source": _TEXT_OR_NONE,
    "todo": {"type": "string"},
    "from": {"type": "string", "format": "date"},
}


def _row(**own: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*own, "source", "from"],
        "properties": {**own, **_SOURCED},
    }


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "yearly", "typing"],
    "properties": {
        "schema": {"const": "filing/1"},
        "yearly": {
            "type": "array",
            "items": _row(plan={"type": "string"}, task={"type": "string"}),
        },
        "typing": {
            "type": "array",
            "items": _row(most_seconds={"type": "integer", "minimum": 1}),
        },
    },
}


@transaction.atomic
def load_desk_rules(folder: Path) -> None:
    """Load ``folder/filing.yaml`` where the county has one. Safe to repeat. Raises ``county_files.DataProblem``."""
    path = folder / "filing.yaml"
    if not path.exists():
        return
    file = county_files.read(path, SCHEMA)
    for part in ("yearly", "typing"):
        for place, row in enumerate(file.data[part]):
            if row["source"] is None and "todo" not in row:
                raise file.problem((part, place), "the source is null and nothing says what to do.", "Add “todo: …”.")
    for row in file.data["yearly"]:
        words = {"task_number": row["task"], "effective_from": row["from"], **_notes(row)}
        YearlyDuty.objects.update_or_create(plan_code=row["plan"], defaults=words)
    for row in file.data["typing"]:
        words = {"most_seconds": row["most_seconds"], **_notes(row)}
        TypingRule.objects.update_or_create(effective_from=row["from"], defaults=words)


def _notes(row: dict[str, Any]) -> dict[str, str]:
    return {"source": row["source"] or "", "todo": row.get("todo", "")}
