"""``{% load charts %}``: drawings as text that is safe to print."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def drawn(svg: str) -> SafeString:
    """Print a drawing of ``rules.drawing``, whose texts are escaped where it is made."""
    return mark_safe(svg)
