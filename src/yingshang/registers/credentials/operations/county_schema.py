"""What the county files of credentials may hold."""

from __future__ import annotations

from typing import Any

_DAY = {"type": "string", "format": "date"}
_DAY_OR_NONE = {"anyOf": [_DAY, {"type": "null"}]}
_TEXT = {"type": "string", "minLength": 1}
_FLAG = {"type": "boolean"}


def _row(required: list[str], /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_EFFECTIVE = _row(["from", "to"], **{"from": _DAY}, to=_DAY_OR_NONE)
_LENGTH = _row(["amount", "unit"], amount={"type": "integer", "minimum": 1}, unit={"enum": ["wd", "d", "m", "y"]})
_LENGTH_OR_NONE = {"anyOf": [_LENGTH, {"type": "null"}]}
_SOURCE = {"anyOf": [_row(["text", "edition"], text=_TEXT, edition=_TEXT), {"type": "null"}]}
_CODE = _row(["code"], code=_TEXT, demo=_FLAG, todo=_TEXT)
_HOLDERS = ["person", "enterprise", "household", "cooperative", "institution", "association", "other"]

KINDS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "kinds"],
        schema={"const": "credentials/1"},
        kinds={
            "type": "array",
            "items": _row(
                [
                    *("kind", "title", "group", "type_code", "holders", "fields", "validity", "renewal", "remind"),
                    *("source", "effective"),
                ],
                kind={"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
                title=_TEXT,
                group={"enum": ["license", "registration", "confirmation", "filing"]},
                type_code=_CODE,
                number_prefix=_TEXT,
                holders={"type": "array", "minItems": 1, "items": {"enum": _HOLDERS}},
                fields={
                    "type": "array",
                    "minItems": 1,
                    "items": _row(
                        ["key", "label"],
                        key={"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                        label=_TEXT,
                        required=_FLAG,
                        falls_back={"const": "title"},
                        also={"type": "array", "items": _TEXT},
                    ),
                },
                validity=_row(["length", "source"], length=_LENGTH_OR_NONE, source=_SOURCE, todo=_TEXT),
                renewal={
                    "anyOf": [
                        _row(
                            ["opens", "closes", "source"],
                            opens=_LENGTH_OR_NONE,
                            closes=_LENGTH_OR_NONE,
                            source=_SOURCE,
                            todo=_TEXT,
                        ),
                        {"type": "null"},
                    ]
                },
                remind={
                    "anyOf": [_row(["length", "source"], length=_LENGTH, source=_SOURCE, todo=_TEXT), {"type": "null"}]
                },
                source=_SOURCE,
                todo=_TEXT,
                effective=_EFFECTIVE,
            ),
        },
    ),
}

ISSUERS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        ["schema", "issuers"],
        schema={"const": "credential-issuers/1"},
        issuers={
            "type": "array",
            "items": _row(
                ["unit", "code", "kinds", "effective"],
                unit=_TEXT,
                code=_CODE,
                kinds={"type": "array", "minItems": 1, "items": _TEXT},
                effective=_EFFECTIVE,
            ),
        },
        demo_releases={
            "type": "array",
            "items": _row(
                ["unit", "proposed_by", "released_by", "on"],
                unit=_TEXT,
                proposed_by=_TEXT,
                released_by=_TEXT,
                on=_DAY,
            ),
        },
    ),
}
