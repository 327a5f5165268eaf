"""The tamper-evident ledger: what was recorded is still there, unchanged, in the same order.

One RFC 6962 hash tree per county in PostgreSQL, signed checkpoints, and files
in C2SP formats that anyone can fetch and check with foreign programs.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.ledger.checkpointing import Broken, checkpoint, latest
    from yingshang.kernel.ledger.commitments import close, opens, private
    from yingshang.kernel.ledger.content import FactsProblem
    from yingshang.kernel.ledger.models import Checkpoint, Entry
    from yingshang.kernel.ledger.proving import consistency, prove
    from yingshang.kernel.ledger.recording import record, record_all, sequence
    from yingshang.kernel.ledger.verifying import Verdict, verify

__all__ = [
    "Broken",
    "Checkpoint",
    "Entry",
    "FactsProblem",
    "Verdict",
    "checkpoint",
    "close",
    "consistency",
    "latest",
    "opens",
    "private",
    "prove",
    "record",
    "record_all",
    "sequence",
    "verify",
]

__getattr__ = door(
    __name__,
    {
        "checkpointing": "Broken checkpoint latest",
        "content": "FactsProblem",
        "models": "Checkpoint Entry",
        "commitments": "close opens private",
        "proving": "consistency prove",
        "recording": "record record_all sequence",
        "verifying": "Verdict verify",
    },
)
