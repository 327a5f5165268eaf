"""Django's forms in our markup: label, hint, error, field, in this order and tied together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
CLASSES: list[tuple[type[forms.Widget], str, str]] = [
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.SelectMultiple, "select", "govuk-select"),
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.Select, "select", "govuk-select"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.Widget, "input", "govuk-input"),
]


@dataclass(frozen=True)
class Drawn:
    """A field ready to draw: which markup, its control, and the ids that tie its words to it."""

    bound: forms.BoundField
    markup: str
    control: str
    id: str
    hint_id: str
    error_id: str
    errors: list[str]
    is_required: bool


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of choices offer these. Raises TypeError for a field that offers none."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


def prepared(form: forms.BaseForm, names: Sequence[str]) -> list[Drawn]:
    """Return the visible fields in the form's order, or those named in that order."""
    fields = [form[name] for name in names] if names else form.visible_fields()
    return [_drawn(form, bound) for bound in fields]


def _drawn(form: forms.BaseForm, bound: forms.BoundField) -> Drawn:
    widget = bound.field.widget
    markup, css = next((kind, css) for base, kind, css in CLASSES if isinstance(widget, base))
    own_id = bound.auto_id or bound.html_name
    hint_id = f"{own_id}-hint" if bound.help_text else ""
    error_id = f"{own_id}-error" if bound.errors else ""
    classes = [
        css,
        widget.attrs.get("class", ""),
        f"{css}--error" if bound.errors and markup in ("input", "textarea", "select", "file") else "",
    ]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if markup not in ("radios", "checkboxes"):
        described = " ".join(filter(None, [hint_id, error_id]))
        if described:
            attrs["aria-describedby"] = described
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    if isinstance(widget, forms.NumberInput):
        attrs["inputmode"] = "numeric"
    control = "" if markup in ("radios", "checkboxes") else bound.as_widget(attrs=attrs)
    return Drawn(bound, markup, control, own_id, hint_id, error_id, words_of(bound), bound.field.required)


def words_of(bound: forms.BoundField) -> list[str]:
    """Return the errors of a field as sentences that say what to do, the field named."""
    choosing = isinstance(bound.field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple))
    words: list[str] = []
    for error in bound.errors.as_data():
        if error.code != "required":
            words.extend(str(message) for message in error.messages)
        elif isinstance(bound.field.widget, forms.CheckboxInput):
            words.append(_("请勾选“%(label)s”。") % {"label": bound.label})
        elif isinstance(bound.field.widget, forms.FileInput):
            words.append(_("请选择文件：%(label)s。") % {"label": bound.label})
        else:
            words.append((_("请选择%(label)s。") if choosing else _("请填写%(label)s。")) % {"label": bound.label})
    return words


def error_links(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (sentence, id of the control) of each error, the form's own errors first and without id."""
    if not form.is_bound:
        return []
    links = [(str(error), "") for error in form.non_field_errors()]
    for bound in form:
        first = f"{bound.auto_id}_0" if isinstance(bound.field.widget, GROUPS) else str(bound.auto_id)
        links += [(words, first) for words in words_of(bound)]
    return links
