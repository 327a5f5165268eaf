"""The ceremony (摇号仪式): one public page for the big screen and the phone, and the deeds done on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.draws import dice, gathering, running
from yingshang.kernel.draws.forms import BeaconForm, ConfirmForm, DiceForm, DieForm, ValueForm
from yingshang.kernel.draws.models import Draw, Seat
from yingshang.kernel.draws.queries import draw_of, seats_of
from yingshang.kernel.draws.showing import ceremony_of
from yingshang.kernel.draws.standing import State
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest


@require_safe
def ceremony(request: ActorRequest, serial: int) -> HttpResponse:
    """Show the ceremony; ``?part=live`` answers the part that changes, for the page to refresh itself."""
    page = _page(request, draw_of(serial))
    return render(request, "draws/live.html" if request.GET.get("part") == "live" else "draws/ceremony.html", page)


@require_POST
def throw(request: ActorRequest, serial: int) -> HttpResponse:
    """Enter or correct one die."""
    form = DieForm(request.POST)
    if not form.is_valid():
        return _again(request, serial, die_form=form)
    place = form.cleaned_data["place"]
    takes = form.cleaned_data["take"] or _takes(serial, place) + 1
    dice.throw_die(
        serial=serial, place=place, digit=form.cleaned_data["digit"], take=takes, by=request.actor, at=clock.now()
    )
    return redirect("draws:ceremony", serial)


@require_POST
def throw_all(request: ActorRequest, serial: int) -> HttpResponse:
    """Enter all twenty dice."""
    form = DiceForm(request.POST)
    if not form.is_valid():
        return _again(request, serial, dice_form=form)
    dice.add_dice(serial=serial, digits=form.cleaned_data["digits"], by=request.actor, at=clock.now())
    return redirect("draws:ceremony", serial)


@require_POST
def confirm(request: ActorRequest, serial: int) -> HttpResponse:
    """Confirm the dice as the witness."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _again(request, serial, confirm_form=form)
    dice.confirm_dice(serial=serial, digits=form.cleaned_data["digits"], by=request.actor, at=clock.now())
    messages.success(request, _("已确认。二十颗骰子从现在起计入，谁也不能再改。"))
    return redirect("draws:ceremony", serial)


@require_POST
def give_beacon(request: ActorRequest, serial: int) -> HttpResponse:
    """Take the signature of the beacon."""
    form = BeaconForm(request.POST)
    if not form.is_valid():
        return _again(request, serial, beacon_form=form)
    gathering.add_beacon(serial=serial, signature=form.cleaned_data["signature"], by=request.actor, at=clock.now())
    messages.success(request, _("信标的签名核验通过，已计入。"))
    return redirect("draws:ceremony", serial)


@require_POST
def disclose(request: ActorRequest, serial: int, place: int) -> HttpResponse:
    """Disclose the value of the invited one in a seat."""
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _again(request, serial, value_form=form)
    name = _seat(serial, place).pledge.invitation.name
    gathering.add_reveal(serial=serial, name=name, value=form.cleaned_data["value"], by=request.actor, at=clock.now())
    messages.success(request, _("您的随机数与承诺一致，已计入。"))
    return redirect("draws:ceremony", serial)


@require_POST
def note_refusal(request: ActorRequest, serial: int, place: int) -> HttpResponse:
    """Put on record that the invited one in a seat did not disclose in time."""
    name = _seat(serial, place).pledge.invitation.name
    gathering.add_refusal(serial=serial, name=name, by=request.actor, at=clock.now())
    return redirect("draws:ceremony", serial)


@require_POST
def run(request: ActorRequest, serial: int) -> HttpResponse:
    """Draw."""
    running.run(serial=serial, by=request.actor, at=clock.now())
    messages.success(request, _("抽取完成。结果已经固定，公布以前只有组织单位的人员能看。"))
    return redirect("draws:ceremony", serial)


def _page(request: ActorRequest, draw: Draw, **forms: Any) -> dict[str, Any]:
    actor, shown = request.actor, ceremony_of(draw, clock.now())
    is_host = actor.holds("draws.host") and access.may(actor, "draws.host", draw) is None
    is_witness = actor.holds("draws.witness") and access.may(actor, "draws.witness", draw) is None
    waits = set(shown.standing.missing)
    invited = [seat for seat in seats_of(draw) if seat.pledge.invitation.source in waits] if shown.is_open else []
    return {
        "draw": draw,
        "ceremony": shown,
        "digits": range(10),
        "may_throw": is_host and shown.is_open and "dice" in waits,
        "may_confirm": is_witness and shown.is_open and "dice" in waits and bool(shown.digits),
        "may_give_beacon": shown.is_open and "drand" in waits and draw.beacon_at and clock.now() >= draw.beacon_at,
        "may_run": is_host and shown.standing.state == State.READY,
        "mine": [seat for seat in invited if access.may(actor, "draws.take_part", seat.pledge.invitation) is None],
        "silent": invited if is_host and shown.waits_until and clock.now() >= shown.waits_until else [],
        "die_form": DieForm(auto_id="id_die_%s"),
        "dice_form": DiceForm(auto_id="id_dice_%s"),
        "confirm_form": ConfirmForm(initial={"digits": shown.digits}, auto_id="id_confirm_%s"),
        "beacon_form": BeaconForm(auto_id="id_beacon_%s"),
        "value_form": ValueForm(auto_id="id_value_%s"),
        **forms,
        "faulty": next(iter(forms.values()), None),
    }


def _again(request: ActorRequest, serial: int, **forms: Any) -> HttpResponse:
    return render(request, "draws/ceremony.html", _page(request, draw_of(serial), **forms), status=422)


def _takes(serial: int, place: int) -> int:
    return draw_of(serial).throws.filter(place=place).count()


def _seat(serial: int, place: int) -> Seat:
    for seat in seats_of(draw_of(serial)):
        if seat.place == place:
            return seat
    raise NotFound("这一受邀方")
