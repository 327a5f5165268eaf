"""The older way to draw (RFC 3797, 2004): the whole result from public numbers, nothing secret.

Kept for draws that were announced this way and for its published example. It
foretells every pick to everybody as soon as the numbers are out, and one name
more or less in the pool moves all later picks.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5


def key_string(sources: Sequence[Sequence[int]]) -> str:
    """Return the key of section 4: each source's numbers sorted, ``2.5.8.``, closed by ``/``."""
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def digests(key: str, count: int) -> list[str]:
    """Return the first ``count`` MD5 digests, hex: of index, key, index, the index as two bytes."""
    result = []
    for index in range(count):
        edge = index.to_bytes(2, "big")
        result.append(md5(edge + key.encode("ascii") + edge, usedforsecurity=False).hexdigest())
    return result


def select(sources: Sequence[Sequence[int]], pool: Sequence[str], wanted: int) -> list[str]:
    """Return ``wanted`` of the pool in the order selected; all of it when it is smaller.

    pool: in the order it was published with; numbers are taken modulo what remains of it.
    """
    rest = list(pool)
    hashes = digests(key_string(sources), min(wanted, len(rest)))
    return [rest.pop(int(hashed, 16) % len(rest)) for hashed in hashes]
