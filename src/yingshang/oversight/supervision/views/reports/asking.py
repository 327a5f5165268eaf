"""The reporter's own page, behind number and code; everything by POST, so that no address or log holds the code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.reports import DoorForm, UnsolvedForm
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.rules import reports as rules
from yingshang.oversight.supervision.views.questions import attempt

NOTHING = "没有找到。编号和查询码要同时对，请对照回执再试一次。"


@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and show how the report gets on."""
    form = DoorForm(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if form.is_valid():
        try:
            return _shown(request, queries.report_behind(**form.cleaned_data), form.cleaned_data)
        except NotFound:
            form.add_error(None, NOTHING)
    return render(request, "supervision/report_door.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def solved(request: HttpRequest) -> HttpResponse:
    """Take the reporter's word that it is solved."""
    form = DoorForm(request.POST)
    if not form.is_valid():
        return redirect("supervision:report_status")
    report = operations.confirm_report(**form.cleaned_data, at=clock.now())
    return _shown(request, report, form.cleaned_data, said="谢谢您的确认，这件反映已经办结。")


@never_cache
@require_POST
def unsolved(request: HttpRequest) -> HttpResponse:
    """Take the reporter's word that it is not solved, and why."""
    form = UnsolvedForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        report = attempt(form, lambda: operations.reopen_report(**given, at=clock.now()))
        if report is not None:
            door = {name: form.cleaned_data[name] for name in ("number", "code")}
            return _shown(request, report, door, said="已退回承办单位重新办理。")
    if not ({"number", "code"} <= form.cleaned_data.keys()):
        return redirect("supervision:report_status")
    door = {name: form.cleaned_data[name] for name in ("number", "code")}
    return _shown(request, queries.report_behind(**door), door, form=form)


def figures(request: ActorRequest) -> HttpResponse:
    """Show everybody how many problems were reported in twelve months and what became of them."""
    today = clock.today()
    first, last = queries.year_until(today)
    rows = queries.counts_by_unit(first, last, today)
    columns = [
        Column(title="承办单位", value="unit_name", heads=True, width=24),
        Column(title="办理中", value="running", kind="number"),
        Column(title="其中超期", value="late", kind="number"),
        Column(title="反映人确认已解决", value="confirmed", kind="number"),
        Column(title="办结，未经反映人确认", value="unconfirmed", kind="number"),
    ]
    listing = table(columns, rows, request=request, name="群众反映办理情况", empty="最近十二个月还没有交办的反映。")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {"figures": queries.public_figures(first, last), "listing": listing, "first": first, "last": last}
    return render(request, "supervision/report_figures.html", context)


def _shown(
    request: HttpRequest,
    report: ProblemReport,
    door: dict[str, str],
    *,
    said: str = "",
    form: UnsolvedForm | None = None,
) -> HttpResponse:
    followed = report.merged_into if report.merged_into is not None else report
    steps = [*queries.steps_of(report), *(queries.steps_of(followed) if followed.pk != report.pk else [])]
    context: dict[str, Any] = {
        "report": report,
        "followed": followed,
        "said": said,
        "door": door,
        "steps": [told(step) for step in steps],
        "may_answer": report.state == rules.ASKED,
        "form": form or UnsolvedForm(initial=door),
    }
    is_wrong = form is not None
    return render(request, "supervision/report_status.html", context, status=422 if is_wrong else 200)


def told(step: ReportStep) -> dict[str, Any]:
    """Return a step as reporter and unit see it: the day, the unit, what was said; never a person or an hour."""
    return {
        "title": step.get_kind_display(),
        "on": clock.beijing_date(step.at),
        "who": step.unit.short_name if step.unit else "",
        "text": step.text,
        "state": "done",
    }
