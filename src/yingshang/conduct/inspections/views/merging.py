"""Visits to the same enterprise on the same days: proposed, and merged into one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.merging import MergeForm
from yingshang.conduct.inspections.queries import Proposal
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out


@require_safe
def proposals(request: ActorRequest) -> HttpResponse:
    """Show which planned visits could be one: of one's unit, or of all to whoever coordinates. Queries: fixed."""
    access.permit(request.actor, "inspections.see_office")
    sees_all = access.may(request.actor, "inspections.coordinate", None) is None
    rows = queries.proposals_on(clock.today(), unit="" if sees_all else request.actor.unit)
    columns = [
        Column(title=_("企业"), value="target", heads=True, width=36, href=_address),
        Column(title=_("建议"), value=_said, width=40),
        Column(title=_("单位"), value="units", width=40),
        Column(title=_("抽查事项"), value="items", width=60),
        Column(title=_("共同的日子自"), value="first", kind="date"),
        Column(title=_("至"), value="last", kind="date"),
    ]
    empty = _("没有可以合并的检查。")
    listing = table(columns, rows, request=request, name="可以合并的检查", empty=empty)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "heading": _("可以合并的检查"),
        "back": (_("工作台"), reverse("web:workbench")),
        "intro": [_("同一家企业在同一段日子里有几次检查的，合并成一次上门：一个牵头单位、一组人员、一张检查表。")],
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


def merge(request: ActorRequest) -> HttpResponse:
    """Merge the visits of one proposal. ``?visit=`` names one of them."""
    wanted = request.GET.get("visit", "")
    visit_id = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    found = next((each for each in queries.proposals_on(clock.today()) if visit_id in each.ids), None)
    if found is None:
        raise NotFound(_("这项合并建议"))
    access.permit(request.actor, "inspections.merge_visits", found.visits)
    units = dict.fromkeys((each.lead_unit.code, each.lead_unit.short_name) for each in found.visits)
    form = MergeForm(
        request.POST or None, visits=[(each.pk, _words(each)) for each in found.visits], units=units,
        days=(found.first, found.last),
    )  # fmt: skip
    asking = Asking(
        heading=_("合并成一次检查"),
        button=_("合并"),
        back=(_("可以合并的检查"), reverse("inspections:merging")),
        caption=found.target,
        intro=[_("合并以后，别的单位的检查写明并入了哪一次；每个单位仍然只计一次年度频次。")],
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        kept = operations.merge_visits(
            visit_ids=given["visits"],
            lead_unit=given["lead_unit"],
            planned_on=given["planned_on"],
            by=request.actor,
            at=clock.now(),
        )
        said = _("已合并成一次检查，由%(unit)s牵头。") % {"unit": kept.lead_unit.short_name}
        return said, reverse("inspections:target", args=[kept.target_id])

    return answer(request, form, asking, do=do)


def _said(row: Proposal) -> str:
    return _("%(count)d次检查可以合并成一次") % {"count": len(row.visits)}


def _address(row: Proposal) -> str:
    return f"{reverse('inspections:merge_visits')}?visit={row.ids[0]}"


def _words(visit: Any) -> str:
    items = "、".join(item.title for item in visit.items.all())
    return f"{visit.lead_unit.short_name}：{items}（{visit.planned_on:%m-%d}至{visit.planned_to:%m-%d}）"
