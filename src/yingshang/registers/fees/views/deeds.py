"""Charging, entering, taking back, paying back, checking, adopting: one operation each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Party
from yingshang.kernel.web import ActorRequest
from yingshang.registers.fees import operations, queries
from yingshang.registers.fees.forms import ChargeForm, PaperForm, ProofForm, ReasonForm
from yingshang.registers.fees.models import Charge
from yingshang.registers.fees.views.desk import must_be_staff


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Charge under a row of the list."""
    _must_charge(request)
    listed = queries.fee_rows(clock.today()).values()
    rows = [row for row in listed if row.unit == request.actor.unit and row.per_unit_fen is not None]
    form = ChargeForm(request.POST or None, rows=rows)

    def carry_out(said: dict[str, Any]) -> Charge:
        subject, payer = _payer(request, said["dossier_no"], said["payer_code"])
        return operations.charge(
            subject=subject,
            row_code=said["row_code"],
            quantity=said["quantity"],
            payer=payer,
            exempted_because=said["exempted_because"],
            by=request.actor,
            at=clock.now(),
        )

    return _deed(request, form, carry_out, _("按清单收一笔"), _("收费"))


@require_http_methods(["GET", "POST"])
def paper(request: ActorRequest) -> HttpResponse:
    """Enter what was taken outside the platform."""
    _must_charge(request)

    def carry_out(said: dict[str, Any]) -> Charge:
        payer = _payer(request, "", said["payer_code"])[1]
        if payer is None:
            raise _unknown_payer()
        return operations.enter_paper(
            unit=request.actor.unit,
            row_code=said["row_code"].strip(),
            name=said["name"],
            payer=payer,
            quantity=said["quantity"],
            amount_fen=int(said["amount"] * 100),
            taken_on=said["taken_on"],
            receipt_no=said["receipt_no"].strip(),
            by=request.actor,
            at=clock.now(),
        )

    return _deed(request, PaperForm(request.POST or None), carry_out, _("登记平台外收的一笔"), _("登记"))


@require_http_methods(["GET", "POST"])
def void(request: ActorRequest, charge_id: int) -> HttpResponse:
    """Take back a charge nobody has paid."""
    must_be_staff(request)
    found = queries.charge_for(request.actor, charge_id)

    def carry_out(said: dict[str, Any]) -> Charge:
        return operations.void(charge_id=found.pk, because=said["because"], by=request.actor, at=clock.now())

    title = _("作废%(no)s") % {"no": found.no}
    return _deed(request, ReasonForm(request.POST or None), carry_out, title, _("作废"))


@require_http_methods(["GET", "POST"])
def refund(request: ActorRequest, charge_id: int) -> HttpResponse:
    """Note that a refund was paid back."""
    must_be_staff(request)
    found = queries.charge_for(request.actor, charge_id)
    owed = getattr(found, "refund", None)
    if owed is None:
        raise NotFound(_("这笔退费"))

    def carry_out(said: dict[str, Any]) -> Charge:
        operations.refund(refund_id=owed.pk, proof=said["proof"], by=request.actor, at=clock.now())
        return found

    title = _("登记退还%(no)s") % {"no": found.no}
    return _deed(request, ProofForm(request.POST or None), carry_out, title, _("已经退还"))


@require_POST
def check(request: ActorRequest) -> HttpResponse:
    """Compare every charge with the newest list now instead of at night."""
    found = operations.find_wrong_charges(by=request.actor, at=clock.now())
    messages.success(request, _("已核对，新发现应退%(count)s笔。") % {"count": found})
    return redirect("fees:desk")


@require_POST
def adopt(request: ActorRequest, reference: str) -> HttpResponse:
    """Note a payment that only the channel knows of."""
    must_be_staff(request)
    found = operations.adopt(reference=reference, by=request.actor, at=clock.now())
    messages.success(request, _("已补记缴费。"))
    return redirect("fees:charge", found.pk)


def _deed(
    request: ActorRequest, form: Any, carry_out: Callable[[dict[str, Any]], Charge], title: str, button: str
) -> HttpResponse:
    if form.is_valid():
        try:
            done = carry_out(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.reason + refusal.remedy + (f"（{refusal.source}）" if refusal.source else ""))
        else:
            messages.success(request, _("已办好。"))
            return redirect("fees:charge", done.pk)
    page = {"form": form, "title": title, "button": button}
    return render(request, "fees/deed.html", page, status=422 if form.is_bound else 200)


def _must_charge(request: ActorRequest) -> None:
    if not (request.actor.unit and request.actor.holds("fees.charge")):
        raise NotFound(_("这一页"))


def _payer(request: ActorRequest, dossier_no: str, code: str) -> tuple[str, Party | None]:
    """Return the matter and the payer. A matter that the officer may not see is not there."""
    subject = ""
    if dossier_no.strip():
        dossier = access.visible(request.actor, "work.see_dossier").filter(no=dossier_no.strip()).first()
        if dossier is None:
            raise Refusal("fees.unknown_matter", "没有找到这个编号的办件，或者您无权查看。", "请核对办件编号。")
        subject = f"dossier:{dossier.pk}"
    payer = parties.party_by_code(code) if code.strip() else None
    if code.strip() and payer is None:
        raise _unknown_payer()
    return subject, payer


def _unknown_payer() -> Refusal:
    return Refusal(
        "fees.unknown_payer", "没有登记过这个号码的当事人。", "请核对号码；第一次办事的，先受理或者登记当事人再收费。"
    )
