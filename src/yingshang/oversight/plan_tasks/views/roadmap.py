"""The roadmap of a plan: the table first, then the drawing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.rules import roadmap_svg
from yingshang.oversight.plan_tasks.views.work_plan_tables import stage_columns


def roadmap(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Show the stages of the edition in force; for its unit, of what it is writing where nothing is in force."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    visible = list(queries.visible_editions(plan, request.actor))
    edition = queries.accepted_edition(plan) or (visible[0] if visible else None)
    if edition is None:
        raise NotFound("这份方案的路线图")
    today = clock.today()
    stages = queries.stages_of(edition)
    rows = queries.stage_rows(stages, today)
    title = queries.title_of(plan)
    listing = table(stage_columns(), rows, request=request, name=f"{plan.holder.short_name}{title}路线图")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    lights = {row.place: row.light for row in rows} if edition.accepted_on else None
    # Made by roadmap_svg, which escapes every text of people.
    drawing = mark_safe(roadmap_svg(queries.stage_plans(stages), lights=lights, today=today))
    page = {"plan": plan, "title": title, "edition": edition, "listing": listing, "drawing": drawing, "today": today}
    return render(request, "plan_tasks/roadmap.html", page)
