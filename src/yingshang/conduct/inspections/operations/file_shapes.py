"""The shape of the files that ``loading`` reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yingshang.conduct.inspections.rules.grading import GRADES

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1}
_SOURCED: Mapping[str, Any] = {
    "source": {"type": ["string", "null"]},
    "edition": {"anyOf": [_DAY, {"type": "null"}]},
    "todo": _TEXT,
    "effective": {
        "type": "object",
        "additionalProperties": False,
        "required": ["from", "to"],
        "properties": {"from": _DAY, "to": {"anyOf": [_DAY, {"type": "null"}]}},
    },
}
# Without a source a row must say what is to be done about it.
_OR_TO_DO = {"anyOf": [{"properties": {"source": _TEXT}}, {"required": ["todo"]}]}


def _rows(required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": [*required, "source", "effective"],
        "properties": {**properties, **_SOURCED},
        **_OR_TO_DO,
    }
    return {"type": "array", "minItems": 1, "items": row}


def _file(name: str, parts: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", *parts],
        "properties": {"schema": {"const": name}, **parts, **(optional or {})},
    }


SETTLED = _file(
    "inspections/1",
    {
        "grades": _rows(
            ["grade", "title", "least", "most", "yearly_most", "on_cause_only"],
            {
                "grade": {"enum": list(GRADES)},
                "title": _TEXT,
                "least": _TEXT,
                "most": _TEXT,
                "yearly_most": {"type": ["integer", "null"], "minimum": 0},
                "on_cause_only": {"type": "boolean"},
            },
        ),
        "caps": _rows(
            ["unit", "yearly_most"],
            {"unit": {"type": ["string", "null"]}, "yearly_most": {"type": "integer", "minimum": 0}},
        ),
    },
    {"tags": {"type": "object", "additionalProperties": _TEXT}},
)

CREW = _file("crew/1", {"crew": _rows(["least"], {"least": {"type": "integer", "minimum": 1}})})

NOTICE = _file("notice/1", {"texts": _rows(["words"], {"words": _TEXT})})

_CODE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "words", "follow"],
    "properties": {
        "code": _TEXT,
        "words": _TEXT,
        "follow": {"enum": ["nothing", "rectify", "abnormal", "transfer", "file"]},
        "clean": {"type": "boolean"},
    },
}

RESULT_CODES = _file(
    "result-codes/1",
    {
        "schemes": _rows(
            ["scheme", "title", "codes"],
            {"scheme": _TEXT, "title": _TEXT, "codes": {"type": "array", "minItems": 1, "items": _CODE}},
        )
    },
)


def _plain_rows(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": [*required],
        "properties": {**required, **(optional or {})},
    }
    return {"type": "array", "items": row}


_WORDS = {"type": "array", "items": _TEXT}

POOL = _file(
    "pool/1",
    {
        "targets": _plain_rows(
            {
                **dict.fromkeys(["code", "name", "kind", "industry", "township", "address"], _TEXT),
                "tags": _WORDS,
                "grade": {"enum": list(GRADES)},
                "from": _DAY,
            }
        ),
        "inspectors": _plain_rows(
            {
                **dict.fromkeys(["certificate_no", "name", "unit"], _TEXT),
                "fields": _WORDS,
                "valid_from": _DAY,
                "valid_to": _DAY,
            },
            {"person": _TEXT},
        ),
    },
)
