"""A unit's home page: what it owes, and by when."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.views.tables import obligation_columns


def own(request: ActorRequest) -> HttpResponse:
    """Go to the home page of the unit the person acts for; whoever acts for none goes to the workbench."""
    if not request.actor.unit:
        return redirect("web:workbench")
    return redirect("plan_tasks:unit", code=request.actor.unit)


def home(request: ActorRequest, code: str) -> HttpResponse:
    """Show what a unit owes, the most pressing first. Queries: fixed, whatever the number of obligations."""
    unit = org.unit(code)
    if access.may(request.actor, "plan_tasks.see_unit", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    today = clock.today()
    owed = queries.pressing(unit)
    name = f"{unit.short_name}应办事项"
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(obligation_columns(), queries.obligation_rows(owed, today), name=name))
    page = keyset(owed, request, order=queries.PRESSING_FIRST)
    rows = queries.obligation_rows(page.rows, today)
    listing = replace(table(obligation_columns(), rows, request=request, name=name), page=page)
    context = {
        "unit": unit,
        "listing": listing,
        "tally": next(iter(work.tally([unit], today)), None),
        "leads": queries.leads_of(unit),
    }
    return render(request, "plan_tasks/unit.html", context)
