"""What a unit sees while objections are heard: the series it answers for, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import ObjectForm
from yingshang.oversight.evaluation.queries import Heard
from yingshang.oversight.evaluation.views.answering import answered, evidence_of


@require_safe
def hearing(request: ActorRequest, code: str) -> HttpResponse:
    """List the series the unit answers for with value and source, each leading to its objection."""
    evaluation = queries.evaluation(code, request.actor)
    rows = queries.heard_by(evaluation, request.actor)
    listed = table(_columns(code), rows, request=request, name=_("本单位负责的数据"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "evaluation/hearing.html", {"evaluation": evaluation, "listing": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Object to one value."""
    evaluation = queries.evaluation(code, request.actor)
    row = next((one for one in queries.heard_by(evaluation, request.actor) if one.series == key), None)
    if row is None:
        raise NotFound("这个数据项")

    def deed(cleaned: dict[str, Any]) -> Any:
        return operations.object_to(
            evaluation_id=evaluation.pk,
            series=key,
            text=cleaned["text"],
            evidence=evidence_of(cleaned["evidence"]),
            by=request.actor,
            at=clock.now(),
        )

    return answered(
        request,
        ObjectForm(request.POST or None, request.FILES or None),
        deed,
        back=reverse("evaluation:hearing", args=[code]),
        evaluation=evaluation,
        room=reverse("evaluation:hearing", args=[code]),
        title=_("提出异议：%(title)s") % {"title": row.title},
        said=_("现在的值：%(value)s，来源：%(source)s") % {"value": row.written, "source": row.source_ref or _("没有")},
        button=_("提出异议"),
    )


def _columns(code: str) -> list[Column]:
    return [
        Column(
            title=_("数据项"),
            value="title",
            heads=True,
            width=32,
            href=lambda row: reverse("evaluation:object", args=[code, row.series]),
        ),
        Column(title=_("值"), value="written", kind="number"),
        Column(title=_("采集方式"), value="method"),
        Column(title=_("来源"), value="source_ref", width=40),
        Column(title=_("采集日期"), value="collected_on", kind="date"),
        Column(title=_("异议"), value=_said, width=40),
    ]


def _said(row: Heard) -> str:
    if row.objection is None:
        return _("没有提出")
    if row.objection.answered_at is None:
        return _("等待答复")
    found = _("采纳") if row.objection.is_accepted else _("不采纳")
    return f"{found}：{row.objection.answer}"
