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
from yingshang.registers.profiles.queries.seen import (
    answered_on_time_rate,
    objections_of,
    objections_to,
    reader_of,
    readings_counted,
    readings_of,
    readings_seen,
)

__all__ = [
    "Held",
    "answered_on_time_rate",
    "close",
    "held_fields",
    "history_of",
    "newest_rows",
    "objections_of",
    "objections_to",
    "open_value",
    "opened",
    "opened_for",
    "purpose_on",
    "purposes_on",
    "reader_of",
    "readings_counted",
    "readings_of",
    "readings_seen",
]
