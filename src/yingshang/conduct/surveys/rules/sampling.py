"""Who is asked: kinds, strata and clusters large enough to hide in, sizes, and the numbers a draw knows parties by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

STRATA = {"enterprise": "企业", "household": "个体工商户", "cooperative": "农民专业合作社"}
"""The kinds of market entities that the register of parties tells apart."""
KIND = "kind"
"""The attribute that every roll has: the kind of the party."""
EARLIEST = date(1949, 10, 1)
"""No record is older."""
MOST_STRATA = 60
MOST_CLUSTERS = 600
LONGEST_TITLE = 80
UNKNOWN = "-"  # the key of those of whom the roll does not know the attribute
NUMBER_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class FrameAsked:
    """Which frame is asked for. roll: its code. layered_by, grouped_by: attributes; the second empty without clusters.

    skip_asked: leave out whoever was sent this questionnaire before.
    """

    roll: str = "parties.register"
    kinds: tuple[str, ...] = ()
    layered_by: str = KIND
    grouped_by: str = ""
    dealt_from: date | None = None
    dealt_to: date | None = None
    skip_asked: bool = False


def gathered(counts: Mapping[str, int], least: int) -> list[tuple[str, ...]]:
    """Return the parts, each of at least ``least`` parties where there are as many: small ones are put together.

    Nobody can hide in a part of three. Small parts are joined in the order of
    their keys until they are large enough; what is left over goes to the
    smallest part there is.

    >>> gathered({"a": 30, "b": 4, "c": 7, "d": 3}, 10)
    [('a',), ('b', 'c', 'd')]
    """
    parts: list[tuple[str, ...]] = [(key,) for key in sorted(counts) if counts[key] >= least]
    waiting: list[str] = []
    for key in sorted(key for key in counts if counts[key] < least):
        waiting.append(key)
        if sum(counts[each] for each in waiting) >= least:
            parts.append(tuple(waiting))
            waiting = []
    if waiting and parts:
        smallest = min(parts, key=lambda part: (sum(counts[each] for each in part), part))
        parts[parts.index(smallest)] = (*smallest, *waiting)
    elif waiting:
        parts.append(tuple(waiting))
    return sorted(parts)


def key_of(part: Sequence[str]) -> str:
    """Return the key of parts that were put together: the first, and how many others. Never empty: that is everybody.

    >>> key_of(("", "a", "b")), key_of(("a",))
    ('-+2', 'a')
    """
    first = part[0] or UNKNOWN
    return first if len(part) == 1 else f"{first}+{len(part) - 1}"


def title_of(part: Sequence[str], titles: Mapping[str, str]) -> str:
    """Return the title of parts that were put together.

    >>> title_of(("a", "b"), {"a": "企业", "b": "合作社"})
    '企业、合作社'
    """
    words = "、".join(titles.get(key, key) for key in part)
    return words if len(words) <= LONGEST_TITLE else f"{titles.get(part[0], part[0])[:60]}等{len(part)}个"


def cluster_key(number: str) -> str:
    """Return the key of a cluster in a design, apart from the keys of strata."""
    return f"#{number}"


def number_of(salt: UUID, public_id: UUID) -> str:
    """Return what a draw knows a party by: SHA-256 of salt and public id, 160 bits of it in capitals.

    Published without the salt it says nothing of the party; with it anybody
    can check that this number was this party's and no other's.
    """
    return hashlib.sha256(f"{salt}|{public_id}".encode()).hexdigest()[:NUMBER_LENGTH].upper()
