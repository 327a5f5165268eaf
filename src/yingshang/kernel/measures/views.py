"""All measures, and one measure with its formula and frozen values."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yingshang.kernel import access, registry, web
from yingshang.kernel.measures.computing import Explanation, explain
from yingshang.kernel.measures.models import FrozenValue
from yingshang.kernel.measures.periods import read_period
from yingshang.kernel.web import Column
from yingshang.kernel.web.request import ActorRequest

BETTER = {"higher": "越高越好", "lower": "越低越好", "": "不分高低"}


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Show every declared measure."""
    access.permit(request.actor, "measures.read")
    columns = [
        Column(title=_("指标量"), value="told.title", href=_address, heads=True),
        Column(title=_("代码"), value="name", kind="code"),
        Column(title=_("方向"), value=lambda row: BETTER[row.told.better]),
    ]
    rows = [explain(name) for name in sorted(registry.measures())]
    return render(request, "measures/index.html", {"table": web.table(columns, rows, empty="还没有指标量。")})


@require_GET
def detail(request: ActorRequest, name: str) -> HttpResponse:
    """Show how a measure comes about, and its frozen values with their corrections."""
    access.permit(request.actor, "measures.read")
    how = explain(name)
    values = FrozenValue.objects.filter(measure=name).select_related("unit", "corrected_by")
    columns = [
        Column(title=_("单位"), value="unit.short_name", heads=True),
        Column(title=_("时期"), value=lambda row: str(read_period(row.period))),
        Column(title=_("值"), value="shown"),
        Column(title=_("冻结时间"), value="frozen_at", kind="moment"),
        Column(title=_("来源行数"), value=lambda row: len(row.sources), kind="number"),
        Column(title=_("说明"), value=_note),
    ]
    page = web.keyset(values, request, order=("-period", "unit_id", "pk"))
    shown = web.table(columns, page, request=request, name=how.told.title, empty="还没有冻结过。")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown.with_rows(values))
    return render(request, "measures/detail.html", {"how": how, "better": BETTER[how.told.better], "table": shown})


def _address(how: Explanation) -> str:
    return reverse("measures:detail", args=[how.name])


def _note(row: FrozenValue) -> str:
    if hasattr(row, "corrected_by"):
        return "已更正，不再使用"
    return f"更正：{row.reason}" if row.corrects_id else ""
