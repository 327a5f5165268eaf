"""Reactions: a missed limit owes its reason, and a grant leaves behind what need not be asked again."""

from __future__ import annotations

import structlog

from yingshang.casework.cases import operations
from yingshang.kernel.errors import Refusal
from yingshang.kernel.events import Fact

log = structlog.get_logger(__name__)


def owe_explanation(fact: Fact) -> None:
    """Open the duty to explain when a limit of a case is missed; a second delivery finds it there."""
    operations.owe_explanation(obligation_id=int(fact["obligation_id"]), at=fact.at)


def hold_answers(fact: Fact) -> None:
    """Hold what the form of a granted case asked; a second delivery finds it held.

    What a register does not take, because it contradicts what it has, stays
    with the case alone: the applicant sees both and can have one corrected.
    """
    if not fact["granted"]:
        return
    try:
        operations.hold_answers(case_id=int(fact["case_id"]), at=fact.at)
    except Refusal as refusal:
        log.info("cases.answers_not_held", case=fact["case_id"], code=refusal.code)
