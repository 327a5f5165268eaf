"""The shape of a procedure file (JSON Schema 2020-12). What a shape cannot say stands in ``checks``."""

from __future__ import annotations

from typing import Any

KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"}
TITLE = {"type": "string", "minLength": 1}
KEYS = {"type": "array", "items": KEY, "uniqueItems": True}
KEY_OR_KEYS = {"anyOf": [KEY, {**KEYS, "minItems": 1}]}
DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DAY_OR_NONE = {"anyOf": [DAY, {"type": "null"}]}
LIMIT_CODE = {"type": "string", "pattern": r"^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*$"}
TITLES = {"type": "object", "propertyNames": KEY, "additionalProperties": TITLE, "minProperties": 1}
HEAD = ["schema", "id", "title", "kind", "version", "effective", "lead_unit", "item_code"]
OUTCOMES = ["granted", "refused", "withdrawn", "lapsed", "revoked", "done"]


def _closed(must_have: list[str], /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": must_have, "additionalProperties": False}


SOURCE = _closed(["key", "text", "edition"], key=KEY, text=TITLE, edition=DAY_OR_NONE, todo=TITLE)

LIMIT = _closed(
    ["title", "limit"],
    title=TITLE,
    limit=LIMIT_CODE,
    amount={"type": "integer", "minimum": 1},
    **{"from": KEY},
    until=KEYS,
    borne_by=KEY,
    on_miss=KEY,
    extends=KEY,
    approved_by=KEY,
    times={"type": "integer", "minimum": 1},
)

MATERIAL = _closed(
    ["key", "title", "required"],
    key=KEY,
    title=TITLE,
    required={"type": "boolean"},
    tolerable_days={"type": "integer", "minimum": 1},
    source={"anyOf": [KEY, {"type": "null"}]},
    todo=TITLE,
)

DUTY = _closed(
    ["key", "title", "borne_by"], key=KEY, title=TITLE, borne_by=KEY, limit=LIMIT_CODE, material=KEY, on_miss=KEY
)

MOVE = _closed(
    ["do", "title", "from", "to", "by"],
    do=KEY,
    title=TITLE,
    **{"from": KEY_OR_KEYS},
    to=KEY,
    by=KEY_OR_KEYS,
    when=KEY_OR_KEYS,
    needs=TITLES,
    opens=KEYS,
    fulfills=KEYS,
    on_opinion={"enum": ["agreed", "not_agreed"]},
    afterwards={"type": "boolean"},
)

BRANCH = _closed(
    ["key", "title", "during", "unit", "states", "start", "final"],
    key=KEY,
    title=TITLE,
    during=KEY,
    unit=KEY,
    states=TITLES,
    start=KEY,
    final={**KEYS, "minItems": 1},
)

JOIN = _closed(
    ["key", "title", "waits_for", "from", "to"],
    key=KEY,
    title=TITLE,
    waits_for={**KEYS, "minItems": 1},
    **{"from": KEY},
    to=KEY,
)

JOINT_STEP = _closed(["during", "units", "quorum"], during=KEY, units={**KEYS, "minItems": 1}, quorum=KEY)

PAUSE = _closed(
    ["key", "title", "stops", "source"],
    key=KEY,
    title=TITLE,
    stops={**KEYS, "minItems": 1},
    needs=TITLES,
    source={"anyOf": [KEY, {"type": "null"}]},
    todo=TITLE,
)

SCENARIO = _closed(
    ["name", "given", "expect"],
    name=TITLE,
    given={"type": "object", "propertyNames": KEY, "additionalProperties": DAY, "minProperties": 1},
    paused={
        "type": "array",
        "items": _closed(["pause", "first", "last"], pause=KEY, first=DAY, last=DAY),
    },
    extended=KEYS,
    walk={**{k: v for k, v in KEYS.items() if k != "uniqueItems"}, "minItems": 1},
    on=DAY,
    expect={
        "type": "object",
        "propertyNames": KEY,
        "additionalProperties": {"anyOf": [DAY, KEY]},
        "minProperties": 1,
    },
)


def _many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


PROCEDURE_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_closed(
        [*HEAD, "sources", "states", "start", "final", "moves", "scenarios"],
        schema={"const": "procedure/1"},
        id=KEY,
        title=TITLE,
        kind={"enum": ["license", "filing", "other"]},
        version={"type": "integer", "minimum": 1},
        effective=_closed(["from", "to"], **{"from": DAY}, to=DAY_OR_NONE),
        lead_unit={"anyOf": [KEY, {"type": "null"}]},
        item_code={"anyOf": [TITLE, {"type": "null"}]},
        takes_effect=KEY,
        sources=_many(SOURCE),
        limits={"type": "object", "propertyNames": KEY, "additionalProperties": LIMIT},
        duties=_many(DUTY),
        materials=_many(MATERIAL),
        states=TITLES,
        start=KEY,
        final={
            "type": "object",
            "propertyNames": KEY,
            "additionalProperties": {"enum": OUTCOMES},
            "minProperties": 1,
        },
        moves=_many(MOVE),
        branches=_many(BRANCH),
        joins=_many(JOIN),
        joint_steps=_many(JOINT_STEP),
        pauses=_many(PAUSE),
        scenarios={**_many(SCENARIO), "minItems": 1},
    ),
}
