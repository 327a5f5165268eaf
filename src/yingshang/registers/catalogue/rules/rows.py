"""The rows of a content's sections as a person edits them: one at a time, on a copy, keys made for them.

A *part* is what one page edits: a whole section (``limits``) or the rows of a
list, some of which stand inside a section (``bases`` in ``basics``). The form
is edited as rows too: one per field of its schema.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

LISTS: dict[str, tuple[str, ...]] = {
    "bases": ("basics", "bases"),
    "exemptions": ("basics", "exemptions"),
    "places": ("where", "places"),
    "intermediaries": ("where", "intermediaries"),
    "conditions": ("conditions",),
    "materials": ("materials",),
    "situations": ("situations",),
    "steps": ("steps",),
    "special": ("special",),
    "fees": ("fees",),
    "faq": ("faq",),
}
"""List → where its rows stand in a content."""
FIELDS = "fields"
KEYED = {"bases": "b", "materials": "m", "situations": "q", "steps": "s", "special": "p"}
"""Lists whose rows are cited by a key, and the letter their keys begin with."""
FIELD_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "long": {"type": "string", "x-lines": 4},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "yes": {"type": "boolean"},
    "choice": {"type": "string"},
    "choices": {"type": "array", "uniqueItems": True},
    "credit-code": {"type": "string", "format": "credit-code"},
    "id-number": {"type": "string", "format": "id-number"},
    "mobile": {"type": "string", "format": "mobile"},
    "area": {"type": "string", "format": "area"},
}
LONGEST = {"text": 80, "long": 1000}
"""Characters of an answer: what fits on one line, and what needs several."""


def section_of(part: str) -> str:
    """Return the section that a part belongs to."""
    return "form" if part == FIELDS else LISTS[part][0] if part in LISTS else part


def rows_of(content: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    """Return a copy of the rows of a part."""
    if part == FIELDS:
        return _fields(content.get("form", {}))
    found: Any = content
    for step in LISTS[part]:
        found = found.get(step, {} if step != LISTS[part][-1] else [])
    return copy.deepcopy(list(found))


def with_rows(content: Mapping[str, Any], part: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return the new value of the section that a part belongs to."""
    if part == FIELDS:
        return _schema(content.get("form", {}), rows)
    way = LISTS[part]
    kept = [dict(row) for row in rows]
    return kept if len(way) == 1 else {**content.get(way[0], {}), way[1]: kept}


def put(rows: list[dict[str, Any]], part: str, row: dict[str, Any], place: int | None) -> list[dict[str, Any]]:
    """Return the rows with one replaced at a place, or added at the end with a key of its own."""
    if place is not None:
        return [row if number == place else each for number, each in enumerate(rows)]
    if part in KEYED or part == FIELDS:
        letter = KEYED.get(part, "f")
        row = {"key": next_key([each.get("key", "") for each in rows], letter), **row}
    return [*rows, row]


def moved(rows: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    """Return the rows with one moved up by one place."""
    if place < 1 or place >= len(rows):
        return rows
    return [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]


def next_key(taken: Sequence[str], letter: str) -> str:
    """Return the next key that is free: ``m4`` after ``m1`` and ``m3``.

    >>> next_key(["m1", "m3", "floor-plan"], "m")
    'm4'
    """
    numbers = [int(found.group(1)) for key in taken if (found := re.fullmatch(letter + r"(\d+)", key))]
    return f"{letter}{max(numbers, default=0) + 1}"


def answers_named(titles: Sequence[str], before: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the answers of a question by their titles; a title that stood before keeps its key."""
    known = {answer["title"]: answer["key"] for answer in before}
    taken = list(known.values())
    found = []
    for title in titles:
        key = known.get(title) or next_key(taken, "a")
        taken.append(key)
        found.append({"key": key, "title": title})
    return found


def _fields(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    properties, required = form.get("properties", {}), set(form.get("required", ()))
    rows = []
    for key in named(form):
        shape = properties.get(key)
        if shape is None:
            continue
        rows.append(_row(key, shape, is_required=key in required))
    return rows


def _row(key: str, shape: Mapping[str, Any], *, is_required: bool) -> dict[str, Any]:
    """Return the row of one field; ``other`` where the builder could not have made its shape, which stays untouched."""
    row = {
        "key": key,
        "title": shape.get("title", key),
        "kind": _kind(shape),
        "required": is_required,
        "hint": shape.get("description", ""),
        "held": shape.get("x-held", ""),
        "options": list(shape.get("enum") or shape.get("items", {}).get("enum", [])),
        "least": shape.get("minimum"),
        "most": shape.get("maximum"),
        "shape": dict(shape),
    }
    known = {"maxLength": None} | dict(shape)
    made = {"maxLength": None} | (_shape(row) if row["kind"] != "other" else {})
    return row if made == known | {"maxLength": made["maxLength"]} else {**row, "kind": "other"}


def named(form: Mapping[str, Any]) -> list[str]:
    """Return the names of a form's fields in their order, those of its pages one after the other."""
    ordered: list[str] = []
    for entry in form.get("order", ()):
        ordered += entry.get("fields", []) if isinstance(entry, Mapping) else [entry]
    return [*ordered, *(name for name in form.get("properties", {}) if name not in ordered)]


def _kind(shape: Mapping[str, Any]) -> str:
    """Return the kind of a field that a person would have chosen to make such a shape."""
    if "enum" in shape:
        return "choice"
    if shape.get("type") == "array":
        return "choices" if "enum" in shape.get("items", {}) else "other"
    if shape.get("type") == "string" and "x-lines" in shape:
        return "long"
    for kind, made in FIELD_KINDS.items():
        if shape.get("type") == made.get("type") and shape.get("format") == made.get("format") and kind != "choice":
            return kind
    return "other"


def _schema(form: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if not rows:
        return {}
    names = [row["key"] for row in rows]
    kept = {name: part for name, part in form.items() if name not in ("properties", "required", "order")}
    order = form.get("order", [])
    paged = bool(order) and isinstance(order[0], Mapping) and set(named(form)) == set(names)
    return {
        **kept,
        "type": "object",
        "properties": {row["key"]: _shape(row) for row in rows},
        "required": [row["key"] for row in rows if row.get("required")],
        "order": order if paged else names,
    }


def _shape(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["kind"] == "other":
        kept = {**row["shape"], "title": row["title"]}
        return {**kept, "description": row["hint"]} if row.get("hint") else kept
    shape: dict[str, Any] = {**FIELD_KINDS[row["kind"]], "title": row["title"]}
    options = list(row.get("options") or [])
    if row["kind"] == "choice":
        shape["enum"] = options
    elif row["kind"] == "choices":
        shape["items"] = {"type": "string", "enum": options}
    elif row["kind"] in ("text", "long"):
        shape["maxLength"] = row.get("shape", {}).get("maxLength", LONGEST[row["kind"]])
    for name, word in (("least", "minimum"), ("most", "maximum")):
        if row.get(name) is not None and row["kind"] in ("number", "integer"):
            shape[word] = row[name]
    if row.get("hint"):
        shape["description"] = row["hint"]
    if row.get("held"):
        shape["x-held"] = row["held"]
    return shape
