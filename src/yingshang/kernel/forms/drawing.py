"""A form as controls to draw: names, ids, words and what ties them together. The look stands in the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.formats import FORMATS, Format
from yingshang.kernel.forms.prefilled import Prefilled
from yingshang.kernel.forms.reading import PREFIX, ROWS_AT_MOST, usable, written
from yingshang.kernel.forms.schema import Field, PageOfForm, Schema, all_fields

PLAIN = Format("", str)
WIDTHS = (2, 3, 4, 5, 10, 20, 30)
NAMES = ("person-name", "signature")


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    id: str
    is_chosen: bool


@dataclass(frozen=True)
class Drawn:
    """One field ready to draw.

    id is also where an error summary leads. value is the text of a control, or
    the answer in words when it is prefilled. rows holds the drawn parts of each
    row of a table, parts those of a group.
    """

    field: Field
    name: str
    id: str
    value: str
    error: str
    hint: str
    held: Prefilled | None = None
    choices: tuple[Choice, ...] = ()
    parts: tuple[Drawn, ...] = ()
    rows: tuple[tuple[Drawn, ...], ...] = ()
    typed: Format = PLAIN
    max_length: int | None = None
    width: int = 0
    keyboard: str = ""
    lines: int = 4

    @property
    def error_id(self) -> str:
        return f"{self.id}-error" if self.error else ""

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint" if self.hint else ""

    @property
    def described_by(self) -> str:
        return " ".join(filter(None, [self.hint_id, self.error_id]))

    @property
    def is_date(self) -> bool:
        """A date picker shows nothing for what is no date, so what was typed wrongly gets a plain control."""
        return not self.value or (len(self.value) == 10 and self.value[4] == self.value[7] == "-")

    @property
    def may_be_rare(self) -> bool:
        return self.field.format in NAMES

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < min(int(self.field.shape.get("maxItems", ROWS_AT_MOST)), ROWS_AT_MOST)


@dataclass(frozen=True)
class FormDrawn:
    """What the tag ``schema_form`` draws: the fields, and each fault with the id it leads to."""

    fields: tuple[Drawn, ...]
    errors: tuple[tuple[str, str], ...]

    @property
    def has_tables(self) -> bool:
        return any(one.field.kind == "table" for one in self.fields)


def fields(
    schema: Schema,
    values: Mapping[str, Any] | None = None,
    faults: Sequence[Fault] | None = None,
    prefilled: Mapping[str, Prefilled] | None = None,
    *,
    page: PageOfForm | None = None,
) -> FormDrawn:
    """Return the form, or one page of it, ready for ``{% schema_form drawn %}``."""
    said = {fault.path: str(fault) for fault in reversed(faults or ())}
    held = usable(schema, prefilled or {})
    drawn = tuple(
        _drawn(one, one.name, (values or {}).get(one.name), said, held.get(one.name))
        for one in (page.fields if page else all_fields(schema, values or {}))
    )
    places = {path: place for one in drawn for path, place in _places(one)}
    errors = tuple(
        (str(fault), places.get(fault.path) or places.get(fault.path.split(".")[0], "")) for fault in faults or ()
    )
    return FormDrawn(drawn, errors)


def _drawn(one: Field, path: str, value: Any, said: Mapping[str, str], held: Prefilled | None = None) -> Drawn:
    own_id = "f-" + path.replace(".", "-").replace("_", "-")
    typed = FORMATS.get(one.format, PLAIN)
    hint = one.hint or (f"例如{typed.example}" if typed.example else "")
    if held is not None:
        return Drawn(one, PREFIX + path, own_id, one.shown(held.value), said.get(path, ""), "", held)
    rows: tuple[tuple[Drawn, ...], ...] = ()
    parts: tuple[Drawn, ...] = ()
    if one.kind == "table":
        rows = tuple(
            tuple(_drawn(part, f"{path}.{i}.{part.name}", row.get(part.name), said) for part in one.parts)
            for i, row in enumerate(value or [{}])
        )
    elif one.kind == "group":
        inner = value if isinstance(value, Mapping) else {}
        parts = tuple(_drawn(part, f"{path}.{part.name}", inner.get(part.name), said) for part in one.parts)
    return Drawn(
        field=one,
        name=PREFIX + path,
        id=own_id,
        value=_text(one, value),
        error=said.get(path, ""),
        hint=hint,
        choices=_choices(one, own_id, value),
        parts=parts,
        rows=rows,
        typed=typed,
        max_length=one.shape.get("maxLength") if one.kind == "lines" else None,
        width=_width(one, typed),
        keyboard=_keyboard(one, typed),
        lines=int(one.shape.get("x-lines", 4)),
    )


def _choices(one: Field, own_id: str, value: Any) -> tuple[Choice, ...]:
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    listed = ((True, one.title),) if one.kind == "tick" else one.choices
    return tuple(
        Choice(written(choice), words, own_id if place == 0 else f"{own_id}-{place + 1}", choice in chosen)
        for place, (choice, words) in enumerate(listed)
    )


def _text(one: Field, value: Any) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    if isinstance(value, bool):
        return written(value)
    return str(value)


def _width(one: Field, typed: Format) -> int:
    """Return the width class that holds the longest answer, 0 for the full width."""
    longest = typed.width if one.format in FORMATS else 10 if one.kind == "number" else one.shape.get("maxLength", 99)
    return next((width for width in WIDTHS if width >= longest), 0)


def _keyboard(one: Field, typed: Format) -> str:
    if one.kind == "number":
        return "numeric" if one.shape.get("type") == "integer" else "decimal"
    return typed.keyboard


def _places(one: Drawn) -> list[tuple[str, str]]:
    own = [(one.name.removeprefix(PREFIX), one.id)]
    for part in (*one.parts, *(part for row in one.rows for part in row)):
        own += _places(part)
    return own
