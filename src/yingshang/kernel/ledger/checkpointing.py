"""Signing the head of the tree, and refusing to sign another history."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yingshang.kernel.ledger.keys import has_key, origin, signer
from yingshang.kernel.ledger.models import Checkpoint
from yingshang.kernel.ledger.proving import consistency
from yingshang.kernel.ledger.tree import head
from yingshang.methods import merkle


class Broken(RuntimeError):
    """The tree no longer begins with what was signed before; nothing more is signed until it is explained."""


def latest() -> Checkpoint | None:
    """Return the newest checkpoint, or None before the first."""
    return Checkpoint.objects.order_by("-size").first()


@transaction.atomic
def checkpoint(*, at: datetime | None = None) -> Checkpoint:
    """Sign the tree as it is now and keep the note; return the newest one if the tree has not grown.

    Two workers at once sign one after the other. Raises Broken when the tree
    is not a continuation of the last checkpoint: a log that signs two
    histories is worth nothing.
    """
    before, edge = latest(), head()
    if before is not None and before.size == edge.size:
        return before
    if before is not None:
        _must_continue(before, edge)
    if before is not None and not has_key():
        raise Broken(
            "the key that signed the earlier checkpoints is gone; put keys/ledger.pem back into the data folder"
        )
    by = signer()
    signed = merkle.Checkpoint(origin(), edge.size, edge.root())
    made, _ = Checkpoint.objects.get_or_create(
        size=edge.size,
        defaults={
            "root": signed.root,
            "note": signed.signed(by),
            "key": str(by.verifier),
            "at": at or timezone.now(),
        },
    )
    return made


def _must_continue(before: Checkpoint, edge: merkle.CompactRange) -> None:
    told = merkle.Checkpoint.parse(before.note.rpartition("\n\n")[0] + "\n")
    if told.origin != origin():
        raise Broken(f"the ledger is called {told.origin} in its checkpoints and {origin()} in county.yaml")
    if edge.size < before.size or not merkle.verify_consistency(
        old=before.size,
        new=edge.size,
        old_root=bytes(before.root),
        new_root=edge.root(),
        proof=consistency(before.size, edge.size),
    ):
        raise Broken(
            f"the tree of {edge.size} leaves does not begin with the {before.size} leaves signed on "
            f"{before.at:%Y-%m-%d %H:%M}; run ./ys ledger verify"
        )
