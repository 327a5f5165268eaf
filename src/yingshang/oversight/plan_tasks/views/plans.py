"""The plan and its tasks. Officials see on the same page who has done what; the public sees how many."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.views.marking import spans_of_notice, spans_of_task
from yingshang.oversight.plan_tasks.views.tables import duty_columns, edition_columns, task_columns
from yingshang.oversight.plan_tasks.views.work_plan_tables import public_stage_columns


def all_plans(request: ActorRequest) -> HttpResponse:
    """List the plans in force."""
    return render(request, "plan_tasks/plans.html", {"editions": queries.editions_in_force()})


def one_plan(request: ActorRequest, code: str) -> HttpResponse:
    """Show a plan section by section: each task, who leads it, how many units have done what they owe."""
    edition = queries.edition_in_force(code)
    rows = queries.task_rows(edition)
    listing = table(task_columns(code), rows, request=request, name=f"{edition.plan.title}任务表")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    chapters = queries.by_section(edition, rows)
    return render(
        request,
        "plan_tasks/plan.html",
        {
            "edition": edition,
            "chapters": chapters,
            "listing": listing,
            "count": len(rows),
            "signed": queries.signed_of(edition),
            "may_see_deliveries": access.may(request.actor, "plan_tasks.see_deliveries", edition) is None,
        },
    )


def task(request: ActorRequest, code: str, place: int) -> HttpResponse:
    """Show a task: its sentence in the notice, its units, and to officials what each unit owes."""
    found = queries.task_at(code, place)
    today = clock.today()
    context = {
        "task": found,
        "edition": found.edition,
        "roles": queries.roles_of(found),
        "spans": spans_of_task(found),
        "tally": queries.tallies_of(found.edition).get(found.pk, queries.Tally()),
        "neighbors": queries.neighbors_of(found),
        "to_name": [each for each in found.assignments.all() if queries.is_to_be_named(each)],
        "may_name": access.may(request.actor, "plan_tasks.name_units", found) is None,
    }
    promised, counted = queries.public_stages(code, queries.identity(found), today)
    stages = table(
        public_stage_columns(),
        promised,
        name=f"第{found.number or found.place}项任务各单位的阶段目标",
        export_address=f"{request.path}?format=xlsx&part=stages",
    )
    if request.GET.get("part") == "stages" and request.GET.get("format") == "xlsx":
        return xlsx_out(stages)
    context |= {"stages": stages if promised else None, "counted": counted}
    if access.may(request.actor, "plan_tasks.see_duties", found) is None:
        rows = queries.duty_rows(found, today, request.actor)
        listing = table(duty_columns(), rows, request=request, name=f"第{found.number or found.place}项任务分解表")
        if request.GET.get("format") == "xlsx":
            return xlsx_out(listing)
        context["duties"] = listing
    return render(request, "plan_tasks/task.html", context)


def notice(request: ActorRequest, code: str) -> HttpResponse:
    """Show the notice as it came in, with every task marked where it stands."""
    edition = queries.edition_in_force(code)
    spans = spans_of_notice(edition)
    return render(request, "plan_tasks/notice.html", {"edition": edition, "text": edition.reading.text, "spans": spans})


def editions(request: ActorRequest, code: str) -> HttpResponse:
    """List the editions of a plan with the digest of what was published."""
    edition = queries.edition_in_force(code)
    listing = table(edition_columns(), queries.editions_of(code), request=request, name="方案版本")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(request, "plan_tasks/editions.html", {"edition": edition, "listing": listing})
