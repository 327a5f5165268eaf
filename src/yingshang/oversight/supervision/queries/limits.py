"""Limits of the county and the nation as sentences say them."""

from __future__ import annotations

from datetime import date

from yingshang.kernel import clock
from yingshang.oversight.supervision.rules.wording import limit_words


def limit_in_words(code: str, on: date) -> str:
    """Return how long a limit is, ``30日`` or ``3个工作日``. Raises NotFound; ValueError for one that is a range."""
    limit = clock.limit_on(code, on)
    if limit.amount is None:
        raise ValueError(f"{code} has no fixed length")
    return limit_words(limit.amount, limit.unit)
