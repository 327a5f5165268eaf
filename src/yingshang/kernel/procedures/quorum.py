"""How the opinions of a joint step are counted: named rules, no more than the county needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

AGREED = "agreed"
NOT_AGREED = "not_agreed"
OPEN = "open"


def all_agree(asked: int, agreeing: int, disagreeing: int) -> str:
    """Agreed when everybody asked agrees; not agreed as soon as one does not."""
    if disagreeing:
        return NOT_AGREED
    return AGREED if agreeing >= asked else OPEN


def majority_agrees(asked: int, agreeing: int, disagreeing: int) -> str:
    """Agreed when more than half of those asked agree; not agreed when that can happen no longer."""
    if agreeing * 2 > asked:
        return AGREED
    return NOT_AGREED if (asked - disagreeing) * 2 <= asked else OPEN


def two_thirds_agree(asked: int, agreeing: int, disagreeing: int) -> str:
    """Agreed when at least two thirds of those asked agree; not agreed when that can happen no longer."""
    if agreeing * 3 >= asked * 2:
        return AGREED
    return NOT_AGREED if (asked - disagreeing) * 3 < asked * 2 else OPEN


def all_answered(asked: int, agreeing: int, disagreeing: int) -> str:
    """Agreed when everybody asked has answered, whatever they said: the deciding post weighs it."""
    return AGREED if agreeing + disagreeing >= asked else OPEN


QUORUMS: Mapping[str, Callable[[int, int, int], str]] = {
    rule.__name__: rule for rule in (all_agree, majority_agrees, two_thirds_agree, all_answered)
}
"""Name → function of (asked, agreeing, disagreeing) → ``agreed``, ``not_agreed`` or ``open``."""
