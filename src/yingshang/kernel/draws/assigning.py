"""The work of a draw before it is published: who visits whom, one opening at a time, and replacements."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.draws.locking import hold
from yingshang.kernel.draws.models import Draw, Sealed, Step
from yingshang.kernel.draws.publishing import assignments_of, result_from, revealed
from yingshang.kernel.draws.queries import draw_of, randomness_of
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.safekeeping import open_code, open_plan, put_away, take_out
from yingshang.kernel.draws.turn import refuse_unless_drawn, refuse_without_result
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method


def result_of(*, serial: int, by: Actor) -> list[method.Assignment]:
    """Return who visits whom now, substitutions applied, in drawing order. For the owner, before the reveal too.

    Raises NotFound; Refusal ``draws.no_result`` and what the
    policy ``draws.see_result`` refuses.
    """
    draw = draw_of(serial)
    access.permit(by, "draws.see_result", draw)
    refuse_without_result(draw)
    clear = revealed(draw)
    if clear is not None:
        return assignments_of(clear)
    plan, _ = open_plan(draw)
    result = result_from(json.loads(take_out(draw, Sealed.Kind.RESULT)), plan.sections())
    return method.current(result, substitutions_of(draw))


@transaction.atomic
def open_assignment(*, serial: int, target: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the opening (``draw-opening/1``) that shows one visit was drawn, for its inspectors and the target.

    Part of a deed whose caller has asked its own policy: who the inspectors are
    as persons only the caller knows. Raises NotFound for a target that was not
    drawn; Refusal ``draws.no_result``. Records ``draws.assignment_opened``.
    """
    draw = draw_of(serial)
    refuse_without_result(draw)
    plan, _ = open_plan(draw)
    result = method.run(plan, serial=serial, code=open_code(draw), randomness=randomness_of(draw))
    try:
        opening = result.opening(target)
    except method.NothingToReplace:
        raise NotFound("这一项分派") from None
    ledger.record(
        "draws.assignment_opened",
        subject=f"draw:{serial}",
        by=by,
        facts={"serial": serial, "target": ledger.private(target)},
        at=at,
    )
    return opening


@transaction.atomic
def substitute(
    *, serial: int, role: str, target: str, out: str, reason: str, evidence: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """Skip a target or an inspector; the next ticket takes the place. Return the content of the step.

    role: "target" (out is the target) or "inspector" (out is one of its team).
    reason: a code, public at once. evidence: SHA-256 of the file that shows it.
    Raises NotFound; Refusal ``draws.not_drawn_yet``, ``draws.nothing_to_replace``
    and what the policy refuses. Records ``draws.substituted`` without names.
    """
    draw = hold(serial)
    access.permit(by, "draws.substitute", draw)
    refuse_unless_drawn(draw)
    plan, _ = open_plan(draw)
    try:
        content = method.substitute(
            plan,
            serial=serial,
            code=open_code(draw),
            randomness=randomness_of(draw),
            before=substitutions_of(draw),
            role=role,
            target=target,
            out=out,
            reason=reason,
            evidence=evidence,
        )
    except method.DrawProblem as problem:
        raise Refusal(
            "draws.nothing_to_replace", problem.said, "请核对被替换的对象或人员，以及依据材料的摘要。"
        ) from None
    step = add_step(draw, Step.Does.SUBSTITUTED, content, by=by, at=at, reason=reason, is_sealed=True)
    put_away(draw, Sealed.Kind.STEP, method.canonical(content), number=step.number)
    return content


def substitutions_of(draw: Draw) -> list[dict[str, Any]]:
    """Return the contents of a draw's substitutions in order, from where they are sealed."""
    numbers = [step.number for step in draw.steps.all() if step.does == Step.Does.SUBSTITUTED]
    return [json.loads(take_out(draw, Sealed.Kind.STEP, number=number)) for number in numbers]
