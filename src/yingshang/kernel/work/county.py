"""Loading a county's lamp rules and number series from lamps.yaml and numbers.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.kernel import registry
from yingshang.kernel.work.lamp_rules import LAMP_RULES
from yingshang.kernel.work.lighting import ANY_KIND
from yingshang.kernel.work.models import LampRule, NumberSeries
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1}
_TEXT_OR_NONE = {"anyOf": [_TEXT, {"type": "null"}]}


def _row(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


LAMPS_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "lamps"],
        schema={"const": "lamps/1"},
        lamps={
            "type": "array",
            "items": _row(
                ["kind", "rule", "thresholds", "source", "effective"],
                kind=_TEXT,
                rule={"enum": sorted(LAMP_RULES)},
                thresholds={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
                source=_TEXT_OR_NONE,
                edition={"anyOf": [_DAY, {"type": "null"}]},
                todo=_TEXT,
                effective=_row(["from", "to"], **{"from": _DAY}, to={"anyOf": [_DAY, {"type": "null"}]}),
            ),
        },
    ),
}

NUMBERS_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "series"],
        schema={"const": "numbers/1"},
        series={
            "type": "array",
            "items": _row(["code", "wording", "source"], code=_TEXT, wording=_TEXT, source=_TEXT_OR_NONE, todo=_TEXT),
        },
    ),
}


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load lamps.yaml and numbers.yaml where the county has them. Safe to repeat.

    Raises the first DataProblem; nothing is loaded then. A lamp rule that was
    loaded is never changed: end it and add one that begins the day after.
    """
    for name, schema, keep in (
        ("lamps.yaml", LAMPS_SCHEMA, _keep_lamp),
        ("numbers.yaml", NUMBERS_SCHEMA, _keep_series),
    ):
        path = county_folder / name
        if path.exists():
            file = county_files.read(path, schema)
            part = "lamps" if name == "lamps.yaml" else "series"
            for place, row in enumerate(file.data[part]):
                _sourced(file, (part, place), row)
                keep(file, (part, place), row)


def _sourced(file: CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    if row["source"] is None and "todo" not in row:
        raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")


def _keep_lamp(file: CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    kinds = {kind for manifest in registry.capabilities() for kind in manifest.obligations} | {ANY_KIND}
    packages = {manifest.name for manifest in registry.capabilities()}
    # A rule may wait for a package that is not installed; one that is must know the kind.
    if row["kind"] not in kinds and row["kind"].partition(".")[0] in {*packages, row["kind"]}:
        raise file.unknown((*key, "kind"), "kind of obligation", row["kind"], kinds)
    _, asked = LAMP_RULES[row["rule"]]
    if set(row["thresholds"]) != asked:
        found = f"{row['rule']} asks for {', '.join(sorted(asked))}."
        raise file.problem((*key, "thresholds"), found, "Give exactly these.")
    values = {
        "rule": row["rule"],
        "thresholds": row["thresholds"],
        "source": row["source"] or "",
        "edition": row.get("edition"),
    }
    notes = {"effective_to": row["effective"]["to"], "todo": row.get("todo", "")}
    kept, new = LampRule.objects.get_or_create(
        kind=row["kind"], effective_from=row["effective"]["from"], defaults=values | notes
    )
    if not new and any(getattr(kept, name) != value for name, value in values.items()):
        found = f"the lamp rule of {row['kind']} from {row['effective']['from']} is loaded and says something else."
        raise file.problem(key, found, "Leave it, end it with “effective.to”, and add one that begins the day after.")
    LampRule.objects.filter(pk=kept.pk).update(**notes)


def _keep_series(file: CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    try:
        written = row["wording"].format(year=2026, n=1)
    except (KeyError, IndexError, ValueError):
        written = ""
    if "2026" not in written or "1" not in written.replace("2026", ""):
        raise file.problem((*key, "wording"), f"“{row['wording']}” does not hold {{year}} and {{n}}, and only these.")
    values = {"wording": row["wording"], "source": row["source"] or "", "todo": row.get("todo", "")}
    NumberSeries.objects.update_or_create(code=row["code"], defaults=values)
