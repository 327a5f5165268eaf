"""Who has filed the yearly plan and who has not; and how much typing a unit was asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.views.work_plan_tables import plan_columns, typing_columns

NOT_ACCEPTED_FIRST = {"未编制": 0, "草稿": 1, "已退回": 2, "已报备，待审核": 3}


def this_year(request: ActorRequest) -> HttpResponse:
    """Go to the newest year for which units owe plans."""
    access.permit(request.actor, "plan_tasks.see_filings")
    years = queries.years_with_plans()
    return redirect("plan_tasks:yearly_plans", year=years[0] if years else clock.today().year)


def yearly(request: ActorRequest, year: int) -> HttpResponse:
    """List every unit that owes a yearly plan, those that have not filed first."""
    access.permit(request.actor, "plan_tasks.see_filings")
    rows = queries.plan_rows(queries.yearly_plans(year), clock.today())
    rows.sort(key=lambda row: NOT_ACCEPTED_FIRST.get(row.state, 9))
    name = f"{year}年度方案报备情况"
    columns = plan_columns(with_unit=True)
    listing = table(columns, rows, request=request, name=name, empty=f"{year}年没有单位要报年度方案。")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    missing = [row for row in rows if NOT_ACCEPTED_FIRST.get(row.state, 9) < 3]
    page = {
        "year": year,
        "years": queries.years_with_plans(),
        "listing": listing,
        "all": len(rows),
        "missing": len(missing),
        "late": sum(row.lamp is not None and row.lamp.color == "red" for row in rows),
    }
    return render(request, "plan_tasks/yearly.html", page)


def typing(request: ActorRequest, code: str) -> HttpResponse:
    """Show how long a unit's people typed, month by month."""
    unit = org.unit(code)
    if access.may(request.actor, "plan_tasks.see_unit", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    rows = queries.typing_of(unit, clock.today())
    listing = table(typing_columns(), rows, request=request, name=f"{unit.short_name}填表时长")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(request, "plan_tasks/typing.html", {"unit": unit, "listing": listing, "rows": rows[::-1]})
