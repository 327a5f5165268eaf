"""RFC 6962 trees and the C2SP files around them: hashes, proofs, tiles, signed checkpoints.

A tree is a list of leaves, each the SHA-256 of some bytes; its root commits to
every leaf and to their order. With the root alone a stranger can check that a
leaf is in the tree (inclusion) and that a later tree only added to an earlier
one (consistency). Nothing here reads a clock, a file or a database: who stores
hashes hands in a function that reads them.
"""

from yingshang.methods.merkle.audit import Finding, Read, audit
from yingshang.methods.merkle.checkpoints import Checkpoint
from yingshang.methods.merkle.compact import CompactRange, root
from yingshang.methods.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash
from yingshang.methods.merkle.notes import NoteProblem, Signer, Verifier, open_note
from yingshang.methods.merkle.proof_file import ProofFile, ProofProblem
from yingshang.methods.merkle.proofs import Node, ReadNodes, consistency_proof, inclusion_proof, root_at
from yingshang.methods.merkle.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    Tile,
    bundle,
    entries_of,
    hashes_of,
    node_from_tiles,
    tile_at,
    tiles_for,
    tiles_of,
)
from yingshang.methods.merkle.verification import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "TILE_HEIGHT",
    "TILE_WIDTH",
    "Checkpoint",
    "CompactRange",
    "Finding",
    "Node",
    "NoteProblem",
    "ProofFile",
    "ProofProblem",
    "Read",
    "ReadNodes",
    "Signer",
    "Tile",
    "Verifier",
    "audit",
    "bundle",
    "consistency_proof",
    "entries_of",
    "hashes_of",
    "inclusion_proof",
    "leaf_hash",
    "node_from_tiles",
    "node_hash",
    "open_note",
    "root",
    "root_at",
    "tile_at",
    "tiles_for",
    "tiles_of",
    "verify_consistency",
    "verify_inclusion",
]
