"""What a unit names as its problems, beside what the records say, area by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BOTH, SEEN_ONLY, NAMED_ONLY = "both", "seen_only", "named_only"
TITLES = {BOTH: "单位列了，记录里也有", SEEN_ONLY: "记录里有，单位没有列", NAMED_ONLY: "单位列了，记录里没有"}


@dataclass(frozen=True)
class Seen:
    """What the records say of a unit in an area: of one sort, how many, and where to look."""

    sort: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class Compared:
    """One area: what the unit named, what the records say, and which of the three it is."""

    area: str
    named: tuple[str, ...]
    seen: tuple[Seen, ...]
    verdict: str = field(default="")

    @property
    def title(self) -> str:
        """The verdict in words."""
        return TITLES[self.verdict]


def compared(
    areas: Iterable[str], named: Mapping[str, Iterable[str]], seen: Mapping[str, Iterable[Seen]]
) -> list[Compared]:
    """Return each area with something in it: first what was not named though it is seen, then both, then named only.

    A sort that counts nothing is not seen.

    >>> named, seen = {"a": ["x"], "b": ["y"]}, {"a": [Seen("超期", 2)], "c": [Seen("反映", 1)]}
    >>> [row.verdict for row in compared(["a", "b", "c"], named, seen)]
    ['seen_only', 'both', 'named_only']
    """
    rows = []
    for area in areas:
        own = tuple(named.get(area, ()))
        found = tuple(each for each in seen.get(area, ()) if each.count)
        if own or found:
            verdict = BOTH if own and found else SEEN_ONLY if found else NAMED_ONLY
            rows.append(Compared(area, own, found, verdict))
    ordered = [SEEN_ONLY, BOTH, NAMED_ONLY]
    return sorted(rows, key=lambda row: ordered.index(row.verdict))
