"""Randomness from elsewhere: the public beacon, and what invited ones disclose."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yingshang.kernel import access, clock
from yingshang.kernel.draws.locking import hold
from yingshang.kernel.draws.models import Draw, Seat, Step
from yingshang.kernel.draws.queries import rule_of, seats_of
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.turn import refuse_unless_awaited
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method

PARTY_LIMIT = "DRAW.PARTY"


@transaction.atomic
def add_beacon(*, serial: int, signature: str, by: Actor, at: datetime, previous: str = "") -> Step:
    """Take the signature of the drand round that the rule named, once its BLS signature is verified here, offline.

    signature: hexadecimal, as the beacon publishes it; previous: the signature
    of the round before, for a chain that needs it. Anybody may bring it.
    Raises NotFound; Refusal ``draws.beacon_not_out_yet``, ``draws.beacon_is_wrong``
    and those of ``refuse_unless_awaited``. Records ``draws.randomness_added``.
    """
    draw = hold(serial)
    access.permit(by, "draws.give_beacon", draw)
    refuse_unless_awaited(draw, "drand")
    assert draw.beacon_at is not None  # held by a constraint: the rule names a round
    if at < draw.beacon_at:
        raise Refusal(
            "draws.beacon_not_out_yet",
            f"约定的信标在{draw.beacon_at.astimezone(clock.BEIJING):%m月%d日%H时%M分%S秒}才发布。",
            "请到时间以后再提交。",
        )
    try:
        content = method.beacon(rule_of(draw), signature=signature, previous=previous)
    except method.RandomnessProblem as problem:
        raise Refusal(
            "draws.beacon_is_wrong",
            f"信标的签名没有通过核验。{problem.said}",
            "请从公布信标的网站重新复制这一轮的签名。",
        ) from None
    return add_step(draw, Step.Does.RANDOMNESS, content, by=by, at=at, source="drand")


@transaction.atomic
def add_reveal(*, serial: int, name: str, value: str, by: Actor, at: datetime) -> Step:
    """Disclose the value that an invited one pledged; it must fit the pledge.

    name: as in the rule. value: 64 hexadecimal digits.
    Raises NotFound; Refusal ``draws.reveal_does_not_fit`` and those of
    ``refuse_unless_awaited``. Records ``draws.randomness_added``.
    """
    draw = hold(serial)
    seat = _seat(draw, name)
    access.permit(by, "draws.take_part", seat.pledge.invitation)
    refuse_unless_awaited(draw, seat.pledge.invitation.source)
    try:
        content = method.reveal(rule_of(draw), name, value)
    except method.RandomnessProblem as problem:
        raise Refusal(
            "draws.reveal_does_not_fit",
            f"这个数和当初的承诺对不上。{problem.said}",
            "请找出提交承诺时保存的随机数，整段粘贴。",
        ) from None
    return add_step(draw, Step.Does.RANDOMNESS, content, by=by, at=at, source=seat.pledge.invitation.source)


@transaction.atomic
def add_refusal(*, serial: int, name: str, by: Actor, at: datetime) -> Step:
    """Put on record that an invited one has not disclosed its value in time; the others decide then.

    by: a host, once everything else is there and the period of ``DRAW.PARTY``
    has passed since. Raises NotFound; Refusal ``draws.party_still_has_time`` and
    those of ``refuse_unless_awaited``. Records ``draws.randomness_added``.
    """
    draw = hold(serial)
    seat = _seat(draw, name)
    access.permit(by, "draws.host", draw)
    standing = refuse_unless_awaited(draw, seat.pledge.invitation.source)
    until = party_has_until(draw)
    if until is None or any(not source.startswith("party:") for source in standing.missing) or at < until:
        told = f"最早可以在{until.astimezone(clock.BEIJING):%m月%d日%H时%M分}登记。" if until else ""
        raise Refusal(
            "draws.party_still_has_time",
            f"“{name}”揭示随机数的时间还没有过。{told}",
            "请等其他随机数到齐并过了等候时间，再登记为不揭示。",
        )
    content = method.refusal(rule_of(draw), name)
    return add_step(draw, Step.Does.RANDOMNESS, content, by=by, at=at, source=seat.pledge.invitation.source)


def party_has_until(draw: Draw) -> datetime | None:
    """Return until when invited ones may disclose: a period after the last other source came; None before that."""
    came = [
        step.at
        for step in draw.steps.all()
        if step.does == Step.Does.RANDOMNESS and not step.source.startswith("party:")
    ]
    if len(came) < sum(not source.startswith("party:") for source in draw.sources):
        return None
    limit = clock.limit_on(PARTY_LIMIT, clock.beijing_date(max(came)))
    assert limit.amount is not None  # held by a constraint of the table
    return max(came) + timedelta(hours=limit.amount)


def _seat(draw: Draw, name: str) -> Seat:
    for seat in seats_of(draw):
        if seat.pledge.invitation.name == name:
            return seat
    raise NotFound("这一受邀方")
