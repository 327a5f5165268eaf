"""Each unit's own problem list, and what the records say beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.windows import ROWS, ProblemForm
from yingshang.oversight.supervision.rules.periods import first_day, period_of


def board(request: ActorRequest) -> HttpResponse:
    """Show who owes a list for this period, who has filed it, and the lamp of who has not."""
    if not request.actor.unit:
        raise NotFound("突出问题清单")
    period = _period()
    if not request.actor.holds("supervision.see_work"):
        return redirect("supervision:problem_list", code=request.actor.unit)
    rows = queries.problem_lists_of(period, clock.today())
    columns = [
        Column(title="单位", value="unit.short_name", heads=True, width=24, href=_list_of),
        Column(title="报送期限", value="duty.due_date", kind="date"),
        Column(title="亮灯", value="lamp", kind="lamp"),
        Column(title="清单", value=lambda row: "已报" if row.filed else "还没有报"),
        Column(title="列出的问题", value="wrong", kind="number"),
    ]
    title = queries.period_title(period)
    listing = table(columns, rows, request=request, name=f"{title}突出问题清单", empty="这一期没有单位要报清单。")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(request, "supervision/problem_lists.html", {"listing": listing, "title": title})


def _list_of(row: queries.Owing) -> str:
    return reverse("supervision:problem_list", args=[row.unit.code])


def _period() -> str:
    return period_of(clock.today(), queries.rules_of_county().problem_list_every)


def one(request: ActorRequest, code: str) -> HttpResponse:
    """Show a unit's list beside what the records say of it since the period began."""
    unit = org.unit(code)
    if access.may(request.actor, "supervision.see_own_look", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    period, today = _period(), clock.today()
    first = first_day(today, queries.rules_of_county().problem_list_every)
    rows = queries.comparison(unit, period, first, today)
    areas = queries.rules_of_county().area_title
    columns = [
        Column(title="领域", value=lambda row: areas(row.area), heads=True, width=20),
        Column(title="对照结果", value="title", width=24),
        Column(title="单位列出的问题", value=lambda row: "；".join(row.named), width=50),
        Column(title="记录里的情况", value=lambda row: "；".join(f"{e.sort}{e.count}件" for e in row.seen), width=50),
    ]
    listing = table(columns, rows, request=request, name=f"{unit.short_name}问题对照")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    duty = queries.duty_of(queries.PROBLEM_LIST, period, code)
    may_file = duty is not None and duty.state == "open"
    if duty is not None and may_file:
        may_file = access.may(request.actor, "supervision.file_problem_list", duty) is None
    context = {
        "unit": unit,
        "title": queries.period_title(period),
        "rows": [(areas(row.area), row) for row in rows],
        "listing": listing,
        "named": [(each, areas(each.area)) for each in queries.named_by(unit, period)],
        "may_file": may_file,
        "duty": duty,
    }
    return render(request, "supervision/problem_list.html", context)


@require_http_methods(["GET", "POST"])
def file(request: ActorRequest) -> HttpResponse:
    """File the list of the actor's unit; empty rows are left out, a half-filled one is asked about."""
    duty = queries.duty_of(queries.PROBLEM_LIST, _period(), request.actor.unit)
    if duty is None:
        raise NotFound("这一期的突出问题清单")
    access.permit(request.actor, "supervision.file_problem_list", duty)
    forms = _rows(request)
    error = ""
    if request.method == "POST":
        used = [form for form in forms if form.has_changed()]
        if all(form.is_valid() for form in used):
            problems = [operations.Problem(**form.cleaned_data) for form in used]
            try:
                operations.file_problem_list(period=_period(), problems=problems, by=request.actor, at=clock.now())
            except Refusal as refusal:
                error = f"{refusal.reason}{refusal.remedy}"
            else:
                messages.success(request, "清单已报送。")
                return redirect("supervision:problem_list", code=request.actor.unit)
    context = {
        "forms": forms,
        "error": error,
        "wrong": next((form for form in forms if form.is_bound and form.has_changed() and form.errors), None),
        "title": queries.period_title(_period()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/problem_list_file.html", context, status=status)


def _rows(request: ActorRequest) -> list[ProblemForm]:
    areas: Any = queries.areas_to_choose()
    posted = request.POST if request.method == "POST" else None
    return [
        ProblemForm(posted, prefix=f"p{place}", areas=areas, empty_permitted=True, use_required_attribute=False)
        for place in range(1, ROWS + 1)
    ]
