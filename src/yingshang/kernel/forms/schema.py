"""A schema as the fields of a form. What a schema may say stands in ``docs/kernel/forms.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yingshang.kernel.forms.formats import FORMATS

Schema = Mapping[str, Any]

RADIOS_AT_MOST = 7  # longer than that, a list that opens is quicker to read
ONE_LINE = 200  # characters; a text that may be longer gets several lines


@dataclass(frozen=True)
class Field:
    """One field as it is asked.

    name: the key in the values. kind: text, lines, number, date, radios, select,
    checkboxes, tick (one box), table, group. shape: the schema of the value.
    choices: value and words of each answer. parts: the fields of a row or a group.
    when: other fields of the form and the answers under which this one is asked.
    """

    name: str
    title: str
    kind: str
    shape: Schema
    required: bool = False
    hint: str = ""
    unit: str = ""
    held: str = ""
    format: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    parts: tuple[Field, ...] = ()
    when: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def shown(self, value: Any) -> str:
        """Return a value in words: the words of a choice, 是 or 否, a number with its unit; empty for none."""
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, list):
            return "、".join(self.shown(one) for one in value)
        words = next((words for choice, words in self.choices if choice == value), "")
        if words:
            return words
        if self.kind == "date" and isinstance(value, str) and len(value) == 10 and value[4] == "-":
            year, month, day = value.split("-")
            return f"{int(year)}年{int(month)}月{int(day)}日"
        return f"{value}{self.unit}"


@dataclass(frozen=True)
class PageOfForm:
    """The fields asked on one page. title is empty when the form has one page only."""

    number: int
    title: str
    hint: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.fields)


def pages(schema: Schema, values: Mapping[str, Any] | None = None) -> tuple[PageOfForm, ...]:
    """Return the pages of a form in the order of its ``order``.

    ``order`` is a list of names (one page) or of ``{title, hint, fields}``;
    without it the properties are asked as they are written. values: answers so
    far; fields they rule out, and pages without a field left, are left out.
    """
    properties = schema.get("properties", {})
    listed = schema.get("order") or list(properties)
    if all(isinstance(entry, str) for entry in listed):
        listed = [{"title": "", "fields": listed}]
    required = schema.get("required", ())
    found: list[PageOfForm] = []
    for entry in listed:
        asked = tuple(
            one
            for name in entry["fields"]
            if name in properties
            for one in [schema_field(name, properties[name], required=name in required)]
            if values is None or is_asked(one, values)
        )
        if asked:
            found.append(PageOfForm(len(found) + 1, entry.get("title", ""), entry.get("hint", ""), asked))
    return tuple(found)


def all_fields(schema: Schema, values: Mapping[str, Any] | None = None) -> tuple[Field, ...]:
    """Return the fields of all pages."""
    return tuple(one for page in pages(schema, values) for one in page.fields)


def is_asked(one: Field, values: Mapping[str, Any]) -> bool:
    """Return whether the answers so far leave a field in; an answer not given yet leaves it in."""
    return all(values.get(other) is None or values[other] in allowed for other, allowed in one.when.items())


def schema_field(name: str, shape: Schema, *, required: bool = False) -> Field:
    """Return the field that a property describes."""
    kind, choices = _kind(shape)
    inner = shape.get("items", {}) if kind == "table" else shape
    parts = (
        tuple(
            schema_field(part, inner["properties"][part], required=part in inner.get("required", ()))
            for part in inner.get("order") or inner.get("properties", {})
            if part in inner.get("properties", {})
        )
        if kind in ("table", "group")
        else ()
    )
    return Field(
        name=name,
        title=str(shape.get("title", name)),
        kind=kind,
        shape=shape,
        required=required,
        hint=str(shape.get("description", "")),
        unit=str(shape.get("x-unit", "")),
        held=str(shape.get("x-held", "")),
        format=str(shape.get("format", "")),
        choices=choices,
        parts=parts,
        when=shape.get("x-when", {}),
    )


def choices_of(shape: Schema) -> tuple[tuple[Any, str], ...]:
    """Return value and words of the answers a schema lists: ``oneOf`` of const and title, or ``enum``."""
    if "oneOf" in shape:
        return tuple((one["const"], str(one.get("title", one["const"]))) for one in shape["oneOf"] if "const" in one)
    return tuple((one, str(one)) for one in shape.get("enum", ()))


def _kind(shape: Schema) -> tuple[str, tuple[tuple[Any, str], ...]]:
    choices = choices_of(shape)
    said = shape.get("type")
    if said == "boolean":
        return ("tick", ()) if shape.get("const") is True else ("radios", ((True, "是"), (False, "否")))
    if said == "array":
        inner = shape.get("items", {})
        listed = choices_of(inner) if isinstance(inner, Mapping) else ()
        return ("checkboxes", listed) if listed else ("table", ())
    if said == "object":
        return "group", ()
    if choices:
        return ("radios" if len(choices) <= RADIOS_AT_MOST else "select"), choices
    if said in ("integer", "number"):
        return "number", ()
    if shape.get("format") == "date":
        return "date", ()
    long = shape.get("x-lines") or shape.get("maxLength", 0) > ONE_LINE
    return ("lines" if long and shape.get("format") not in FORMATS else "text"), ()
