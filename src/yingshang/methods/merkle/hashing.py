"""The two hashes everything is made of (RFC 6962 section 2.1, SHA-256)."""

from __future__ import annotations

from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the 32-byte hash of a leaf: SHA-256 of 0x00 and the entry.

    The leading byte keeps leaves and nodes apart; without it a node could be
    passed off as a leaf (second preimage).
    """
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of an inner node: SHA-256 of 0x01 and its two children."""
    return sha256(b"\x01" + left + right).digest()
