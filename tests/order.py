"""In which order a shared round runs: what takes long comes first, so that no processor waits for the last test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

LONG = (
    "tests/browser/test_every_page.py",
    "tests/launch/test_running.py",
    "tests/pages/test_hostile_addresses.py",
    "tests/launch/test_adding_a_capability.py",
    "tests/launch/test_trouble.py",
    "tests/browser/",
)
"""Files and folders that take longest, the longest first."""

Item = TypeVar("Item")


def long_ones_first(items: Sequence[Item], shares: int, place_of: Callable[[Item], str]) -> list[Item]:
    """Return the items so that each share, which begins with an equal stretch of them, begins with long ones.

    shares: how many processes share the round. place_of: the file of an item.
    A file stays in one stretch: its tests share a site or a browser.
    """
    found: list[list[Item]] = [[] for _ in LONG]
    others: list[Item] = []
    for item in items:
        rank = next((rank for rank, place in enumerate(LONG) if place_of(item).startswith(place)), None)
        (others if rank is None else found[rank]).append(item)
    stretches: list[list[Item]] = [[] for _ in range(shares)]
    for turn, ones in enumerate(found):  # there and back again, so that the first share does not get all the longest
        forth = turn % (2 * shares)
        stretches[min(forth, 2 * shares - 1 - forth)] += ones
    rest = iter(others)
    for place, stretch in enumerate(stretches):
        size = len(items) * (place + 1) // shares - len(items) * place // shares
        stretch += islice(rest, max(0, size - len(stretch)))
    return [*(item for stretch in stretches for item in stretch), *rest]
