"""Public pages: which procedures there are, and how one runs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yingshang.kernel import clock, web
from yingshang.kernel.procedures import describing, queries
from yingshang.kernel.procedures.export_bpmn import bpmn
from yingshang.kernel.procedures.export_svg import svg
from yingshang.kernel.procedures.models import ProcedureVersion
from yingshang.kernel.web import Column
from yingshang.kernel.web.request import ActorRequest

KINDS = {"license": "许可", "filing": "备案", "other": "其他"}


@require_GET
def procedures(request: ActorRequest) -> HttpResponse:
    """Show the procedures in force today."""
    columns = [
        Column(title=_("程序"), value="title", href=_address, heads=True, width=40),
        Column(title=_("种类"), value=lambda row: KINDS[row.kind]),
        Column(title=_("事项编码"), value=lambda row: row.item_code or _("待县里确认"), kind="code", width=26),
        Column(title=_("版次"), value="version", kind="number"),
        Column(title=_("施行日期"), value="effective_from", kind="date"),
    ]
    rows = queries.in_force(clock.today()).defer("canonical")
    shown = web.table(columns, rows, request=request, name=_("办理程序"), empty=_("还没有发布办理程序。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "procedures/list.html", {"table": shown})


@require_GET
def procedure(request: ActorRequest, procedure_id: str) -> HttpResponse:
    """Show how a procedure runs today."""
    return _shown(request, queries.version_for_page(procedure_id))


@require_GET
def procedure_version(request: ActorRequest, procedure_id: str, version: str) -> HttpResponse:
    """Show one version of a procedure."""
    return _shown(request, queries.version_numbered(procedure_id, int(version)))


def _shown(request: ActorRequest, found: ProcedureVersion) -> HttpResponse:
    definition = queries.frozen(found)
    context = {
        "version": found,
        "definition": definition,
        "kind": KINDS[found.kind],
        # The picture is made by us from a checked definition; lxml escapes every word in it.
        "picture": mark_safe(svg(definition)),
        "ways": describing.ways(definition),
        "periods": describing.periods(definition, clock.today()),
        "outcomes": describing.outcomes(definition),
        "versions": queries.versions_of(found.procedure_id).defer("canonical"),
    }
    return render(request, "procedures/detail.html", context)


@require_GET
def bpmn_file(_request: ActorRequest, procedure_id: str, version: str) -> HttpResponse:
    """Hand out one version as a BPMN 2.0 file."""
    found = queries.version_numbered(procedure_id, int(version))
    answer = HttpResponse(bpmn(queries.frozen(found)), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{procedure_id}-{version}.bpmn"'
    return answer


def _address(version: ProcedureVersion) -> str:
    return reverse("procedures:detail", args=[version.procedure_id])
