"""A unit's desk: its charges, what must go back, sums by kind and month, and the channel's statement."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.fees import queries
from yingshang.registers.fees.adapters import channel
from yingshang.registers.fees.forms import DayForm
from yingshang.registers.fees.models import Charge
from yingshang.registers.fees.rules import yuan
from yingshang.registers.fees.views.mine import facts_of


@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """List the charges of the unit, of all units for who checks them. Queries: 2."""
    must_be_staff(request)
    rows = queries.charges_for(request.actor)
    columns = [
        Column(title=_("编号"), value="no", kind="code", href=_address, heads=True),
        Column(title=_("收费项目"), value="name", width=30),
        Column(title=_("收费单位"), value="unit.short_name", width=20),
        Column(title=_("缴费人"), value=lambda row: access.mask(request.actor, "name", row.payer.display_name)),
        Column(title=_("日期"), value="charged_on", kind="date"),
        Column(title=_("应缴（元）"), value=lambda row: yuan(row.amount_fen), kind="number"),
        Column(title=_("减免（元）"), value=lambda row: yuan(row.exempted_fen), kind="number"),
        Column(title=_("情况"), value=queries.state_of),
    ]
    options: dict[str, Any] = {"request": request, "name": "收费", "empty": _("还没有收费。")}
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, **options))
    page = {
        "heading": _("收费和退费"),
        "table": table(columns, keyset(rows, request), **options),
        "links": _links(request),
        "may_check": access.may(request.actor, "fees.check", None) is None,
    }
    return render(request, "fees/desk.html", page)


@require_safe
def charge(request: ActorRequest, charge_id: int) -> HttpResponse:
    """Show one charge to the unit that made it, with what can be done."""
    must_be_staff(request)
    found = queries.charge_for(request.actor, charge_id)
    refund = getattr(found, "refund", None)
    can_void = found.paid_at is None and found.void_at is None
    page = {
        "charge": found,
        "facts": facts_of(found),
        "refund": refund,
        "may_void": can_void and access.may(request.actor, "fees.void", found) is None,
        "may_refund": refund is not None
        and refund.repaid_at is None
        and access.may(request.actor, "fees.refund", refund) is None,
    }
    return render(request, "fees/charge.html", page)


@require_safe
def refunds(request: ActorRequest) -> HttpResponse:
    """List what must go back and what went back. Queries: 2."""
    must_be_staff(request)
    rows = queries.refunds_for(request.actor)
    columns = [
        Column(
            title=_("收费编号"),
            value="charge.no",
            kind="code",
            href=lambda row: reverse("fees:charge", args=[row.charge_id]),
            heads=True,
        ),
        Column(title=_("收费项目"), value="charge.name", width=30),
        Column(title=_("收费单位"), value="charge.unit.short_name", width=20),
        Column(title=_("原因"), value=lambda row: row.get_reason_display(), width=24),
        Column(title=_("应退（元）"), value=lambda row: yuan(row.due_fen), kind="number"),
        Column(title=_("最迟退还"), value="obligation.due_date", kind="date"),
        Column(title=_("退还时间"), value="repaid_at", kind="moment"),
        Column(title=_("凭证号"), value="proof"),
    ]
    options: dict[str, Any] = {"request": request, "name": "退费", "empty": _("没有要退的费用。")}
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, **options))
    page = {"heading": _("退费"), "table": table(columns, keyset(rows, request), **options)}
    return render(request, "fees/listing.html", page)


@require_safe
def figures(request: ActorRequest) -> HttpResponse:
    """Show what was charged and exempted by kind and month of this year. Queries: 1."""
    must_be_staff(request)
    columns = [
        Column(title=_("月份"), value=lambda row: f"{row.month:%Y-%m}", heads=True),
        Column(title=_("类别"), value="kind", width=30),
        Column(title=_("应收（元）"), value=lambda row: yuan(row.charged_fen), kind="number"),
        Column(title=_("减免（元）"), value=lambda row: yuan(row.exempted_fen), kind="number"),
    ]
    found = queries.by_kind_and_month(request.actor, clock.today().year)
    listing = table(columns, found, request=request, name="收费统计", empty=_("今年还没有收费。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(request, "fees/listing.html", {"heading": _("今年各类收费"), "table": listing})


@require_safe
def statement(request: ActorRequest) -> HttpResponse:
    """Compare a day of the channel's statement with what was noted. Queries: 4."""
    must_be_staff(request)
    form = DayForm(request.GET or None)
    day = (form.cleaned_data.get("day") if form.is_valid() else None) or clock.today()
    outside = channel()
    found = queries.compared(request.actor, outside.statement(day), day) if outside else []
    may_adopt = request.actor.holds("fees.charge")
    page = {"form": form, "day": day, "channel": outside, "rows": found, "may_adopt": may_adopt}
    return render(request, "fees/statement.html", page)


def must_be_staff(request: ActorRequest) -> None:
    """Raise NotFound for whoever neither charges nor checks: the desk does not exist for them."""
    if not any(request.actor.holds(action) for action in ("fees.charge", "fees.refund", "fees.check")):
        raise NotFound(_("这一页"))


def _links(request: ActorRequest) -> list[tuple[str, str]]:
    links = []
    if request.actor.holds("fees.charge"):
        links = [(_("按清单收一笔"), reverse("fees:new")), (_("登记平台外收的一笔"), reverse("fees:paper"))]
    return [
        *links,
        (_("退费"), reverse("fees:refunds")),
        (_("对账"), reverse("fees:statement")),
        (_("今年各类收费"), reverse("fees:figures")),
        (_("收费清单"), reverse("fees:rows")),
    ]


def _address(row: Charge) -> str:
    return reverse("fees:charge", args=[row.pk])
