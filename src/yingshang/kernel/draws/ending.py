"""How a draw ends: published for anybody to verify, or void with its reason. Either way its number stays."""

from __future__ import annotations

import json
import zlib
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock
from yingshang.kernel.draws.assigning import substitutions_of
from yingshang.kernel.draws.locking import hold
from yingshang.kernel.draws.models import Draw, Revealed, Sealed, Step
from yingshang.kernel.draws.owing import close
from yingshang.kernel.draws.queries import draws
from yingshang.kernel.draws.reasons import BY_THE_SYSTEM, WITH_NOTE, given_by_hand, void_reasons
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.safekeeping import open_code, open_plan, take_out
from yingshang.kernel.draws.standing import State, standing_of, standings_of
from yingshang.kernel.draws.turn import refuse_if_over, refuse_unless_drawn
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.methods import draw as method


@transaction.atomic
def void(*, serial: int, reason: str, note: str = "", by: Actor, at: datetime) -> Draw:
    """Declare that a draw counts for nothing. It stays in the register, with the reason, for all to see.

    reason: one of ``void_reasons().on(day)``; what is marked *system*, such as
    a beacon that never came, the system alone finds. note: public, in words;
    needed for what is marked *note*.
    Raises NotFound; Refusal ``draws.over``, ``draws.reason_missing`` and what the
    policies ``draws.void`` or, once drawn, ``draws.void_drawn`` refuse. Records
    ``draws.voided``; what the unit owed of this draw is taken back.
    """
    draw = hold(serial)
    standing = standing_of(draw)
    access.permit(by, "draws.void_drawn" if standing.state == State.DRAWN else "draws.void", draw)
    refuse_if_over(standing)
    reasons = void_reasons()
    possible = reasons.on(clock.beijing_date(at)) if by is SYSTEM else given_by_hand(clock.beijing_date(at))
    if reason not in possible or (reason in reasons.marked(WITH_NOTE) and not note.strip()):
        raise Refusal("draws.reason_missing", "作废要公开说明理由。", "请选择理由；选“其他”的，请写清楚。")
    add_step(draw, Step.Does.VOIDED, {"reason": reason, "note": note.strip()}, by=by, at=at, reason=reason)
    close(draw, at=at, evidence=f"摇号作废：{possible[reason]}", cancelled=True)
    return draw


@transaction.atomic
def reveal(*, serial: int, by: Actor, at: datetime) -> Draw:
    """Publish plan, code and result: from now on ``published`` gives the file that anybody can verify.

    Raises NotFound; Refusal ``draws.over``, ``draws.not_drawn_yet`` and what the
    policy refuses. Records ``draws.revealed`` with the code; fulfills ``draws.reveal``.
    """
    draw = hold(serial)
    access.permit(by, "draws.reveal", draw)
    refuse_unless_drawn(draw)
    plan, salt = open_plan(draw)
    numbers = [step.number for step in draw.steps.all() if step.does == Step.Does.SUBSTITUTED]
    clear = {
        "plan": plan.sections(),
        "salt": salt.hex(),
        "result": json.loads(take_out(draw, Sealed.Kind.RESULT)),
        "substituted": dict(zip(map(str, numbers), substitutions_of(draw), strict=True)),
    }
    Revealed.objects.create(draw=draw, content=zlib.compress(method.canonical(clear)))
    add_step(draw, Step.Does.REVEALED, {"code": open_code(draw).hex()}, by=by, at=at)
    close(draw, at=at, evidence=f"draw:{serial}")
    return draw


def give_up_beacons(*, at: datetime) -> int:
    """Void, in the name of the system, every draw whose beacon did not come in the time its rule gave it.

    Return how many. Each is a transaction of its own; safe to repeat.
    """
    rows = draws().filter(beacon_until__lt=at).exclude(steps__does__in=[Step.Does.REVEALED, Step.Does.VOIDED])
    late = [serial for serial, standing in standings_of(list(rows)).items() if "drand" in standing.missing]
    note = f"等到{clock.beijing_date(at):%Y年%m月%d日}仍未发布"
    (reason,) = void_reasons().marked(BY_THE_SYSTEM)
    for serial in late:
        void(serial=serial, reason=reason, note=note, by=SYSTEM, at=at)
    return len(late)
