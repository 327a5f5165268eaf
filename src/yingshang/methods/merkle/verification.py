"""Checking proofs with nothing but hashes (RFC 9162 sections 2.1.3.2 and 2.1.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from yingshang.methods.merkle.hashing import HASH_SIZE, node_hash


def verify_inclusion(*, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the proof shows that ``leaf`` is leaf ``index`` of the tree of ``size`` leaves under ``root``.

    leaf: the leaf's hash, not its bytes. Anything malformed is False, never an error.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    here, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            hashed = node_hash(sibling, hashed)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and hashed == root


def verify_consistency(*, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether the proof shows that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    An empty old tree is consistent with every tree, and a tree with itself;
    both need an empty proof. Anything malformed is False, never an error.
    """
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not proof and (old != new or old_root == new_root)
    if not proof or not _are_hashes(old_root, new_root, *proof):
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    path = list(proof) if here else [old_root, *proof]
    old_side = new_side = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_side, new_side = node_hash(sibling, old_side), node_hash(sibling, new_side)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new_side = node_hash(new_side, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and old_side == old_root and new_side == new_root


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
