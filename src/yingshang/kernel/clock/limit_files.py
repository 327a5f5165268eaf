"""The shape of ``limits/*.yaml`` and ``sources.yaml``, and reading them into editions of limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from yingshang.kernel.clock.digest import digest_of
from yingshang.kernel.clock.models import Limit
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile

_DATE = {"type": "string", "format": "date"}
_AMOUNT = {"type": "integer", "minimum": 1}

LIMITS_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "limits/1: time limits of one text, or of one county",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "limits"],
    "properties": {
        "schema": {"const": "limits/1"},
        "limits": {"type": "array", "items": {"$ref": "#/$defs/limit"}},
    },
    "$defs": {
        "limit": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "title", "unit", "start_event", "on_expiry", "source", "effective"],
            "properties": {
                "code": {"type": "string", "pattern": r"^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*$"},
                "title": {"type": "string", "minLength": 1},
                "amount": _AMOUNT,
                "unit": {"enum": Limit.Unit.values},
                "minimum": _AMOUNT,
                "maximum": _AMOUNT,
                "month": {"type": "integer", "minimum": 1, "maximum": 12},
                "day": {"type": "integer", "minimum": 1, "maximum": 31},
                "bound": {"enum": Limit.Bound.values},
                "direction": {"enum": Limit.Direction.values},
                "rolls": {"type": "boolean"},
                "start_event": {"type": "string", "minLength": 1},
                "on_expiry": {"enum": Limit.OnExpiry.values},
                "extends": {"$ref": "#/$defs/extends"},
                "source": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/source"}]},
                "todo": {"type": "string", "minLength": 1},
                "effective": {"$ref": "#/$defs/effective"},
            },
        },
        "extends": {
            "type": "object",
            "additionalProperties": False,
            "required": ["limit", "times", "approval"],
            "properties": {"limit": {"type": "string"}, "times": _AMOUNT, "approval": {"type": "string"}},
        },
        "source": {
            "type": "object",
            "additionalProperties": False,
            "required": ["text", "article", "edition"],
            "properties": {
                "text": {"type": "string"},
                "article": {"type": ["string", "null"]},
                "edition": {"anyOf": [{"type": "null"}, _DATE]},
            },
        },
        "effective": {
            "type": "object",
            "additionalProperties": False,
            "required": ["from", "to"],
            "properties": {"from": _DATE, "to": {"anyOf": [{"type": "null"}, _DATE]}},
        },
    },
}

SOURCES_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "sources/1: every text cited, by its key, with the dates of its editions",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "texts"],
    "properties": {
        "schema": {"const": "sources/1"},
        "texts": {"type": "object", "additionalProperties": {"$ref": "#/$defs/text"}},
    },
    "$defs": {
        "text": {
            "type": "object",
            "additionalProperties": False,
            "required": ["title", "cited_as", "editions", "read"],
            "properties": {
                "title": {"type": "string", "minLength": 1},
                "cited_as": {"type": "string", "minLength": 1},
                "number": {"type": "string"},
                "editions": {"type": "array", "items": _DATE},
                "read": {"enum": ["full", "articles", "part", "summary", "unread"]},
                "todo": {"type": "string"},
            },
        },
    },
}


class Sources:
    """The texts that limits may cite: those of all China and the county's own."""

    def __init__(self, files: Iterable[CountyFile]) -> None:
        self.texts: dict[str, dict[str, Any]] = {}
        for file in files:
            for key, text in file.data["texts"].items():
                if key in self.texts:
                    raise file.problem(("texts", key), f"the text “{key}” is already in another sources.yaml.")
                self.texts[key] = text


def read_sources(folders: Iterable[Path]) -> Sources:
    """Return the texts of the folders that have a ``sources.yaml``. Raises DataProblem."""
    paths = [folder / "sources.yaml" for folder in folders]
    return Sources(county_files.read(path, SOURCES_SCHEMA) for path in paths if path.exists())


def rule_of(file: CountyFile, place: int, scope: str, sources: Sources) -> Limit:
    """Return row ``place`` of a file as an unsaved Limit with its digest. Raises DataProblem."""
    row, key = file.data["limits"][place], ("limits", place)
    _check_shape(file, key, row)
    source = row["source"]
    if source is None and not row.get("todo"):
        raise file.problem(key, "a limit without a source says in “todo” what has to be found.")
    if source is not None:
        _check_source(file, key, source, sources)
    extends = row.get("extends", {})
    amount = row.get("amount")
    limit = Limit(
        code=row["code"],
        title=row["title"],
        scope=scope,
        amount=amount,
        unit=row["unit"],
        minimum=row.get("minimum"),
        maximum=row.get("maximum"),
        month=row.get("month"),
        day=row.get("day"),
        bound=row.get("bound", Limit.Bound.AT_MOST),
        direction=row.get("direction", Limit.Direction.AFTER),
        rolls=row.get("rolls", False),
        start_event=row["start_event"],
        on_expiry=row["on_expiry"],
        extends=extends.get("limit", ""),
        times=extends.get("times"),
        approval=extends.get("approval", ""),
        source_text=sources.texts[source["text"]]["cited_as"] if source else "",
        source_article=source["article"] or "" if source else "",
        edition=source["edition"] if source else None,
        effective_from=row["effective"]["from"],
        effective_to=row["effective"]["to"],
        todo=row.get("todo", ""),
    )
    limit.digest = digest_of({name: getattr(limit, name) for name in RULE_FIELDS})
    return limit


RULE_FIELDS = [
    field.name for field in Limit._meta.concrete_fields if field.name not in {"id", "effective_to", "todo", "digest"}
]


def _check_shape(file: CountyFile, key: tuple[str | int, ...], row: Mapping[str, Any]) -> None:
    yearly = row["unit"] == Limit.Unit.YEARLY
    if yearly != ("amount" not in row) or yearly != ("month" in row and "day" in row):
        raise file.problem(key, "a yearly limit has month and day and no amount; every other one has an amount.")
    amount, low, high = row.get("amount", 1), row.get("minimum", 1), row.get("maximum")
    if not low <= amount <= (high or amount):
        raise file.problem(key, f"the amount {amount} is outside its own range {low}–{high}.")
    if yearly and row["day"] > _longest(row["month"]):
        raise file.problem((*key, "day"), f"month {row['month']} never has a day {row['day']}.")
    start, end = row["effective"]["from"], row["effective"]["to"]
    if end is not None and end < start:
        raise file.problem((*key, "effective"), f"it ends on {end}, before it begins on {start}.")


def _check_source(file: CountyFile, key: tuple[str | int, ...], source: Mapping[str, Any], sources: Sources) -> None:
    where = (*key, "source", "text")
    if source["text"] not in sources.texts:
        raise file.unknown(where, "text of sources.yaml", source["text"], sources.texts)
    editions: list[date] = sources.texts[source["text"]]["editions"]
    if source["edition"] is not None and source["edition"] not in editions:
        listed = ", ".join(str(edition) for edition in editions) or "none"
        raise file.problem(
            (*key, "source", "edition"),
            f"{source['edition']} is no edition of this text.",
            f"In sources.yaml: {listed}.",
        )


def _longest(month: int) -> int:
    return {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
