"""Reads, each with a fixed number of queries."""

from yingshang.registers.profiles.queries.held import (
    Held,
    held_fields,
    history_of,
    newest_rows,
    opened,
    opened_for,
    purpose_on,
    purposes_on,
)
from yingshang.registers.profiles.queries.safekeeping import close, open_value

__all__ = [
    "Held",
    "close",
    "held_fields",
    "history_of",
    "newest_rows",
    "open_value",
    "opened",
    "opened_for",
    "purpose_on",
    "purposes_on",
]
