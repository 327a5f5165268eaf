"""The shape of an edition file (edition/1)."""

from __future__ import annotations

from typing import Any

NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}
SHARE = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?$"}]
}
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,59}$"}
TEXT = {"type": "string", "minLength": 1, "maxLength": 400}
GAP = {"enum": ["no_practice", "not_applicable", "missing"]}
WORDS = {"type": "object", "additionalProperties": {"anyOf": [GAP, NUMBER]}}


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """Return the schema of a mapping with these keys and no others."""
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


FRONTIER = closed({"best": NUMBER, "worst": NUMBER, "exponent": NUMBER, "log": {"type": "boolean"}}, "best", "worst")
BETTER = {"enum": ["lower", "higher"]}
STANDARD = closed(
    {
        "standard": {"anyOf": [NUMBER, {"const": "best-found"}]},
        "step": NUMBER,
        "deduct": NUMBER,
        "better": BETTER,
        "steps": {"enum": ["started", "whole", "exact"]},
    },
    "standard",
    "step",
    "deduct",
    "better",
)
RANK = closed({"better": BETTER, "points": {"type": "array", "items": NUMBER, "minItems": 1}}, "better")
SCORE = closed({"frontier": FRONTIER, "standard": STANDARD, "rank": RANK}) | {"minProperties": 1, "maxProperties": 1}

INDICATOR = closed(
    {
        "key": KEY,
        "title": TEXT,
        "under": KEY,
        "weight": SHARE,
        "score": SCORE,
        "mean": {"enum": ["arithmetic", "geometric"]},
        "unit": {"type": "string", "maxLength": 40},
        "least": NUMBER,
        "most": NUMBER,
        "words": WORDS,
        "off": {"type": "boolean"},
        "why_off": TEXT,
        "todo": TEXT,
    },
    "key",
    "title",
)
INPUT = closed({"key": KEY, "title": TEXT, "unit": {"type": "string"}, "words": WORDS}, "key", "title")
CONDITION = closed(
    {
        "value_of": KEY,
        "score_of": KEY,
        "is": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "at_least": NUMBER,
        "at_most": NUMBER,
    }
)
GATE = closed(
    {"indicator": KEY, "score": NUMBER, "why": TEXT, "when": {"type": "array", "items": CONDITION, "minItems": 1}},
    "indicator",
    "score",
    "why",
    "when",
)
DIGITS = {"type": "integer", "minimum": 0, "maximum": 20}
DAY = {"type": "string", "format": "date"}

EDITION: dict[str, Any] = closed(
    {
        "schema": {"const": "edition/1"},
        "key": KEY,
        "title": TEXT,
        "method": TEXT,
        "source": {"anyOf": [TEXT, {"type": "null"}]},
        "todo": TEXT,
        "effective": closed({"from": DAY, "to": {"anyOf": [DAY, {"type": "null"}]}}, "from", "to"),
        "full_score": NUMBER,
        "missing": {"enum": ["refuse", "zero", "average"]},
        "weights_sum": NUMBER,
        "words": WORDS,
        "rounding": closed(
            {
                "digits": DIGITS,
                "at": {"type": "array", "items": {"enum": ["series", "indicators", "total"]}},
                "halves": {"enum": ["up", "even"]},
            },
            "digits",
            "at",
        ),
        "ranking": closed(
            {
                "digits": {"anyOf": [DIGITS, {"type": "null"}]},
                "ties": {"enum": ["competition", "dense"]},
                "labels": {"enum": ["plain", "equals"]},
            }
        ),
        "shown_digits": DIGITS,
        "indicators": {"type": "array", "items": INDICATOR, "minItems": 2},
        "inputs": {"type": "array", "items": INPUT},
        "gates": {"type": "array", "items": GATE},
    },
    "schema",
    "key",
    "title",
    "method",
    "source",
    "effective",
    "missing",
    "indicators",
)
