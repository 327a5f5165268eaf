"""A small plan, twenty dice and the way to a drawn draw: for tests of whatever draws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from yingshang.kernel import draws, ledger
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
DIGITS = "31415926535897932384"
SALT = "0f" * 16


def a_plan(**changes: Any) -> method.Plan:
    parts: dict[str, Any] = {
        "purpose": {"title": "2026年春季餐饮检查"},
        "strata": [method.Stratum("A", num=1, den=10), method.Stratum("D", count=2, field="food")],
        "targets": {"A": [f"9123{n:014d}" for n in range(40)], "D": [f"9199{n:014d}" for n in range(4)]},
        "exclusions": {f"9123{7:014d}": "inspected_this_year"},
        "inspectors": [method.Inspector(f"23012700{n}", "scjgj", ("food",)) for n in range(6)],
        "conflicts": [method.Conflict("230127001", f"9199{n:014d}", SALT) for n in range(4)],
    }
    return method.Plan(**parts | changes)


def sign() -> None:
    """Do what a commit and the next minute do: strict entries get their leaves, the tree is signed."""
    if connection.in_atomic_block:
        connection.check_constraints()
    ledger.checkpoint(at=AT)


def committed(host: Actor, **changes: Any) -> draws.Draw:
    """Seal a plan and sign the commitment."""
    given: dict[str, Any] = {
        "plan": a_plan(),
        "purpose": "inspections",
        "title": "春季抽查（演示）",
        "by": host,
        "at": AT,
    }
    draw = draws.seal_plan(**given | changes)
    sign()
    return draw


def thrown(host: Actor, witness: Actor, **changes: Any) -> draws.Draw:
    """Seal, sign, throw twenty dice and have them witnessed."""
    draw = committed(host, **changes)
    draws.add_dice(serial=draw.serial, digits=DIGITS, by=host, at=AT + timedelta(minutes=5))
    draws.confirm_dice(serial=draw.serial, digits=DIGITS, by=witness, at=AT + timedelta(minutes=6))
    return draw


def drawn(host: Actor, witness: Actor, **changes: Any) -> draws.Draw:
    """Go all the way to the result."""
    draw = thrown(host, witness, **changes)
    return draws.run(serial=draw.serial, by=host, at=AT + timedelta(minutes=7))
