"""Single-case and special inspections: asked for, decided by the head, then arranged."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.permissions import ArrangeForm, AskForm, DecideForm
from yingshang.conduct.inspections.models import Permission
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.conduct.inspections.views.pools import words_of
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out


@require_safe
def permissions(request: ActorRequest) -> HttpResponse:
    """Show what one's unit asked for; to whoever coordinates, what every unit asked for."""
    access.permit(request.actor, "inspections.see_office")
    sees_all = access.may(request.actor, "inspections.coordinate", None) is None
    rows = queries.permissions_of("" if sees_all else request.actor.unit)
    columns = [
        Column(title=_("企业"), value="target.name", heads=True, width=36, href=_address),
        Column(title=_("单位"), value="unit.short_name", width=24),
        Column(title=_("种类"), value=lambda row: row.get_kind_display()),
        Column(title=_("由来"), value=lambda row: row.get_cause_display()),
        Column(title=_("紧急"), value=lambda row: _("紧急") if row.is_emergency else ""),
        Column(title=_("申请时间"), value="asked_at", kind="moment"),
        Column(title=_("情况"), value=lambda row: row.get_state_display()),
        Column(title=_("审批时间"), value="decided_at", kind="moment"),
    ]
    empty = _("还没有申请过。")
    listing = table(columns, keyset(rows, request), request=request, name="行政检查审批", empty=empty)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    may_ask = access.may(request.actor, "inspections.ask_permission") is None
    context = {
        "heading": _("行政检查审批"),
        "back": (_("工作台"), reverse("web:workbench")),
        "intro": [_("抽查计划以外的个案检查和专项检查，都要先经本机关主要负责人批准。")],
        "links": [(_("申请一次检查"), reverse("inspections:ask_permission"))] if may_ask else [],
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


@require_safe
def permission(request: ActorRequest, permission_id: int) -> HttpResponse:
    """Show one request with its decision and its visit."""
    found = _seen(request, permission_id)
    items = queries.published_items(clock.today())
    visits = list(found.visits.order_by("pk"))
    facts = [
        (_("企业"), f"{found.target.name}（{found.target.code}）"),
        (_("申请单位"), found.unit.short_name),
        (_("检查种类"), found.get_kind_display()),
        (_("检查事项"), words_of(found.items, {code: row.values["name"] for code, row in items.items()})),
        (_("由来"), found.get_cause_display()),
        (_("理由"), found.reason),
        (_("紧急"), _("是，事后补办批准") if found.is_emergency else _("不是")),
        (_("申请日期"), f"{clock.beijing_date(found.asked_at):%Y-%m-%d}"),
    ]
    if found.ordered_from_above:
        facts.append((_("上级部署文件"), found.ordered_from_above))
    if found.decided_at:
        facts += [
            (_("审批日期"), f"{clock.beijing_date(found.decided_at):%Y-%m-%d}"),
            (_("批示"), found.decision or "—"),
        ]
    can_go = found.state == Permission.State.GRANTED or (found.is_emergency and found.state == Permission.State.ASKED)
    stands = any(each.state != each.State.STOPPED for each in visits)
    context = {
        "permission": found,
        "facts": [{"key": key, "value": value} for key, value in facts],
        "visits": visits,
        "may_decide": found.state == Permission.State.ASKED
        and access.may(request.actor, "inspections.decide_permission", found) is None,
        "may_arrange": can_go and not stands and access.may(request.actor, "inspections.arrange_visit", found) is None,
    }
    return render(request, "inspections/permission.html", context)


def ask(request: ActorRequest) -> HttpResponse:
    """Ask the head for one inspection."""
    access.permit(request.actor, "inspections.ask_permission")
    items = queries.published_items(clock.today())
    form = AskForm(
        request.POST or None,
        items=[(code, f"{code} {row.values['name']}（{row.values['basis']}）") for code, row in items.items()],
        initial={"target_code": request.GET.get("target", "")[:18]},
    )
    back = (_("行政检查审批"), reverse("inspections:permissions"))
    asking = Asking(heading=_("申请一次检查"), button=_("报主要负责人审批"), back=back)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        made = operations.ask_permission(**given, by=request.actor, at=clock.now())
        return _("已报主要负责人审批。"), _address(made)

    return answer(request, form, asking, do=do)


def decide(request: ActorRequest, permission_id: int) -> HttpResponse:
    """Grant or refuse."""
    found = queries.permission_with(permission_id)
    access.permit(request.actor, "inspections.decide_permission", found)
    facts = [{"key": _("理由"), "value": found.reason}, {"key": _("由来"), "value": found.get_cause_display()}]
    asking = Asking(
        heading=_("审批一次检查"), button=_("确定"), back=_back(found), caption=found.target.name, facts=facts
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.decide_permission(permission_id=found.pk, **given, by=request.actor, at=clock.now())
        return (_("已批准。") if given["grant"] else _("没有批准。")), _address(found)

    return answer(request, DecideForm(request.POST or None), asking, do=do)


def arrange(request: ActorRequest, permission_id: int) -> HttpResponse:
    """Say who goes, and when."""
    found = queries.permission_with(permission_id)
    access.permit(request.actor, "inspections.arrange_visit", found)
    offered = queries.inspectors_on(clock.today(), units=[found.unit.code])
    form = ArrangeForm(
        request.POST or None,
        inspectors=[(each.pk, str(each)) for each in offered],
        least=queries.crew_least_on(clock.today()),
    )
    asking = Asking(
        heading=_("安排检查"),
        button=_("安排"),
        back=_back(found),
        caption=found.target.name,
        intro=[_("只列出本单位证件有效的人员。与企业有应当回避的关系、超过年度频次的，不能安排，并且记录在案。")],
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.arrange_visit(
            permission_id=found.pk,
            inspectors=[given["lead"], *given["companions"]],
            planned_on=given["planned_on"],
            planned_to=given["planned_to"],
            by=request.actor,
            at=clock.now(),
        )
        return _("检查已安排。"), _address(found)

    return answer(request, form, asking, do=do)


def _seen(request: ActorRequest, permission_id: int) -> Permission:
    found = queries.permission_with(permission_id)
    if access.may(request.actor, "inspections.see_permission", found) is not None:
        raise NotFound(_("这份行政检查审批"))
    return found


def _address(found: Permission) -> str:
    return reverse("inspections:permission", args=[found.pk])


def _back(found: Permission) -> tuple[str, str]:
    return found.target.name, _address(found)
