"""From a slice to the address of the list behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from yingshang.oversight.dashboards.rules import Slice


def address_of(chosen: Slice) -> str:
    """Return where the duties of a slice are listed."""
    query = urlencode(chosen.query)
    return reverse("dashboards:duties") + (f"?{query}" if query else "")
