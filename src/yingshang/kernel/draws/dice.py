"""The dice ceremony: the host enters each die, a witness from another unit confirms all of them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yingshang.kernel import access
from yingshang.kernel.draws.locking import hold
from yingshang.kernel.draws.models import Draw, Step, Throw
from yingshang.kernel.draws.queries import dice_of, rule_of
from yingshang.kernel.draws.recording import add_step
from yingshang.kernel.draws.turn import refuse_unless_awaited
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method


@transaction.atomic
def throw_die(*, serial: int, place: int, digit: int, by: Actor, at: datetime, take: int = 1) -> Throw:
    """Enter the digit of one die; a later take of the same place corrects it, until the witness confirms.

    place: 1 to 20. take: 1 for the first entry; the next number for a
    correction, so that two hosts at once cannot overwrite each other.
    Raises NotFound; Refusal ``draws.no_such_die``, of ``refuse_unless_awaited``
    and of the policy; Stale when somebody entered it just before.
    """
    draw = hold(serial)
    access.permit(by, "draws.host", draw)
    refuse_unless_awaited(draw, "dice")
    if not (1 <= place <= method.DICE and 0 <= digit <= 9):
        raise Refusal("draws.no_such_die", "一共二十颗骰子，每颗是0到9的一个数字。", "请核对第几颗和数字。")
    if take != len(dice_of(draw).get(place, [])) + 1:
        raise Stale
    try:
        with transaction.atomic():
            return Throw.objects.create(
                draw=draw, place=place, take=take, digit=digit, thrown_at=at, thrown_by=by.person
            )
    except IntegrityError:
        raise Stale from None


@transaction.atomic
def confirm_dice(*, serial: int, digits: str, by: Actor, at: datetime) -> Step:
    """Confirm, as the witness, that these digits were thrown; from then on they count and nobody changes them.

    digits: the twenty digits that the witness saw, read from the page or typed.
    Raises NotFound; Refusal ``draws.dice_missing``, ``draws.dice_differ``, and
    what the policy refuses. Records ``draws.randomness_added``.
    """
    draw = hold(serial)
    access.permit(by, "draws.witness", draw)
    refuse_unless_awaited(draw, "dice")
    entered = dice_of(draw)
    if len(entered) < method.DICE:
        raise Refusal("draws.dice_missing", f"二十颗骰子才录入了{len(entered)}颗。", "请等主持人录完，再逐颗核对。")
    shown = "".join(str(entered[place][-1].digit) for place in range(1, method.DICE + 1))
    if digits != shown:
        raise Refusal(
            "draws.dice_differ",
            "您核对的数字和现在录入的不一样，可能刚刚改过一颗。",
            "请刷新页面，对照骰子逐颗核对后再确认。",
        )
    host = entered[method.DICE][-1].thrown_by
    # The step is the witness's deed; who threw stands beside it.
    content = method.dice(rule_of(draw), shown)
    return add_step(draw, Step.Does.RANDOMNESS, content, by=by, at=at, source="dice", second_person=host)


@transaction.atomic
def add_dice(*, serial: int, digits: str, by: Actor, at: datetime) -> Draw:
    """Enter all twenty dice at once, for a host who has them on paper; the witness still confirms.

    Raises what ``throw_die`` raises.
    """
    draw = hold(serial)
    access.permit(by, "draws.host", draw)
    refuse_unless_awaited(draw, "dice")
    if len(digits) != method.DICE or not (digits.isascii() and digits.isdigit()):
        raise Refusal("draws.no_such_die", "一共二十颗骰子，每颗是0到9的一个数字。", "请输入二十位数字，不加空格。")
    entered = dice_of(draw)
    for place, digit in enumerate(digits, start=1):
        takes = entered.get(place, [])
        if not takes or takes[-1].digit != int(digit):
            throw_die(serial=serial, place=place, digit=int(digit), by=by, at=at, take=len(takes) + 1)
    return draw
