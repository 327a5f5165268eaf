"""Interviews with enterprises, and figures of published surveys."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.conduct.surveys import api as surveys
from yingshang.kernel import clock
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import FigureForm, InterviewForm
from yingshang.oversight.evaluation.views import desk_tables
from yingshang.oversight.evaluation.views.answering import answered, evidence_of
from yingshang.oversight.evaluation.views.desk import own

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def interviews(request: ActorRequest, code: str) -> HttpResponse:
    """List the interviews, each leading to a value that was said in it, and record another."""
    evaluation = own(request, code)
    with queries.reading(request.actor):
        rows = queries.interviews_of(evaluation)
    listed = table(
        desk_tables.interview_columns(code), rows, request=request, name=_("企业访谈"), empty=_("还没有登记访谈。")
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    given = {"interviewer": request.actor.name, "interviewed_on": clock.today()}
    form = InterviewForm(request.POST or None, request.FILES or None, initial=given)

    def deed(cleaned: dict[str, Any]) -> Any:
        parts = cleaned | {"minutes": evidence_of(cleaned["minutes"])}
        return operations.record_interview(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **parts)

    return answered(
        request,
        form,
        deed,
        back=reverse("evaluation:interviews", args=[code]),
        evaluation=evaluation,
        room=reverse("evaluation:room", args=[code]),
        title=_("企业访谈"),
        button=_("登记访谈"),
        hint=_("企业名称和访谈记录只有评估机构看得到，公布以后也不公开；公开的只有“公开的说法”。"),
        listing=listed,
    )


@require_safe
def published_surveys(request: ActorRequest, code: str) -> HttpResponse:
    """List the published surveys whose figures can be taken."""
    evaluation = own(request, code)
    listed = table(
        desk_tables.survey_columns(code),
        list(surveys.published()),
        request=request,
        name=_("已公布的调查"),
        empty=_("还没有公布过调查。调查公布以后，才能取它的数字。"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "evaluation/surveys.html", {"evaluation": evaluation, "listing": listed})


@form_page
def survey_figures(request: ActorRequest, code: str, survey: str) -> HttpResponse:
    """List the figures of a survey, and take one as a value with its interval."""
    evaluation = own(request, code)
    figures = queries.figures_of(survey)
    listed = table(desk_tables.figure_columns(), figures, request=request, name=_("调查的数字"), dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    choices = [(one.key, desk_tables.figure_words(one.estimate)) for one in figures]
    form = FigureForm(request.POST or None, figures=choices, series=queries.series_titles(evaluation))

    def deed(cleaned: dict[str, Any]) -> Any:
        return operations.take_survey_figure(
            evaluation_id=evaluation.pk, survey=survey, by=request.actor, at=clock.now(), **cleaned
        )

    return answered(
        request,
        form,
        deed,
        back=reverse("evaluation:survey_figures", args=[code, survey]),
        evaluation=evaluation,
        room=reverse("evaluation:room", args=[code]),
        title=_("从调查取数"),
        button=_("取数"),
        hint=_("比例换算成百分数，连同95%区间一起取；区间会一直带到得分里。"),
        listing=listed,
    )
