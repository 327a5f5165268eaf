"""Loading the county's dashboards.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.methods import county_files
from yingshang.oversight.dashboards.models import CallingRule
from yingshang.oversight.dashboards.rules import CALLING_RULES

_DAY = {"type": "string", "format": "date"}
_DAY_OR_NONE = {"anyOf": [_DAY, {"type": "null"}]}
_TEXT = {"type": "string", "minLength": 1}


def _row(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "calling"],
        schema={"const": "dashboards/1"},
        calling={
            "type": "array",
            "items": _row(
                ["rule", "numbers", "source", "effective"],
                rule={"enum": sorted(CALLING_RULES)},
                numbers={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
                source={"anyOf": [_TEXT, {"type": "null"}]},
                edition=_DAY_OR_NONE,
                todo=_TEXT,
                effective=_row(["from", "to"], **{"from": _DAY}, to=_DAY_OR_NONE),
            ),
        },
    ),
}


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load dashboards.yaml where the county has it. Safe to repeat.

    Raises the first DataProblem; nothing is loaded then. A rule that was
    loaded is never changed: end it and add one that begins the day after.
    """
    path = county_folder / "dashboards.yaml"
    if not path.exists():
        return
    file = county_files.read(path, SCHEMA)
    for place, row in enumerate(file.data["calling"]):
        _keep(file, ("calling", place), row)


def _keep(file: county_files.CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    if row["source"] is None and "todo" not in row:
        raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")
    _, asked = CALLING_RULES[row["rule"]]
    if set(row["numbers"]) != asked:
        found = f"{row['rule']} asks for {', '.join(sorted(asked))}."
        raise file.problem((*key, "numbers"), found, "Give exactly these.")
    values = {
        "rule": row["rule"],
        "numbers": row["numbers"],
        "source": row["source"] or "",
        "edition": row.get("edition"),
    }
    notes = {"effective_to": row["effective"]["to"], "todo": row.get("todo", "")}
    kept, new = CallingRule.objects.get_or_create(effective_from=row["effective"]["from"], defaults=values | notes)
    if not new and any(getattr(kept, name) != value for name, value in values.items()):
        found = f"the rule from {row['effective']['from']} is loaded and says something else."
        raise file.problem(key, found, "Leave it, end it with “effective.to”, and add one that begins the day after.")
    CallingRule.objects.filter(pk=kept.pk).update(**notes)
