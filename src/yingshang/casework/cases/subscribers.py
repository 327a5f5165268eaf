"""Reactions to what the engine tells."""

from __future__ import annotations

from yingshang.casework.cases import operations
from yingshang.kernel.events import Fact


def owe_explanation(fact: Fact) -> None:
    """Open the duty to explain when a limit of a case is missed; a second delivery finds it there."""
    operations.owe_explanation(obligation_id=int(fact["obligation_id"]), at=fact.at)
