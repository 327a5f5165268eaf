"""What text the database cannot hold."""

from __future__ import annotations

import unicodedata
from typing import Any


def is_dirty(text: str) -> bool:
    """Return whether the text holds a NUL or half of a surrogate pair; PostgreSQL stores neither."""
    return "\x00" in text or any(unicodedata.category(c) == "Cs" for c in text if c >= "\ud800")


def dirt_in(value: Any) -> bool:
    """Return whether parsed JSON holds dirty text anywhere, keys included."""
    if isinstance(value, str):
        return is_dirty(value)
    if isinstance(value, dict):
        return any(dirt_in(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(dirt_in(part) for part in value)
