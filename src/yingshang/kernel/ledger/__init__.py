"""The tamper-evident ledger: what was recorded is still there, unchanged, in the same order.

One RFC 6962 hash tree per county in PostgreSQL, signed checkpoints, and files
in C2SP formats that anyone can fetch and check with foreign programs.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.on_demand import on_demand

if TYPE_CHECKING:
    from yingshang.kernel.ledger.commitments import close, opens, private
    from yingshang.kernel.ledger.content import FactsProblem
    from yingshang.kernel.ledger.models import Checkpoint, Entry
    from yingshang.kernel.ledger.recording import record, sequence

__all__ = ["Checkpoint", "Entry", "FactsProblem", "close", "opens", "private", "record", "sequence"]

__getattr__ = on_demand(__name__, "commitments", "content", "models", "recording")
