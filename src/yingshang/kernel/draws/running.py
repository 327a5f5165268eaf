"""Running a draw: with the code and the randomness there is exactly one result, and nobody chooses it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access
from yingshang.kernel.draws.locking import hold
from yingshang.kernel.draws.models import Draw, Sealed, Step
from yingshang.kernel.draws.owing import close, owe_reveal
from yingshang.kernel.draws.queries import randomness_of
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.safekeeping import open_code, open_plan, put_away
from yingshang.kernel.draws.standing import State, standing_of
from yingshang.kernel.draws.turn import refuse_if_over
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method


@transaction.atomic
def run(*, serial: int, by: Actor, at: datetime, reveal_by: date | None = None) -> Draw:
    """Compute the result and seal it; what becomes public is the root over all assignments.

    by: a host. reveal_by: the last day to publish, where the owner knows one;
    by the limit ``DRAW.REVEAL`` otherwise. Of two who run it at once one gets Stale.
    Raises NotFound; Refusal ``draws.over``, ``draws.randomness_missing`` and what
    the policy refuses; Stale when it is drawn already. Records ``draws.drawn``;
    the unit owes ``draws.reveal``.
    """
    draw = hold(serial)
    access.permit(by, "draws.host", draw)
    standing = standing_of(draw)
    refuse_if_over(standing)
    if standing.state == State.DRAWN:
        raise Stale("刚才已经有人完成了抽取，每次摇号只抽一次。")
    if standing.state != State.READY:
        raise Refusal(
            "draws.randomness_missing",
            f"随机数还缺{len(standing.missing)}项，现在抽不了。",
            "请等规则里写明的随机数全部到齐。",
        )
    plan, _ = open_plan(draw)
    result = method.run(plan, serial=serial, code=open_code(draw), randomness=randomness_of(draw))
    put_away(draw, Sealed.Kind.RESULT, method.canonical(result.content()))
    add_step(draw, Step.Does.DRAWN, result.root_content(), by=by, at=at)
    close(draw, at=at, evidence=f"draw:{serial}")
    owe_reveal(draw, reveal_by=reveal_by, by=by, at=at)
    return draw
