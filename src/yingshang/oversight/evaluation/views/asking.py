"""Inquiries: the evaluator sends them, the unit answers each series with its evidence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import clock, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import InquiryForm, StatementForm
from yingshang.oversight.evaluation.models import Evaluation, Inquiry
from yingshang.oversight.evaluation.views import desk_tables
from yingshang.oversight.evaluation.views.answering import answered, evidence_of
from yingshang.oversight.evaluation.views.desk import own

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def inquiries(request: ActorRequest, code: str) -> HttpResponse:
    """List the inquiries, and the units that can be asked because they answer for series."""
    evaluation = own(request, code)
    listed = table(
        desk_tables.inquiry_columns(code),
        queries.inquiries_of(evaluation),
        request=request,
        name=_("给单位的函"),
        empty=_("还没有发过函。"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    units = table(
        desk_tables.unit_columns(code),
        queries.units_to_ask(evaluation),
        name=_("可以发函的单位"),
        empty=_("责任矩阵上还没有单位。"),
    )
    context = {"evaluation": evaluation, "listing": listed, "units": units}
    return render(request, "evaluation/inquiries.html", context)


@form_page
def inquire(request: ActorRequest, code: str, unit: str) -> HttpResponse:
    """Send an inquiry to a unit, for all that it answers for unless some are unticked."""
    evaluation = own(request, code)
    asked = next((one for one in queries.units_to_ask(evaluation) if one.unit.code == unit), None)
    if asked is None:
        raise NotFound("这个单位")
    titles = queries.series_titles(evaluation)
    form = InquiryForm(request.POST or None, series={key: titles[key] for key in asked.series})

    def deed(cleaned: dict[str, Any]) -> Inquiry:
        return operations.inquire(evaluation_id=evaluation.pk, unit=unit, by=request.actor, at=clock.now(), **cleaned)

    back = reverse("evaluation:inquiries", args=[code])
    return answered(
        request,
        form,
        deed,
        back=back,
        evaluation=evaluation,
        room=reverse("evaluation:room", args=[code]),
        title=_("给%(unit)s发函") % {"unit": asked.unit.short_name},
        button=_("发函"),
        hint=_("单位收到函以后，逐项填写数值、附上证据。单位只看得到自己填的；几个来源的值由您核对认定。"),
    )


@require_safe
def letter(request: ActorRequest, code: str, no: int) -> HttpResponse:
    """Hand out an inquiry as a letter to print, to the evaluator and to the unit it was sent to."""
    evaluation = queries.evaluation(code, request.actor)
    inquiry = evaluation.inquiries.select_related("unit", "obligation").filter(no=no).first()
    if inquiry is None or request.actor.unit not in (evaluation.evaluator.code, inquiry.unit.code):
        raise NotFound("这份函")
    response = HttpResponse(typesetting.pdf(_paper(evaluation, inquiry)), content_type="application/pdf")
    name = quote(f"第{no}号函.pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _paper(evaluation: Evaluation, inquiry: Inquiry) -> typesetting.Form:
    titles, due = queries.series_titles(evaluation), inquiry.obligation.due_date
    return typesetting.Form(
        title="关于提供营商环境评价数据的函",
        fields=[
            ("致", inquiry.unit.name),
            ("发函机构", evaluation.evaluator.name),
            ("评价", evaluation.title),
            ("函号", f"第{inquiry.no}号"),
            ("请在这一天以前答复", due.isoformat() if due else "没有期限"),
        ],
        body=[
            typesetting.Paragraph(
                "请登录平台，在“评价工作间”里逐项填写下列数据，并附上能证明它的台账、报表或者文件。"
                "没有数据的如实写“未知”，附一份情况说明。填报以后又改数的，会作为改数请求随结果公布。"
            ),
            *([typesetting.Paragraph(inquiry.words)] if inquiry.words else []),
            typesetting.Grid(
                ["序号", "数据项"], [[str(no), titles.get(key, key)] for no, key in enumerate(inquiry.series, 1)]
            ),
        ],
        signatures=["签收人"],
        note="演示" if evaluation.is_demo else "",
    )


@require_safe
def statements(request: ActorRequest, code: str) -> HttpResponse:
    """List what the actor's unit was asked for and what it stated so far."""
    evaluation = queries.evaluation(code, request.actor)
    rows = queries.asked_of(evaluation, request.actor)
    listed = table(
        desk_tables.asked_of_unit_columns(code, is_open=evaluation.dossier.state in operations.OPEN_TO_STATEMENTS),
        rows,
        request=request,
        name=_("评估机构要的数据"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": evaluation,
        "listing": listed,
        "inquiries": list({row.inquiry.pk: row.inquiry for row in rows}.values()),
        "left": sum(not row.stated for row in rows),
        "is_open": evaluation.dossier.state in operations.OPEN_TO_STATEMENTS,
    }
    return render(request, "evaluation/statements.html", context)


@form_page
def statement(request: ActorRequest, code: str, no: int, key: str) -> HttpResponse:
    """State one value with its evidence."""
    evaluation = queries.evaluation(code, request.actor)
    rows = queries.asked_of(evaluation, request.actor)
    row = next((one for one in rows if one.series == key and one.inquiry.no == no), None)
    if row is None:
        raise NotFound("这个数据项")
    form = StatementForm(request.POST or None, request.FILES or None, unit=row.unit)

    def deed(cleaned: dict[str, Any]) -> Any:
        return operations.state_value(
            inquiry_id=row.inquiry.pk,
            series=key,
            by=request.actor,
            at=clock.now(),
            **(cleaned | {"evidence": evidence_of(cleaned["evidence"])}),
        )

    before = "、".join(one.written for one in row.stated)
    said = _("已经填过：%(before)s。再填一个不同的值，会记为改数请求，随结果公布。") % {"before": before}
    back = reverse("evaluation:statements", args=[code])
    return answered(
        request,
        form,
        deed,
        back=back,
        evaluation=evaluation,
        room=back,
        title=row.title,
        button=_("提交"),
        hint=row.inquiry.words,
        said=said if before else "",
    )
