"""``{% load schema_forms %}{% schema_errors drawn %}<form …>{% schema_form drawn %}</form>``."""

from __future__ import annotations

from typing import Any

from django import template

from yingshang.kernel.forms.drawing import FormDrawn

register = template.Library()


@register.inclusion_tag("web/tags/error_summary.html")
def schema_errors(drawn: FormDrawn) -> dict[str, Any]:
    """List what is wrong, each line leading to its field; nothing when all is well. Stands above the heading."""
    return {"errors": drawn.errors}


@register.inclusion_tag("forms/form.html")
def schema_form(drawn: FormDrawn) -> dict[str, Any]:
    """Draw the fields. drawn: from ``forms.fields``. The page brings form element, token and buttons."""
    return {"fields": drawn.fields, "has_tables": drawn.has_tables}
