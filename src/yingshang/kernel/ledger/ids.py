"""Entry ids: random, and sorted by the time they were made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a new id: 48 bits of milliseconds, 12 bits of their fraction, 62 random bits.

    Sorting waiting entries by id keeps the order they were made in, within
    what the machine's clock can tell.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    return UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62))
