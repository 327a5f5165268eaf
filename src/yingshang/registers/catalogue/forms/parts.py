"""Django forms made from a short description of what a part of an item holds, and back to plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

Words = Any
"""A text, or one that is translated when it is shown."""
Choices = Sequence[tuple[str, str]]
LONGEST = {"text": 200, "long": 2000, "lines": 2000, "code": 60}
BOXES = ("many", "applies")
AS_DEFAULT: Mapping[str, Any] = {"text": "", "long": "", "code": "", "one": "", "lines": [], "many": [], "applies": {}}


@dataclass(frozen=True)
class Part:
    """One field of a page. path: where its value stands, ``result.title``.

    kind: ``text``, ``long``, ``lines`` (one entry a line), ``number``,
    ``yes``, ``one`` (of ``choices``), ``many``, ``applies`` (question:answer
    boxes), ``date``, ``code``. choices: name of a list of choices that the
    page provides. default: what is shown where nothing is written.
    """

    path: str
    label: Words
    kind: str = "text"
    hint: Words = ""
    choices: str = ""
    required: bool = False
    default: Any = None


@dataclass(frozen=True)
class Offered:
    """The lists of choices that the fields of a page offer, by name."""

    lists: Mapping[str, Choices]

    def of(self, name: str) -> Choices:
        """Return the choices of a list."""
        return self.lists.get(name, ())


class PartForm(forms.Form):
    """The form of a page; ``values`` turns what was typed back into plain data."""

    def __init__(self, parts: Sequence[Part], offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A question that nothing can answer is not asked: no situations yet, no row on a list.
        self.parts = [part for part in parts if part.kind not in BOXES or offered.of(part.choices)]
        for part in self.parts:
            self.fields[name_of(part)] = MAKERS[part.kind](part, offered)

    def values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return the plain data with what was typed put in; what is empty is left out, so that the default holds."""
        data: dict[str, Any] = {**before}
        for part in self.parts:
            _put(data, part.path.split("."), _plain(part, self.cleaned_data[name_of(part)]), part)
        return data


def name_of(part: Part) -> str:
    """Return the name of a part's field in the form."""
    return part.path.replace(".", "-")


def initial_of(parts: Sequence[Part], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields show at first."""
    found = {}
    for part in parts:
        value: Any = data
        for step in part.path.split("."):
            value = (value or {}).get(step) if isinstance(value, Mapping) else None
        if value is None:
            value = part.default
        if part.kind == "lines":
            value = "\n".join(value or ())
        if part.kind == "applies":
            value = [f"{question}:{answer}" for question, answers in (value or {}).items() for answer in answers]
        found[name_of(part)] = value
    return found


def _plain(part: Part, value: Any) -> Any:
    if part.kind == "lines":
        return [line.strip() for line in (value or "").splitlines() if line.strip()]
    if part.kind == "applies":
        wanted: dict[str, list[str]] = {}
        for each in value:
            question, _, answer = each.partition(":")
            wanted.setdefault(question, []).append(answer)
        return wanted
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def _put(data: dict[str, Any], way: list[str], value: Any, part: Part) -> None:
    *outer, last = way
    for step in outer:
        data[step] = {**(data.get(step) or {})}
        data = data[step]
    is_empty = value is None or (part.kind in AS_DEFAULT and value == AS_DEFAULT[part.kind] and not part.default)
    if is_empty and not part.required:
        data.pop(last, None)
    else:
        data[last] = value


def _words(part: Part) -> dict[str, Any]:
    return {"label": part.label, "help_text": part.hint, "required": part.required}


def _text(part: Part, _: Offered) -> forms.Field:
    return forms.CharField(max_length=LONGEST[part.kind], **_words(part))


def _long(part: Part, _: Offered) -> forms.Field:
    rows = {"rows": 3 if part.kind == "long" else 4}
    return forms.CharField(max_length=LONGEST[part.kind], widget=forms.Textarea(attrs=rows), **_words(part))


def _number(part: Part, _: Offered) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=999, **_words(part))


def _decimal(part: Part, _: Offered) -> forms.Field:
    return forms.FloatField(min_value=-1e9, max_value=1e9, **_words(part))


def _yes(part: Part, _: Offered) -> forms.Field:
    return forms.BooleanField(label=part.label, help_text=part.hint, required=False)


def _one(part: Part, offered: Offered) -> forms.Field:
    choices = list(offered.of(part.choices))
    if not part.required:
        choices = [("", "——"), *choices]
    widget = forms.RadioSelect if part.required and len(choices) <= 5 else forms.Select
    return forms.ChoiceField(choices=choices, widget=widget, **_words(part))


def _many(part: Part, offered: Offered) -> forms.Field:
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=list(offered.of(part.choices)), widget=boxes, **_words(part))


def _date(part: Part, _: Offered) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **_words(part))


MAKERS: Mapping[str, Callable[[Part, Offered], forms.Field]] = {
    "text": _text,
    "code": _text,
    "long": _long,
    "lines": _long,
    "number": _number,
    "decimal": _decimal,
    "yes": _yes,
    "one": _one,
    "many": _many,
    "applies": _many,
    "date": _date,
}
