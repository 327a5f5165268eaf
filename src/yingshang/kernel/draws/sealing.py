"""Sealing a plan: from here on nobody can change what is drawn from, how, or by which randomness."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, org
from yingshang.kernel.draws.locking import hold_register
from yingshang.kernel.draws.models import Draw, Pledge, Sealed, Seat, Step
from yingshang.kernel.draws.owing import FINISH_LIMIT, owe_finish
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.safekeeping import put_away, sealed_plan
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import dates
from yingshang.methods import draw as method

BEACON_LIMIT = "DRAW.BEACON"
CHAIN = "quicknet"
SECRET_BYTES = 32


@transaction.atomic
def seal_plan(
    *,
    plan: method.Plan,
    purpose: str,
    title: str,
    by: Actor,
    at: datetime,
    dice: bool = True,
    beacon_at: datetime | None = None,
    invitations: Sequence[int] = (),
) -> Draw:
    """Commit a draw: digests of the plan, hash of a fresh one-time code, the randomness rule and the next serial.

    by: a host; the draw belongs to their unit. purpose: who calls, a slug.
    title: public from now on, so it names nobody. dice: a ceremony with twenty
    ten-sided dice. beacon_at: the first drand round at or after that moment,
    which lies ahead and before ``DRAW.FINISH`` ends. invitations: those whose pledges take part, in that order.
    Raises Refusal ``draws.unit_missing``, ``draws.no_randomness``,
    ``draws.beacon_is_not_ahead``, ``draws.beacon_is_too_late``,
    ``draws.pledge_missing``, ``draws.pledge_used``, ``draws.not_your_invitation``,
    ``draws.rule_does_not_fit`` and what the policy refuses. Records
    ``draws.committed``; the unit owes ``draws.finish`` from now on.
    """
    newest = hold_register()
    unit = host_of(by)
    pledges = [_pledge(one, unit) for one in invitations]
    rule = _rule(dice=dice, beacon_at=beacon_at, pledges=pledges, at=at)
    secret, salt = secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(SECRET_BYTES)
    serial = newest.serial + 1 if newest else 1
    head = method.chain(secret)[-1]
    previous = newest.digest if newest else method.FIRST_PREVIOUS
    commitment = method.commit(plan, rule=rule, serial=serial, previous=previous, head=head, salt=salt)
    published_at = method.time_of(CHAIN, rule.beacon.round) if rule.beacon else None
    draw = Draw.objects.create(
        serial=serial,
        purpose=purpose,
        title=title.strip(),
        unit=unit,
        commitment=commitment,
        digest=method.digest(commitment),
        head=head.hex(),
        sources=_sources(rule),
        beacon_at=published_at,
        beacon_until=_patience_after(published_at),
        committed_at=at,
        committed_by=by.person,
    )
    _seat(draw, pledges)
    put_away(draw, Sealed.Kind.PLAN, sealed_plan(plan, salt))
    put_away(draw, Sealed.Kind.CODE, secret)
    add_step(draw, Step.Does.COMMITTED, commitment, by=by, at=at)
    owe_finish(draw, unit=unit, by=by, at=at)
    return draw


def host_of(by: Actor) -> org.Unit:
    """Return the unit in whose name somebody may seal plans and invite. Raises what the policy refuses."""
    unit = org.unit(by.unit) if by.unit else None
    access.permit(by, "draws.seal", unit)
    assert unit is not None  # the policy refuses whoever acts for none
    return unit


def _rule(*, dice: bool, beacon_at: datetime | None, pledges: Sequence[Pledge], at: datetime) -> method.Rule:
    if not dice and beacon_at is None:
        raise Refusal(
            "draws.no_randomness",
            "随机数至少要来自公开的骰子或者公共信标；只靠受邀方的数，最后揭示的一方可以反悔。",
            "请选择现场掷骰子，或者约定一个公共信标的时间。",
        )
    if beacon_at is not None and beacon_at <= at:
        raise Refusal(
            "draws.beacon_is_not_ahead",
            "约定的信标时间已经过了，它的数值现在就能查到。",
            "请约定一个将来的时间，至少留出封存和写入检查点的几分钟。",
        )
    if beacon_at is not None:
        _refuse_beyond(beacon_at, clock.beijing_date(at))
    beacon = method.Beacon(CHAIN, method.round_at(CHAIN, beacon_at)) if beacon_at else None
    parties = tuple(method.Party(pledge.invitation.name, pledge.commitment) for pledge in pledges)
    try:
        return method.Rule(beacon, method.DICE if dice else 0, parties)
    except method.PlanProblem as problem:
        raise Refusal("draws.rule_does_not_fit", problem.said, "请每个受邀方只选一份承诺，再封存。") from None


def _refuse_beyond(beacon_at: datetime, today: date) -> None:
    """Refuse a beacon that comes out only when the draw must be finished."""
    limit = clock.limit_on(FINISH_LIMIT, today)
    assert limit.amount is not None  # held by a constraint of the table
    last = dates.due(today, limit.amount, limit.unit, clock.calendar(), rolls=limit.rolls).date
    if beacon_at >= datetime.combine(last + timedelta(days=1), time(), tzinfo=clock.BEIJING):
        raise Refusal(
            "draws.beacon_is_too_late",
            f"约定的信标发布得太晚：这次摇号要在{last:%Y年%m月%d日}以前完成。",
            "请约定这一天以前的时间。",
        )


def _sources(rule: method.Rule) -> list[str]:
    drand = ["drand"] if rule.beacon else []
    dice = ["dice"] if rule.dice else []
    return [*drand, *dice, *(f"party:{party.name}" for party in rule.parties)]


def _patience_after(published_at: datetime | None) -> datetime | None:
    if published_at is None:
        return None
    limit = clock.limit_on(BEACON_LIMIT, clock.beijing_date(published_at))
    assert limit.amount is not None  # held by a constraint of the table
    return published_at + timedelta(hours=limit.amount)


def _pledge(invitation_id: int, unit: org.Unit) -> Pledge:
    rows = Pledge.objects.select_related("invitation", "seat")
    pledge = rows.filter(invitation=invitation_id).first()
    if pledge is None:
        raise Refusal(
            "draws.pledge_missing",
            "受邀方还没有提交随机数承诺。",
            "请等对方在自己的页面提交以后再封存，或者不邀请这一方。",
        )
    if pledge.invitation.host_id != unit.pk:
        raise Refusal("draws.not_your_invitation", "这份邀请是别的单位发出的。", "请选择本单位发出的邀请。")
    if hasattr(pledge, "seat"):
        raise Refusal(
            "draws.pledge_used",
            f"“{pledge.invitation.name}”的这份承诺已经用在第{pledge.seat.draw_id}号摇号。",
            "一份承诺只用一次。请重新邀请。",
        )
    return pledge


def _seat(draw: Draw, pledges: Sequence[Pledge]) -> None:
    try:
        with transaction.atomic():
            for place, pledge in enumerate(pledges, start=1):
                Seat.objects.create(draw=draw, pledge=pledge, place=place)
    except IntegrityError:
        raise Stale from None
