"""The published file draw/1 of a draw, built from what is recorded whenever somebody asks."""

from __future__ import annotations

import json
import zlib
from typing import Any

from yingshang.kernel import ledger
from yingshang.kernel.draws.models import Draw, Step
from yingshang.kernel.draws.queries import draw_of, draws
from yingshang.kernel.errors import Refusal
from yingshang.methods import draw as method

OUTCOMES = {Step.Does.DRAWN: "drawn", Step.Does.REVEALED: "revealed", Step.Does.VOIDED: "void"}


def published(serial: int) -> bytes:
    """Return the file draw/1: commitment, randomness, proofs and the register; plan and result once revealed.

    Not frozen: each proof leads to the newest checkpoint, and is empty for a
    step of the last minute. Raises NotFound. Queries: 3 and about 5 a step.
    """
    draw = draw_of(serial)
    clear = revealed(draw)
    steps = [{"does": step.does, "content": _content(step, clear), "proof": _proof(step)} for step in draw.steps.all()]
    newest = ledger.latest()
    bare = method.publish(serial=serial, steps=steps, register=register(), key=newest.key if newest else "")
    if clear is None:
        return bare
    return method.canonical({**json.loads(bare), **{part: clear[part] for part in ("plan", "salt", "result")}})


def register() -> list[dict[str, Any]]:
    """Return every serial from 1 to the newest with what became of it. Queries: 2."""
    return [_line(draw) for draw in draws().order_by("serial")]


def revealed(draw: Draw) -> dict[str, Any] | None:
    """Return plan, salt, result and substitutions of a draw in the clear; None before the reveal. Queries: 1."""
    row = getattr(draw, "revealed", None)
    return json.loads(zlib.decompress(bytes(row.content))) if row else None


def assignments_of(clear: dict[str, Any]) -> list[method.Assignment]:
    """Return who visits whom in a revealed draw, substitutions applied, in drawing order."""
    first = result_from(clear["result"], clear["plan"])
    return method.current(first, [clear["substituted"][number] for number in sorted(clear["substituted"], key=int)])


def result_from(content: dict[str, Any], sections: dict[str, Any]) -> method.Result:
    """Return a result from how it is published. It cannot make openings: the key is not part of it."""
    teams = {one["target"]: tuple(one["team"]) for one in content["assignments"]}
    names = [one["class"] for one in sections["strata"]]
    return method.Result(
        serial=0,
        strata=tuple(names),
        pairs=sections["pairs"]["wanted"],
        assignments=tuple(
            method.Assignment(name, target, teams.get(target, ()))
            for name in names
            for target in content["drawn"][name]
        ),
        opened=(),
        key=b"",
    )


def _content(step: Step, clear: dict[str, Any] | None) -> Any:
    if step.content is None and clear:
        return clear["substituted"][str(step.number)]
    return step.content


def _proof(step: Step) -> str:
    try:
        return str(ledger.prove(step.entry_id))
    except Refusal as refusal:
        if refusal.code != "ledger.not_signed_yet":
            raise
        return ""


def _line(draw: Draw) -> dict[str, Any]:
    last = list(draw.steps.all())[-1]
    ends = [OUTCOMES[Step.Does(step.does)] for step in draw.steps.all() if step.does in OUTCOMES]
    reason = last.content["reason"] if last.does == Step.Does.VOIDED and last.content else ""
    return {
        "serial": draw.serial,
        "commitment": draw.commitment,
        "outcome": (ends or ["committed"])[-1],
        "reason": reason,
    }
