"""The format ladder/1: what a county's supervision.yaml may say."""

from __future__ import annotations

from typing import Any

from yingshang.oversight.supervision.rules.triggers import TRIGGERS

RUNGS = ("reminder", "notice", "letter", "talk", "circular")
STEPS = ("second_reader", "head")
PLACES = frozenset({"unit", "count", "limit", "authority"})
"""The places that a wording may have."""

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 400}
_COUNT = {"type": "integer", "minimum": 1, "maximum": 1000}
_SOURCED: dict[str, Any] = {
    "source": {"anyOf": [_TEXT, {"type": "null"}]},
    "edition": {"anyOf": [_DAY, {"type": "null"}]},
    "todo": _TEXT,
}


def _row(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_WORDING = _row(["title", "opening", "demand"], title=_TEXT, opening=_TEXT, demand=_TEXT)
_TRIGGER = {
    "anyOf": [
        _row(
            ["rule", *sorted(asked)],
            rule={"const": name},
            **{each: {"type": "integer", "minimum": 0, "maximum": 1000} for each in asked},
        )
        for name, (_, asked) in TRIGGERS.items()
    ]
}
_RUNG = _row(
    ["rung", "title", "series", "answer", "steps", "needs_evidence", "triggers", "wording", "source"],
    rung={"enum": list(RUNGS)},
    title=_TEXT,
    series=_TEXT,
    answer=_TEXT,
    steps={"type": "array", "items": {"enum": list(STEPS)}, "uniqueItems": True},
    needs_evidence={"type": "boolean"},
    triggers={"type": "array", "items": _TRIGGER, "minItems": 1},
    wording=_WORDING,
    **_SOURCED,
)
_KINDS = {"type": "array", "items": _TEXT}
_LADDER = _row(
    ["effective", "watches", "caps", "rungs", "correction"],
    effective=_row(["from", "to"], **{"from": _DAY}, to={"anyOf": [_DAY, {"type": "null"}]}),
    watches=_row(["kinds", "except", "source"], kinds=_KINDS, **{"except": _KINDS}, **_SOURCED),
    caps=_row(
        ["items_per_unit", "letters_per_unit", "source"], items_per_unit=_COUNT, letters_per_unit=_COUNT, **_SOURCED
    ),
    rungs={"type": "array", "items": _RUNG, "minItems": 1, "maxItems": len(RUNGS)},
    correction=_row(["title", "series", "wording", "source"], title=_TEXT, series=_TEXT, wording=_WORDING, **_SOURCED),
)
_LADDER["properties"]["outside"] = _row(
    ["channels", "adapter", "retry_minutes", "source"],
    channels={"type": "array", "items": {"enum": ["sms", "mail"]}, "uniqueItems": True},
    adapter=_TEXT,
    retry_minutes={"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 10_000}},
    **_SOURCED,
)
LADDER_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "ladders"],
        schema={"const": "ladder/1"},
        demo_authority=_row(
            ["unit", "approval_no", "text", "issuer", "from", "source", "todo"],
            unit=_TEXT,
            approval_no=_TEXT,
            text=_TEXT,
            issuer=_TEXT,
            **{"from": _DAY},
            source={"type": "null"},
            todo=_TEXT,
        ),
        ladders={"type": "array", "items": _LADDER, "minItems": 1},
    ),
}
