"""Proofs for those who were shown something."""

from __future__ import annotations

from uuid import UUID

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Checkpoint, Entry, Leaf
from yingshang.kernel.ledger.tree import head, read_nodes
from yingshang.methods import merkle


def prove(entry_id: UUID) -> merkle.ProofFile:
    """Return the proof that an entry is in the newest signed tree; the file carries the entry itself.

    Raises NotFound for an unknown entry, and Refusal ``ledger.not_signed_yet``
    within the first minute, before a checkpoint includes it.
    """
    row = Leaf.objects.filter(entry=entry_id).values_list("index", "entry__content").first()
    if row is None and not Entry.objects.filter(pk=entry_id).exists():
        raise NotFound("这条存证记录")
    signed = Checkpoint.objects.order_by("-size").values_list("size", "note").first()
    if row is None or signed is None or signed[0] <= row[0]:
        raise Refusal("ledger.not_signed_yet", "这条记录已经存下，还没有写进最新的检查点。", "请过一分钟再来下载证明。")
    (index, content), (size, note) = row, signed
    hashes = merkle.inclusion_proof(index, size, read_nodes(size))
    return merkle.ProofFile(index, tuple(hashes), note, bytes(content))


def consistency(old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    Raises Refusal ``ledger.no_such_size`` unless 0 <= old <= new <= the tree's size.
    """
    size = head().size
    if not 0 <= old <= new <= size:
        raise Refusal(
            "ledger.no_such_size",
            f"账本现在有{size}条记录，不能证明从{old}条到{new}条的延续。",
            f"请填写不超过{size}的数，先小后大。",
        )
    return merkle.consistency_proof(old, new, read_nodes(new))


def root_at(size: int) -> bytes:
    """Return the root of the first ``size`` leaves, from the tree as it stands. ``size`` is at most the tree's."""
    return merkle.root_at(size, read_nodes(size))
