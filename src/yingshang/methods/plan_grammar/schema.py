"""plan/1: the shape of what ``parse`` returns, as a JSON Schema (2020-12)."""

from __future__ import annotations

from typing import Any


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_DATE_OR_NULL = {"type": ["string", "null"], "format": "date"}
_PLACE = {"type": "integer", "minimum": 0}
_STRETCH = _object(text=_TEXT, start=_PLACE, end=_PLACE)
_PLACE_OR_NULL = {"type": ["integer", "null"], "minimum": 0}

PLAN: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        schema={"const": "plan/1"},
        doc=_object(
            title=_TEXT_OR_NULL,
            notice_title=_TEXT_OR_NULL,
            doc_number=_TEXT_OR_NULL,
            issuer=_TEXTS,
            issue_date=_DATE_OR_NULL,
        ),
        sections={"type": "array", "items": _object(label=_TEXT_OR_NULL, title=_TEXT, overall_lead=_TEXTS)},
        tasks={
            "type": "array",
            "items": _object(
                number=_TEXT_OR_NULL,
                section_path=_TEXTS,
                text=_TEXT,
                lead_units=_TEXTS,
                responsible_units=_TEXTS,
                support_units=_TEXTS,
                oversight_units=_TEXTS,
                lead_by_convention=_TEXTS,
                inherited_units=_TEXTS,
                deadlines={
                    "type": "array",
                    "items": _object(
                        raw=_TEXT, kind={"enum": ["date", "ongoing", "period", "unknown"]}, date=_DATE_OR_NULL
                    ),
                },
                open_list={"type": "boolean"},
                people=_TEXTS,
                measures={"type": "array", "items": _STRETCH},
                citations={"type": "array", "items": _STRETCH},
                source=_object(start=_PLACE, end=_PLACE),
            ),
        },
        findings={
            "type": "array",
            "items": _object(
                level={"enum": ["error", "warning", "info"]},
                what=_TEXT,
                suggest=_TEXT_OR_NULL,
                start=_PLACE_OR_NULL,
                end=_PLACE_OR_NULL,
            ),
        },
    ),
}
