"""Loading office-hours.yaml and evaluation/extraction.yaml: by what hours and rules figures are taken from logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile
from yingshang.oversight.evaluation.models import ExtractionTerms, OfficeHours

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_NAMES = {"type": "array", "items": _TEXT, "minItems": 1}


def _row(required: list[str], /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_IN_FORCE = {
    "source": {"anyOf": [_TEXT, {"type": "null"}]},
    "todo": _TEXT,
    "effective": _row(["from", "to"], **{"from": _DAY}, to={"anyOf": [_DAY, {"type": "null"}]}),
}
HOURS_SCHEMA: dict[str, Any] = _row(
    ["schema", "hours"],
    schema={"const": "office-hours/1"},
    hours={
        "type": "array",
        "items": _row(
            ["zone", "sessions", "source", "effective"],
            zone=_TEXT,
            sessions={
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "items": _TIME, "minItems": 2, "maxItems": 2},
            },
            **_IN_FORCE,
        ),
    },
)
TERMS_SCHEMA: dict[str, Any] = _row(
    ["schema", "terms"],
    schema={"const": "evaluation-extraction/1"},
    terms={
        "type": "array",
        "items": _row(
            ["least", "stretches", "source", "effective"],
            least={"type": "integer", "minimum": 1, "maximum": 1000},
            stretches={
                "type": "array",
                "items": _row(
                    ["key", "title", "begins", "ends"],
                    key={"type": "string", "pattern": "^[a-z][a-z-]{0,39}$"},
                    title=_TEXT,
                    begins=_NAMES,
                    ends=_NAMES,
                ),
            },
            **_IN_FORCE,
        ),
    },
)


@transaction.atomic
def load_terms(county_folder: Path) -> None:
    """Load both files where the county has them. Safe to repeat; the last word of a file counts.

    Raises the first DataProblem; nothing is loaded then. What was extracted keeps its hours and terms.
    """
    _load_hours(county_folder / "office-hours.yaml")
    _load_extraction_terms(county_folder / "evaluation" / "extraction.yaml")


def _load_hours(path: Path) -> None:
    if not path.exists():
        return
    file = county_files.read(path, HOURS_SCHEMA)
    for place, row in enumerate(file.data["hours"]):
        key = ("hours", place)
        _sourced(file, key, row)
        if row["zone"] not in available_timezones():
            raise file.unknown((*key, "zone"), "zone", row["zone"], available_timezones())
        moments = [moment for session in row["sessions"] for moment in session]
        if moments != sorted(set(moments)):
            raise file.problem((*key, "sessions"), "the sessions overlap or run backwards.", "Write them in order.")
        OfficeHours.objects.update_or_create(
            effective_from=row["effective"]["from"],
            defaults={"zone": row["zone"], "sessions": row["sessions"]} | _words(row),
        )


def _load_extraction_terms(path: Path) -> None:
    if not path.exists():
        return
    file = county_files.read(path, TERMS_SCHEMA)
    for place, row in enumerate(file.data["terms"]):
        _sourced(file, ("terms", place), row)
        ExtractionTerms.objects.update_or_create(
            effective_from=row["effective"]["from"],
            defaults={"least": row["least"], "stretches": row["stretches"]} | _words(row),
        )


def _words(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": row["source"] or "",
        "todo": row.get("todo", ""),
        "effective_to": row["effective"]["to"],
    }


def _sourced(file: CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    if row["source"] is None and "todo" not in row:
        raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")
