"""The file that anybody can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yingshang.methods.draw.canonical import canonical
from yingshang.methods.draw.commitment import FORMAT
from yingshang.methods.draw.drawing import Result
from yingshang.methods.draw.plan import Plan


def publish(
    *,
    serial: int,
    steps: Sequence[Mapping[str, Any]],
    register: Sequence[Mapping[str, Any]],
    key: str,
    plan: Plan | None = None,
    salt: bytes = b"",
    result: Result | None = None,
) -> bytes:
    """Return the published file of a draw, canonical JSON.

    steps: ``{"does", "content", "proof"}`` in order; register: every serial
    from 1, ``{"serial", "commitment", "outcome", "reason"}``; key: the
    ledger's verifier key. plan, salt, result: only once the code is revealed.
    """
    whole = {
        "format": FORMAT,
        "serial": serial,
        "salt": salt.hex(),
        "plan": plan.sections() if plan else None,
        "result": result.content() if result else None,
        "steps": [dict(step) for step in steps],
        "register": [dict(row) for row in register],
        "key": key,
    }
    return canonical(whole)
