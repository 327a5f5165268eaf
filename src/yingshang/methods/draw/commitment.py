"""What is recorded before any randomness exists."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

from yingshang.methods.draw.canonical import HEX_64, canonical
from yingshang.methods.draw.plan import Plan
from yingshang.methods.draw.problems import PlanProblem
from yingshang.methods.draw.rule import Rule

FORMAT = "draw/1"
FIRST_PREVIOUS = "0" * 64
SALT_SIZE = 32


def commit(plan: Plan, *, rule: Rule, serial: int, previous: str, head: bytes, salt: bytes) -> dict[str, Any]:
    """Return the commitment of a draw: the content of its first step.

    previous: digest of the commitment of the serial before, FIRST_PREVIOUS for
    serial 1. head: the last code of the chain. salt: 32 random bytes, secret
    until the reveal, so that nobody can try out which plan is sealed.
    """
    if serial < 1 or not HEX_64.fullmatch(previous) or (serial == 1) != (previous == FIRST_PREVIOUS):
        raise PlanProblem("bad_serial", "serial", "编号从1开始连续，每号都接着前一号的承诺。")
    if len(head) != SALT_SIZE or len(salt) != SALT_SIZE:
        raise PlanProblem("bad_code", "head", "一次性代码和盐都是32个字节。")
    sections = {name: section_digest(salt, name, value) for name, value in plan.sections().items()}
    return {
        "format": FORMAT,
        "serial": serial,
        "previous": previous,
        "head": head.hex(),
        "sections": sections,
        "rule": rule.content(),
    }


def section_digest(salt: bytes, name: str, value: Any) -> str:
    """Return the sealed digest of one section of a plan, 64 hex digits."""
    return hmac.digest(salt, name.encode() + b"\n" + canonical(value), "sha256").hex()


def opens(head: str, code: bytes) -> bool:
    """Return whether the code is the one that was committed to."""
    return sha256(code).hexdigest() == head
