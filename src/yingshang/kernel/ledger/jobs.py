"""Scheduled work of the ledger."""

from __future__ import annotations

from yingshang.kernel.ledger.checkpointing import checkpoint
from yingshang.kernel.ledger.recording import BATCH, sequence


def number_waiting() -> None:
    """Number everything that waits, batch by batch, so that a deed never waits long for the head's lock."""
    while sequence(BATCH) == BATCH:
        pass


def sign_checkpoint() -> None:
    """Sign the tree if it has grown since the last checkpoint."""
    checkpoint()
