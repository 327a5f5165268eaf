"""Making proofs: which subtrees a proof names, and their hashes (RFC 6962 sections 2.1.1 and 2.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from yingshang.methods.merkle.compact import fold
from yingshang.methods.merkle.hashing import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Node:
    """A full subtree: ``level`` 0 is a leaf; it spans leaves ``index << level`` up to the next index."""

    level: int
    index: int


class Span(NamedTuple):
    """The leaves from ``first`` up to, not including, ``end``."""

    first: int
    end: int


ReadNodes = Callable[[Sequence[Node]], Sequence[bytes]]
"""Given full subtrees, return their hashes in the same order; called once per proof."""


def inclusion_proof(index: int, size: int, read: ReadNodes) -> list[bytes]:
    """Return the proof that leaf ``index`` is in the tree of ``size`` leaves, leaf's sibling first.

    Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    return _hashes(_inclusion_spans(index, size), read)


def consistency_proof(old: int, new: int, read: ReadNodes) -> list[bytes]:
    """Return the proof that the tree of ``new`` leaves only adds to the tree of ``old`` leaves.

    Empty when ``old`` is 0 or equals ``new``. Raises ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves cannot come after one of {old}")
    return _hashes(_consistency_spans(old, new), read)


def root_at(size: int, read: ReadNodes) -> bytes:
    """Return the root of the first ``size`` leaves; EMPTY_ROOT for none."""
    return _hashes([Span(0, size)], read)[0] if size else EMPTY_ROOT


def full_subtrees(span: Span) -> list[Node]:
    """Return the full subtrees that make up a span that starts on a subtree's border, largest first."""
    nodes, first = [], span.first
    while first < span.end:
        level = (span.end - first).bit_length() - 1
        nodes.append(Node(level, first >> level))
        first += 1 << level
    return nodes


def _split(span: Span) -> int:
    """Return where RFC 6962 cuts a span: after the largest power of two smaller than its length."""
    return span.first + (1 << (span.end - span.first - 1).bit_length() - 1)


def _inclusion_spans(index: int, size: int) -> list[Span]:
    spans, here = [], Span(0, size)
    while here.end - here.first > 1:
        middle = _split(here)
        left, right = Span(here.first, middle), Span(middle, here.end)
        here, beside = (left, right) if index < middle else (right, left)
        spans.append(beside)
    return spans[::-1]


def _consistency_spans(old: int, new: int) -> list[Span]:
    if old in {0, new}:
        return []
    spans, here = [], Span(0, new)
    while here.end != old:
        middle = _split(here)
        left, right = Span(here.first, middle), Span(middle, here.end)
        here, beside = (left, right) if old <= middle else (right, left)
        spans.append(beside)
    if here.first:  # otherwise the old tree itself is a subtree, and its root is known to the verifier
        spans.append(here)
    return spans[::-1]


def _hashes(spans: list[Span], read: ReadNodes) -> list[bytes]:
    parts = [full_subtrees(span) for span in spans]
    hashes = iter(read([node for part in parts for node in part]))
    return [fold(list(islice(hashes, len(part)))) for part in parts]
