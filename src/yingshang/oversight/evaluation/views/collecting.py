"""Collecting and checking: interests, edition, values, settling, requests for another number, scoring, publishing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import (
    AnswerForm,
    AskedForm,
    EditionForm,
    InterestForm,
    PublishForm,
    ScoreForm,
    SettleForm,
    ValueForm,
)
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.views import desk_tables, tables
from yingshang.oversight.evaluation.views.answering import answered, evidence_of
from yingshang.oversight.evaluation.views.desk import own
from yingshang.oversight.evaluation.views.extract_tables import extract_links

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def interest(request: ActorRequest, code: str) -> HttpResponse:
    """State whether one has a conflict of interest."""
    evaluation = own(request, code)
    form = InterestForm(request.POST or None)
    return _deed(request, evaluation, form, operations.state_interest, title=_("声明利益冲突情况"), button=_("声明"))


@form_page
def edition(request: ActorRequest, code: str) -> HttpResponse:
    """Take one of the county's editions, or a file."""
    evaluation = own(request, code)
    files = queries.county_editions()
    form = EditionForm(request.POST or None, request.FILES or None, known=list(files))

    def take(*, known: str, file: Any, **rest: Any) -> Evaluation:
        return operations.take_edition(content=files[known].read_bytes() if known else file.read(), **rest)

    return _deed(request, evaluation, form, take, title=_("确定指标版本"), button=_("确定"))


@form_page
def value(request: ActorRequest, code: str) -> HttpResponse:
    """Enter one value with its source and evidence."""
    evaluation = own(request, code)
    given = {"place": evaluation.place, "collector": request.actor.name, "collected_on": clock.today()}
    given["series"] = request.GET.get("series", "")[:60]
    given["interview"] = request.GET.get("interview", "")[:20]
    if given["interview"]:
        given["method"] = "interview"
    with queries.reading(request.actor):
        interviews = {str(one.pk): f"{one}：{one.described}" for one in queries.interviews_of(evaluation)}
    form = ValueForm(
        request.POST or None,
        request.FILES or None,
        series=queries.series_titles(evaluation),
        interviews=interviews,
        initial=given,
    )

    def enter(*, evidence: Any, interview: str, **rest: Any) -> Any:
        said = int(interview) if interview else None
        return operations.enter_value(evidence=evidence_of(evidence), interview_id=said, **rest)

    return _deed(request, evaluation, form, enter, title=_("录入一个值"), button=_("录入"))


@require_safe
def cells(request: ActorRequest, code: str) -> HttpResponse:
    """List every series with its values side by side; ``?differs=1`` only where sources disagree."""
    evaluation = own(request, code)
    with queries.reading(request.actor):
        rows = desk_tables.cell_rows(evaluation, only_differing="differs" in request.GET)
    listed = table(desk_tables.cell_columns(code), rows, request=request, name=_("数据表"), dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "evaluation/cells.html", {"evaluation": evaluation, "listing": listed})


@form_page
def settle(request: ActorRequest, code: str, value_id: int) -> HttpResponse:
    """Settle the cell that a value belongs to, with a reason."""
    evaluation = own(request, code)
    with queries.reading(request.actor):
        cell = next((one for one in queries.cells_of(evaluation) if value_id in {v.pk for v in one.values}), None)
    if cell is None:
        raise NotFound("这个值")
    choices = [(str(one.pk), desk_tables.value_words(one)) for one in cell.values]
    form = SettleForm(request.POST or None, values=choices, initial={"value": str(cell.counts.pk)})

    def deed(*, value: str, **rest: Any) -> Any:
        return operations.settle(value_id=int(value), **rest)

    title = f"{queries.series_titles(evaluation)[cell.series]}（{cell.place}{cell.part}）"
    hint = _("现在计分的依据：%(why)s") % {"why": tables.why({"rule": cell.rule, "reason": cell.reason})}
    back = reverse("evaluation:cells", args=[code])
    listed = table(desk_tables.beside_columns(), list(cell.values), name=title, dense=True)
    shown = {
        "title": title,
        "button": _("认定"),
        "hint": hint,
        "listing": listed,
        "links": extract_links(code, cell.values),
    }
    return _deed(request, evaluation, form, deed, back=back, **shown)


@form_page
def asked(request: ActorRequest, code: str) -> HttpResponse:
    """List who asked for another number, and record another request."""
    evaluation = own(request, code)
    titles = queries.series_titles(evaluation)
    with queries.reading(request.actor):
        rows = list(evaluation.asked_changes.all())
    listed = table(
        tables.asked_columns(titles), rows, request=request, name=_("改数请求"), empty=_("还没有人请求改数。")
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    form = AskedForm(request.POST or None, series=titles, initial={"place": evaluation.place})
    hint = _("谁请评估机构改数，都要登记，随结果公布。")
    deed = operations.record_asked_change
    return _deed(request, evaluation, form, deed, title=_("改数请求"), button=_("登记"), hint=hint, listing=listed)


@form_page
def score_again(request: ActorRequest, code: str) -> HttpResponse:
    """Score again while objections are heard, with a reason."""
    evaluation = own(request, code)
    form = ScoreForm(request.POST or None)
    return _deed(request, evaluation, form, operations.score, title=_("重新计分"), button=_("重新计分"))


@form_page
def answer(request: ActorRequest, code: str, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    evaluation = own(request, code)
    objection = evaluation.objections.select_related("unit").filter(pk=objection_id).first()
    if objection is None:
        raise NotFound("这条异议")
    form = AnswerForm(request.POST or None)

    def deed(*, evaluation_id: int, **rest: Any) -> Any:
        return operations.answer_objection(objection_id=objection_id, **rest)

    titles = queries.series_titles(evaluation)
    said = f"{objection.unit.short_name}，{titles.get(objection.series, objection.series)}：{objection.text}"
    hint = _("采纳的，答复以后还要录入改正的值并重新计分。")
    return _deed(request, evaluation, form, deed, title=_("答复异议"), button=_("答复"), said=said, hint=hint)


@form_page
def publish(request: ActorRequest, code: str) -> HttpResponse:
    """Publish the last scoring; from then on everybody reads everything."""
    evaluation = own(request, code)
    form = PublishForm(request.POST if request.method == "POST" else None)
    hint = _("公布以后，全部数据、来源、改数请求、异议和声明人人可看，不能再改。")
    return _deed(request, evaluation, form, operations.publish, title=_("公布结果"), button=_("公布"), hint=hint)


def _deed(
    request: ActorRequest, evaluation: Evaluation, form: Any, operation: Any, *, back: str = "", **shown: Any
) -> HttpResponse:
    def deed(cleaned: dict[str, Any]) -> Any:
        return operation(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **cleaned)

    room = reverse("evaluation:room", args=[evaluation.code])
    return answered(request, form, deed, back=back or room, evaluation=evaluation, room=room, **shown)
