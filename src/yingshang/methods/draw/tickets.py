"""Tickets: everybody gets a number nobody could choose, the smallest are drawn.

Codes, key and tickets are those of draft-thomson-elegy-vrs: a chain of SHA-256,
HKDF-Extract of the randomness under the code, HKDF-Expand of a label. Adding or
striking one label never moves the others.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256
from heapq import nsmallest

CODE_SIZE = 32


def chain(secret: bytes, length: int = 2) -> tuple[bytes, ...]:
    """Return the codes h_1 … h_length of a secret: the last is committed to, the one before it draws."""
    codes = [sha256(secret).digest()]
    while len(codes) < length:
        codes.append(sha256(codes[-1]).digest())
    return tuple(codes)


def key(code: bytes, randomness: str | bytes) -> bytes:
    """Return the key of a draw: HMAC-SHA256 of the randomness string under the code."""
    return hmac.digest(code, randomness if isinstance(randomness, bytes) else randomness.encode(), "sha256")


def ticket(key: bytes, label: str) -> bytes:
    """Return a label's ticket, 32 bytes."""
    return hmac.digest(key, label.encode() + b"\x01", "sha256")


def in_order(key: bytes, prefix: str, ids: Sequence[str], first: int) -> list[str]:
    """Return the ``first`` of the ids, by their tickets. One HMAC for each id."""
    start, draw = prefix.encode(), hmac.digest
    tickets = [draw(key, start + one.encode() + b"\x01", "sha256") for one in ids]
    return [one for _, one in nsmallest(first, zip(tickets, ids, strict=True))]
