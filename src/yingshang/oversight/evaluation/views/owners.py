"""The matrix: who answers for which series, and where its values come from."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import clock, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Owner
from yingshang.oversight.evaluation.queries import MatrixRow
from yingshang.oversight.evaluation.views import edition_tables


@require_safe
def matrices(request: ActorRequest) -> HttpResponse:
    """List the editions that have a matrix."""
    return render(request, "evaluation/matrices.html", {"editions": queries.editions_with_owners()})


@require_safe
def matrix(request: ActorRequest, key: str) -> HttpResponse:
    """Show the matrix of an edition: indicator × series × unit × post × source."""
    edition, rows = _rows(key)
    name = _("责任矩阵")
    listed = table(_columns(), rows, request=request, name=f"{name} {key}", dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    counted = Counter(row.owner.origin if row.owner else Owner.Origin.NOBODY for row in rows)
    units = {row.owner.unit.code: row.owner.unit for row in rows if row.owner and row.owner.unit}
    context = {
        "key": key,
        "title": edition.title,
        "listing": listed,
        "units": list(units.values()),
        "system": counted[Owner.Origin.SYSTEM],
        "outside": counted[Owner.Origin.OUTSIDE],
        "nobody": counted[Owner.Origin.NOBODY],
        "off": edition_tables.off_tops(edition),
        "published": queries.published().filter(edition_key=key).first(),
    }
    return render(request, "evaluation/matrix.html", context)


@require_safe
def letter(request: ActorRequest, key: str, unit: str) -> HttpResponse:
    """Hand out the letter that tells a unit for which series it answers."""
    edition, rows = _rows(key)
    mine = [row for row in rows if row.owner and row.owner.unit and row.owner.unit.code == unit]
    if not mine:
        raise NotFound("这个单位的告知书")
    owner = mine[0].owner
    assert owner is not None and owner.unit is not None, "rows of a unit have it"
    paper = typesetting.Form(
        title="营商环境评价指标责任告知书",
        fields=[("责任单位", owner.unit.name), ("指标版本", edition.title), ("数据项", f"{len(mine)}个")],
        body=[
            typesetting.Paragraph(
                "下列数据项由贵单位负责。请按“数据来源”如实提供，并保存能证明它的材料；评价期间请在异议期内核对数值，"
                "不得要求评估机构改数，要求改数的会随结果一并公布。"
            ),
            typesetting.Grid(
                ["指标", "数据项", "责任人", "数据来源"],
                [[row.indicator, row.title, row.people or row.post, _origin(row)] for row in mine if row.owner],
            ),
        ],
        signatures=["签收人"],
        note="演示" if settings.YS_DEMO else "",
    )
    response = HttpResponse(typesetting.pdf(paper), content_type="application/pdf")
    name = quote(f"{owner.unit.short_name}指标责任告知书.pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _rows(key: str) -> tuple[scoring.Edition, list[MatrixRow]]:
    edition = queries.known_edition(key)
    return edition, queries.matrix_of(edition, clock.today())


def _columns() -> list[Column]:
    return [
        Column(title=_("指标"), value="indicator", heads=True, width=24),
        Column(title=_("数据项"), value="title", width=28),
        Column(title=_("责任单位"), value=lambda row: _unit(row) or _("还没有人负责"), width=24),
        Column(title=_("责任人"), value=_person, width=24),
        Column(title=_("数据来源"), value=_origin),
        Column(title=_("采集方式"), value="method"),
        Column(title=_("指标量"), value=lambda row: row.owner.measure if row.owner else "", kind="code", width=36),
        Column(title=_("待办"), value=lambda row: row.owner.todo if row.owner else "", width=40),
    ]


def _unit(row: MatrixRow) -> str:
    return row.owner.unit.short_name if row.owner and row.owner.unit else ""


def _person(row: MatrixRow) -> str:
    return f"{row.people}（{row.post}）" if row.people else _("还没有人")


def _origin(row: MatrixRow) -> str:
    return str(row.owner.get_origin_display() if row.owner else Owner.Origin.NOBODY.label)
