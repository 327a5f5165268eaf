"""What came from a page, made plain and judged. Nothing typed is lost: what does not fit comes back as typed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.formats import FORMATS
from yingshang.kernel.forms.judging import judge
from yingshang.kernel.forms.prefilled import Prefilled, laid_over
from yingshang.kernel.forms.rare import by_number
from yingshang.kernel.forms.schema import Field, PageOfForm, Schema, all_fields, is_asked

PREFIX = "f."  # before each name in a posted form, so that no field collides with a token of the page
ROWS_AT_MOST = 200
LARGEST = 10**15
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
# Marks that nobody types on purpose: zero width, direction, byte order; line breaks and tabs are looked at apart.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class Answers:
    """Answers as they were read.

    values: what fits in its stored form; what does not fit as it was typed, so that a page can show it again.
    faults: what is wrong. asks_again: the person asked for one row more or one row less, so the
    page is drawn again and nothing is judged.
    """

    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    asks_again: bool = False

    @property
    def are_good(self) -> bool:
        return not self.faults and not self.asks_again


def read(
    schema: Schema,
    posted: Mapping[str, Any],
    *,
    prefilled: Mapping[str, Prefilled] | None = None,
    page: PageOfForm | None = None,
    so_far: Mapping[str, Any] | None = None,
) -> Answers:
    """Return the answers of a posted page, cleaned and judged.

    posted: ``request.POST`` or a mapping of ``f.name`` to text (or a list of
    texts). prefilled: held values; they win over whatever was posted. page:
    only its fields are read and judged. so_far: answers of the other pages;
    those that the new answers rule out are dropped.
    """
    held = usable(schema, prefilled or {})
    fields = page.fields if page else all_fields(schema)
    values = dict(so_far or {})
    asks_again = False
    for one in fields:
        raw = _raw(one, posted, PREFIX + one.name)
        if one.kind == "table":
            raw, changed = _rows_asked(one, raw, posted)
            asks_again = asks_again or changed
        value = tidy(one, raw, keep_empty_rows=asks_again)
        if value is None:
            values.pop(one.name, None)
        else:
            values[one.name] = value
    values = laid_over(values, held)
    for one in all_fields(schema):
        if not is_asked(one, values):
            values.pop(one.name, None)
    if asks_again:
        return Answers(values, asks_again=True)
    names = {one.name for one in fields} if page else None
    faults = [fault for fault in judge(schema, values) if names is None or fault.path.split(".")[0] in names]
    return Answers(values, faults)


def take(schema: Schema, values: Mapping[str, Any], *, prefilled: Mapping[str, Prefilled] | None = None) -> Answers:
    """Return answers given as data, over the API or from a sheet: cleaned and judged like a posted form.

    A field the form does not have is left out.
    """
    given = {one.name: tidy(one, values.get(one.name)) for one in all_fields(schema)}
    found = {name: value for name, value in given.items() if value is not None}
    found = laid_over(found, usable(schema, prefilled or {}))
    for one in all_fields(schema):
        if not is_asked(one, found):
            found.pop(one.name, None)
    return Answers(found, judge(schema, found))


def usable(schema: Schema, prefilled: Mapping[str, Prefilled]) -> dict[str, Prefilled]:
    """Return the prefilled values that fit their field; one that does not is asked like any other."""
    fields = {one.name: one for one in all_fields(schema)}
    return {
        name: held
        for name, held in prefilled.items()
        if name in fields
        and held.value not in (None, "")
        and not judge(
            {"type": "object", "properties": {name: {**fields[name].shape, "x-when": {}}}}, {name: held.value}
        )
    }


def tidy(one: Field, raw: Any, *, keep_empty_rows: bool = False) -> Any:
    """Return a raw answer in its stored form, as it is when it cannot be read, None when there is none."""
    if one.kind == "table":
        listed = raw[:ROWS_AT_MOST] if isinstance(raw, list) else []
        rows = [_parts(one, row) for row in listed if isinstance(row, Mapping)]
        return [row for row in rows if row or keep_empty_rows] or None
    if one.kind == "group":
        return _parts(one, raw if isinstance(raw, Mapping) else {}) or ({} if one.required else None)
    if one.kind == "checkboxes":
        picked = raw if isinstance(raw, list) else [raw]
        return [_choice(one, text) for text in picked if _is_plain(text) and text != ""] or None
    text = raw[-1] if isinstance(raw, list) and raw else raw
    if not _is_plain(text):
        return None
    if not isinstance(text, str):
        return text
    plain = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return _read(one, plain) if plain else None


def _is_plain(value: Any) -> bool:
    """Return whether something is one value that can be stored: text, yes or no, a number of usual size."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < LARGEST)


def _read(one: Field, plain: str) -> Any:
    if one.kind in ("radios", "select", "tick"):
        return _choice(one, plain)
    if one.kind == "number":
        return _number(one, plain)
    if one.format in ("person-name", "signature"):
        plain = by_number(plain)
    if one.format in FORMATS:
        try:
            return FORMATS[one.format].check(plain)
        except ValueError:
            return plain
    plain = by_number(plain) if "U+" in plain.upper() else plain
    return plain if one.kind == "lines" else re.sub(r"\s*\n\s*", " ", plain)


def _choice(one: Field, text: Any) -> Any:
    """Return the choice that a posted text names; booleans and numbers are posted as text too."""
    if one.kind == "tick":
        return text in ("true", "on", "1", True)
    return next((choice for choice, _ in one.choices if written(choice) == text or choice == text), text)


def written(choice: Any) -> str:
    """Return a choice as the value of a form control."""
    return {True: "true", False: "false"}[choice] if isinstance(choice, bool) else str(choice)


def _number(one: Field, plain: str) -> Any:
    text = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", plain)).removesuffix(one.unit or "\x00")
    if not NUMBER.fullmatch(text):
        return plain
    number = float(text)
    return int(number) if number.is_integer() else number


def _parts(one: Field, raw: Mapping[str, Any]) -> dict[str, Any]:
    found = {part.name: tidy(part, raw.get(part.name)) for part in one.parts}
    return {name: value for name, value in found.items() if value is not None}


def _raw(one: Field, posted: Mapping[str, Any], name: str) -> Any:
    if one.kind == "group":
        return {part.name: _raw(part, posted, f"{name}.{part.name}") for part in one.parts}
    if one.kind == "table":
        numbers = {
            int(key[len(name) + 1 :].split(".")[0])
            for key in posted
            if key.startswith(f"{name}.") and key[len(name) + 1 :].split(".")[0].isdecimal()
        }
        return [
            {part.name: _raw(part, posted, f"{name}.{number}.{part.name}") for part in one.parts}
            for number in sorted(numbers)[:ROWS_AT_MOST]
        ]
    return _posted(posted, name, several=one.kind == "checkboxes")


def _posted(posted: Mapping[str, Any], name: str, *, several: bool) -> Any:
    if several and hasattr(posted, "getlist"):
        return posted.getlist(name)
    return posted.get(name)


def _rows_asked(one: Field, rows: Sequence[Any], posted: Mapping[str, Any]) -> tuple[list[Any], bool]:
    """Return the rows after a press on "one row more" or "delete this row", and whether one was pressed."""
    kept = list(rows)
    if _posted(posted, "add", several=False) == one.name:
        return [*kept, {}][:ROWS_AT_MOST], True
    name, _, number = str(_posted(posted, "drop", several=False) or "").rpartition(".")
    if name == one.name and number.isdecimal() and int(number) < len(kept):
        del kept[int(number)]
        return kept, True
    return kept, False
