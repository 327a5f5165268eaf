"""The pool of inspectors: whose certificates hold, who is suspended, who must keep away from whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.pools import InspectorFilter, InspectorForm, ReasonForm, SureForm, TieForm
from yingshang.conduct.inspections.models import Inspector
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.conduct.inspections.views.pools import words_of
from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out


@require_safe
def inspectors(request: ActorRequest) -> HttpResponse:
    """Show the pool of inspectors with the lamps of their certificates. Queries: fixed."""
    access.permit(request.actor, "inspections.see_office")
    today, titles = clock.today(), queries.tag_titles()
    form = InspectorFilter(request.GET or None, units=queries.inspecting_units())
    rows = queries.inspector_pool(today, **(form.cleaned_data if form.is_valid() else {}))
    columns = [
        Column(title=_("执法证号"), value="certificate_no", kind="code", width=20),
        Column(title=_("姓名"), value="name", heads=True, href=_address),
        Column(title=_("单位"), value="unit.short_name", width=24),
        Column(title=_("执法领域"), value=lambda row: words_of(row.fields, titles), width=24),
        Column(title=_("有效期起"), value="valid_from", kind="date"),
        Column(title=_("有效期止"), value="valid_to", kind="date"),
        Column(title=_("证件"), value=lambda row: queries.certificate_lamp(row, today), kind="lamp"),
        Column(title=_("说明"), value=lambda row: _standing(row), width=30),
    ]
    page = keyset(rows, request, order=("certificate_no",))
    listing = table(columns, page, request=request, name="执法检查人员名录库")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    links = [(_("检查对象名录库"), reverse("inspections:targets"))]
    if access.may(request.actor, "inspections.keep_inspector", None) is None:
        links += [
            (_("加一名执法人员"), reverse("inspections:add_inspector")),
            (_("用表格入库"), reverse("inspections:inspectors_in:upload")),
        ]
    context = {
        "heading": _("执法检查人员名录库"),
        "back": (_("工作台"), reverse("web:workbench")),
        "intro": [_("只有持执法证的人员可以入库。亮红灯的不会被抽到，也不能入企；亮黄灯的证件今年内到期。")],
        "links": links,
        "form": form,
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


@require_safe
def inspector(request: ActorRequest, inspector_id: int) -> HttpResponse:
    """Show one inspector, and the ties to whoever may know them."""
    access.permit(request.actor, "inspections.see_office")
    found, today = queries.inspector_with(inspector_id), clock.today()
    ties = list(queries.ties_open_to(request.actor, queries.ties_on(today).filter(inspector=found)))
    columns = [
        Column(title=_("企业"), value="target.name", heads=True),
        Column(title=_("关系"), value=lambda row: row.get_kind_display()),
        Column(title=_("自"), value="since", kind="date"),
    ]
    context = {
        "inspector": found,
        "lamp": queries.certificate_lamp(found, today),
        "standing": _standing(found),
        "facts": [
            {"key": _("执法证号"), "value": found.certificate_no},
            {"key": _("单位"), "value": found.unit.short_name},
            {"key": _("执法领域"), "value": words_of(found.fields, queries.tag_titles()) or "—"},
            {"key": _("证件有效期"), "value": f"{found.valid_from:%Y-%m-%d}—{found.valid_to:%Y-%m-%d}"},
        ],
        "may_keep": access.may(request.actor, "inspections.keep_inspector", found) is None,
        "may_tie": access.may(request.actor, "inspections.declare_tie", found) is None,
        "ties": table(columns, ties, empty=_("没有申报过应当回避的关系。")),
    }
    return render(request, "inspections/inspector.html", context)


def add(request: ActorRequest) -> HttpResponse:
    """Put a person with a certificate into the pool of one's own unit."""
    access.permit(request.actor, "inspections.keep_inspector", None)
    form = InspectorForm(request.POST or None, tags=queries.tag_titles().items())
    intro = [_("聘用人员、协管员、网格员和第三方人员没有执法证，不能入库，也不能检查企业。")]
    back = (_("执法检查人员名录库"), reverse("inspections:inspectors"))
    asking = Asking(heading=_("加一名执法人员"), button=_("入库"), back=back, intro=intro)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        fields = given.pop("fields_")
        made = operations.add_inspector(**given, fields=fields, by=request.actor, at=clock.now())
        return _("%(name)s已入库。") % {"name": made.name}, _address(made)

    return answer(request, form, asking, do=do)


def suspend(request: ActorRequest, inspector_id: int) -> HttpResponse:
    """Suspend a certificate from today on."""
    found = queries.inspector_with(inspector_id)
    access.permit(request.actor, "inspections.keep_inspector", found)
    intro = [_("从今天起不会被抽到，也不能开始检查；已经抽到的检查要办理替补。")]
    asking = Asking(heading=_("暂扣执法证"), button=_("暂扣"), back=_back(found), caption=str(found), intro=intro)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.suspend_inspector(inspector_id=found.pk, **given, by=request.actor, at=clock.now())
        return _("执法证已暂扣。"), _back(found)[1]

    return answer(request, ReasonForm(request.POST or None), asking, do=do)


def restore(request: ActorRequest, inspector_id: int) -> HttpResponse:
    """Give a suspended certificate back."""
    found = queries.inspector_with(inspector_id)
    access.permit(request.actor, "inspections.keep_inspector", found)
    asking = Asking(heading=_("恢复执法证"), button=_("恢复使用"), back=_back(found), caption=str(found))

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        operations.restore_inspector(inspector_id=found.pk, by=request.actor, at=clock.now())
        return _("执法证已恢复使用。"), _back(found)[1]

    return answer(request, _sure(request), asking, do=do)


def tie(request: ActorRequest, inspector_id: int) -> HttpResponse:
    """Declare that an inspector must keep away from an enterprise."""
    found = queries.inspector_with(inspector_id)
    access.permit(request.actor, "inspections.declare_tie", found)
    intro = [_("申报的内容只有本人和本单位名录管理人员看得到。摇号时只放入加了密的摘要，不公开姓名和企业。")]
    asking = Asking(
        heading=_("申报应当回避的关系"), button=_("申报"), back=_back(found), caption=str(found), intro=intro
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.declare_tie(
            inspector_id=found.pk,
            target_id=queries.target_by_code(given["code"]).pk,
            kind=given["kind"],
            since=given["since"],
            by=request.actor,
            at=clock.now(),
        )
        return _("已申报。以后的摇号不会把这家企业分给这名人员。"), _back(found)[1]

    return answer(request, TieForm(request.POST or None), asking, do=do)


def _sure(request: ActorRequest) -> SureForm:
    return SureForm(request.POST if request.method == "POST" else None)


def _address(found: Inspector) -> str:
    return reverse("inspections:inspector", args=[found.pk])


def _back(found: Inspector) -> tuple[str, str]:
    return found.name, _address(found)


def _standing(found: Inspector) -> str:
    if found.suspended_on:
        return _("%(day)s起暂扣：%(why)s") % {
            "day": f"{found.suspended_on:%Y-%m-%d}",
            "why": found.suspended_because,
        }
    return _("演示") if found.is_demo else ""
