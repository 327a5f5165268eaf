"""The right edge of a growing tree: all that is needed to add to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Self

from yingshang.methods.merkle.hashing import EMPTY_ROOT, HASH_SIZE, node_hash


@dataclass
class CompactRange:
    """The roots of the full subtrees that make up a tree, largest first.

    A tree of n leaves has one full subtree for each bit set in n, so a million
    leaves need at most 20 hashes (640 bytes) to go on from.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash. Return the subtree roots it completed, smallest first.

        The first is the leaf itself; the n-th is the root of the full subtree
        of 2**n leaves that ends with it.
        """
        completed = [leaf]
        edge = self.size
        while edge & 1:
            completed.append(node_hash(self.peaks.pop(), completed[-1]))
            edge >>= 1
        self.peaks.append(completed[-1])
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes]) -> Self:
        """Add leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)
        return self

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        return fold(self.peaks) if self.peaks else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """Return the subtree roots one after the other, 32 bytes each."""
        return b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, size: int, peaks: bytes) -> Self:
        """Read what ``to_bytes`` wrote. Raises ValueError when the two do not fit together."""
        if size < 0 or len(peaks) != HASH_SIZE * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} subtrees, got {len(peaks)} bytes")
        return cls(size, [peaks[at : at + HASH_SIZE] for at in range(0, len(peaks), HASH_SIZE)])


def fold(peaks: list[bytes]) -> bytes:
    """Return the hash over neighboring subtrees, largest first: the small ones are joined first."""
    return reduce(lambda right, left: node_hash(left, right), reversed(peaks[:-1]), peaks[-1])


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a tree, given its leaf hashes in order; EMPTY_ROOT for none."""
    return CompactRange().extend(leaves).root()
