"""The shape of an item's content (JSON Schema 2020-12). What a shape cannot say stands in ``checks``.

Nearly everything may be left out: a draft grows section by section, and a
file written by hand says only what is not the default.
"""

from __future__ import annotations

from typing import Any

KEY = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$"}
CODE = {"type": "string", "pattern": "^[A-Za-z0-9._-]{0,60}$"}
TEXT = {"type": "string", "maxLength": 2000}
TITLE = {"type": "string", "maxLength": 200}
BOOL = {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0, "maximum": 999}
DAYS = {"type": "integer", "minimum": 0, "maximum": 999}
DAY_OR_NONE = {"anyOf": [{"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, {"type": "null"}]}
UNIT = {"enum": ["wd", "d", "h", "m"]}
ANSWERS = {
    "type": "object",
    "propertyNames": KEY,
    "additionalProperties": {"type": "array", "items": KEY, "minItems": 1, "maxItems": 40},
}

KINDS = ("license", "filing", "confirmation", "benefit", "reward", "ruling", "levy", "service", "other")
SOURCE_KINDS = ("self", "issued", "shared", "generated")
COMMITMENTS = ("none", "certificates", "license")


def closed(must_have: list[str], /, **properties: Any) -> dict[str, Any]:
    """Return the schema of a mapping that has these keys and no others."""
    return {"type": "object", "properties": properties, "required": must_have, "additionalProperties": False}


def many(item: dict[str, Any], most: int = 100) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": item, "maxItems": most}


LIMIT = closed(["days"], days=DAYS, unit=UNIT, limit=CODE, basis=TEXT, note=TEXT)

BASICS = closed(
    [],
    title=TITLE,
    short_title=TITLE,
    names=many(TITLE),
    kind={"enum": list(KINDS)},
    summary=TEXT,
    bases=many(closed(["key", "text"], key=KEY, text=TEXT, edition=DAY_OR_NONE, todo=TEXT, url=TITLE)),
    basis=many(KEY),
    level=CODE,
    power_source=CODE,
    authority=TEXT,
    exercised=TEXT,
    quantity_limit=TEXT,
    applicants=many(CODE),
    person_themes=many(TITLE),
    enterprise_themes=many(TITLE),
    life_events=many(KEY),
    reform_class=CODE,
    merged_with=many(TITLE),
    exemptions=many(closed(["title", "basis"], title=TEXT, basis=TITLE)),
    result=closed([], title=TITLE, kind=CODE, credential=CODE, valid=TITLE, sample=TITLE),
    local_codes=many(TITLE),
)

WHERE = closed(
    [],
    nature=CODE,
    handled_by=TITLE,
    joint_units=many(CODE),
    places=many(closed(["name"], name=TITLE, address=TEXT, hours=TEXT, window=TITLE, phone=TITLE)),
    consult=TITLE,
    complain=TITLE,
    channels=many(CODE),
    across=many(CODE),
    online_depth=many(CODE),
    online_address=TITLE,
    system_level=CODE,
    visits=COUNT,
    visit_reason=TEXT,
    appointment=BOOL,
    online_payment=BOOL,
    courier=BOOL,
    in_hall=BOOL,
    intermediaries=many(closed(["title", "basis"], title=TITLE, basis=TITLE, paid_by=CODE)),
)

MATERIAL = closed(
    ["key", "title"],
    key=KEY,
    title=TITLE,
    source_kind={"enum": list(SOURCE_KINDS)},
    issuer=TITLE,
    form=closed([], original=COUNT, copy=COUNT, electronic=BOOL),
    required=BOOL,
    tolerable_days={"anyOf": [{"type": "integer", "minimum": 1, "maximum": 999}, {"type": "null"}]},
    commit_allowed=BOOL,
    commit_text=TEXT,
    certificate={"anyOf": [CODE, {"type": "null"}]},
    held=TITLE,
    applies=ANSWERS,
    template=TITLE,
    sample=TITLE,
    standard=TEXT,
    basis=TITLE,
)

SITUATION = closed(
    ["key", "title", "answers"],
    key=KEY,
    title=TITLE,
    hint=TEXT,
    answers=many(closed(["key", "title"], key=KEY, title=TITLE), 40),
    applies=ANSWERS,
)

STEP = closed(
    ["key", "title"],
    key=KEY,
    title=TITLE,
    unit=CODE,
    post=CODE,
    days=DAYS,
    basis=TITLE,
    visit=BOOL,
    note=TEXT,
)

CONTENT: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **closed(
        [],
        basics=BASICS,
        where=WHERE,
        conditions=many(closed(["title"], title=TEXT, basis=TITLE)),
        limits=closed([], statutory=LIMIT, committed=LIMIT),
        materials=many(MATERIAL),
        situations=many(SITUATION, 12),
        steps=many(STEP, 20),
        special=many(closed(["key", "title"], key=KEY, title=TITLE, kind=CODE, days=DAYS, basis=TITLE, note=TEXT), 10),
        choices=closed(
            [],
            instant=BOOL,
            tolerant=BOOL,
            commitment={"enum": list(COMMITMENTS)},
            commitment_text=TEXT,
            commitment_check_days=DAYS,
            commitment_basis=TITLE,
            letter_in_lieu=BOOL,
            letter_text=TEXT,
            extension=closed([], limit=CODE, days=DAYS, basis=TITLE, approved_by=CODE),
        ),
        fees=many(closed(["row"], row=CODE, note=TEXT, applies=ANSWERS), 20),
        faq=many(closed(["ask", "answer"], ask=TEXT, answer=TEXT)),
        form={"type": "object"},
    ),
}
"""Every section, each of them optional; the form's own shape is that of ``kernel.forms``."""
