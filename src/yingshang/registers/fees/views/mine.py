"""What I was charged, under which row, and paying it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.fees import operations, queries
from yingshang.registers.fees.adapters import channel
from yingshang.registers.fees.models import Charge
from yingshang.registers.fees.rules import yuan
from yingshang.registers.fees.views.public import report_links


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """List what the party was charged, newest first. Queries: 2."""
    rows = _own(request)
    columns = [
        Column(title=_("编号"), value="no", kind="code", href=_address, heads=True),
        Column(title=_("收费项目"), value="name", width=30),
        Column(title=_("收费单位"), value="unit.short_name", width=20),
        Column(title=_("日期"), value="charged_on", kind="date"),
        Column(title=_("应缴（元）"), value=lambda row: yuan(row.amount_fen), kind="number"),
        Column(title=_("减免（元）"), value=lambda row: yuan(row.exempted_fen), kind="number"),
        Column(title=_("情况"), value=queries.state_of),
    ]
    options: dict[str, Any] = {"request": request, "name": "收了我什么钱", "empty": _("没有向您收过费。")}
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, **options))
    page = {"table": table(columns, keyset(rows, request), **options), "report": report_links(request)}
    return render(request, "fees/mine.html", page)


@require_safe
def one(request: ActorRequest, charge_id: int) -> HttpResponse:
    """Show one charge: the row it rests on as it stood that day, what is exempted, what goes back."""
    found = _own_charge(request, charge_id)
    waits = found.paid_at is None and found.void_at is None and found.amount_fen > 0
    page = {
        "charge": found,
        "facts": facts_of(found),
        "refund": getattr(found, "refund", None),
        "channel": channel() if waits else None,
        "waits": waits,
        "report": report_links(request),
    }
    return render(request, "fees/own_charge.html", page)


@require_POST
def pay(request: ActorRequest, charge_id: int) -> HttpResponse:
    """Pay over the county's channel."""
    found = _own_charge(request, charge_id)
    operations.pay(charge_id=found.pk, by=request.actor, at=clock.now())
    messages.success(request, _("已缴纳。"))
    return redirect("fees:own_charge", found.pk)


def facts_of(found: Charge) -> list[dict[str, object]]:
    """Return what a charge says, for its payer and for its unit."""
    said = found.values
    address = reverse("fees:row", args=[found.row_code]) if found.digest else ""
    cited = _("第%(no)s版“%(code)s”") % {"no": found.edition, "code": found.row_code} if found.digest else ""
    rows: list[dict[str, object]] = [
        {"key": _("编号"), "value": found.no},
        {"key": _("收费单位"), "value": found.unit.short_name},
        {"key": _("清单依据"), "value": cited or _("清单之外，没有依据"), "href": address},
        {"key": _("依据文件"), "value": said.get("basis") or "—"},
        {"key": _("数量"), "value": f"{found.quantity.normalize():f}{said.get('per') or ''}"},
        {"key": _("应缴"), "value": _("%(yuan)s元") % {"yuan": yuan(found.amount_fen)}},
        {"key": _("日期"), "value": found.charged_on},
        {"key": _("情况"), "value": queries.state_of(found)},
    ]
    if found.exempted_fen:
        words = _("%(yuan)s元，%(why)s") % {"yuan": yuan(found.exempted_fen), "why": found.exempted_because}
        rows.append({"key": _("减免"), "value": words})
    if found.receipt_no:
        rows.append({"key": _("票据或者流水号"), "value": found.receipt_no})
    if found.matter:
        rows.append({"key": _("事项"), "value": found.matter})
    return rows


def _own(request: ActorRequest) -> Any:
    if not request.actor.party:
        raise Refusal(
            "fees.no_party",
            "这一页只给缴费人本人和受托人看，您现在不是以当事人的身份登录。",
            "请登录；已经登录的，请切换到本人或者企业的身份。",
        )
    return queries.charges_for(request.actor).filter(payer__public_id=request.actor.party)


def _own_charge(request: ActorRequest, charge_id: int) -> Charge:
    found: Charge | None = _own(request).filter(pk=charge_id).first()
    if found is None:
        raise NotFound(_("这笔收费"))
    return found


def _address(row: Charge) -> str:
    return reverse("fees:own_charge", args=[row.pk])
