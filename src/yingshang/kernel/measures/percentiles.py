"""Percentiles by one definition, the same on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Number = TypeVar("Number", bound=Any)


def percentile(values: Sequence[Number], percent: int) -> Number | None:
    """Return the nearest-rank percentile: the smallest value that at least so many percent do not exceed.

    It is always one of the values, never between two of them, so that databases
    that sample or interpolate cannot differ from it; PostgreSQL's
    ``percentile_disc`` gives the same. None for no values.

    values: in any order. percent: 1 to 100. Raises ValueError otherwise.

    >>> percentile([15, 20, 35, 40, 50], 30), percentile([15, 20, 35, 40, 50], 50), percentile([], 50)
    (20, 35, None)
    """
    if not 1 <= percent <= 100:
        raise ValueError(f"percent must be 1 to 100, got {percent}")
    ordered = sorted(values)
    # Rank ceil(percent / 100 × n), in whole numbers: 0.07 × 100 is 7.000000000000001 as a float.
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None
