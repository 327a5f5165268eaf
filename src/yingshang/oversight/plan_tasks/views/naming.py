"""The lead unit names the units that “有关” means."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import NamingForm


def name_units(request: ActorRequest, assignment_id: int) -> HttpResponse:
    """Choose units from those the group may mean."""
    assignment = queries.assignment(assignment_id)
    access.permit(request.actor, "plan_tasks.name_units", assignment.task)
    today = clock.today()
    candidates = org.candidates_on(assignment.group.code, today) if assignment.group else []
    form = NamingForm(request.POST or None, candidates=candidates)
    if not form.is_valid():
        page = {"form": form, "assignment": assignment, "task": assignment.task}
        return render(request, "plan_tasks/naming.html", page, status=422 if form.is_bound else 200)
    named = operations.name_units(
        assignment_id=assignment_id, unit_codes=form.cleaned_data["units"], by=request.actor, on=today, at=clock.now()
    )
    messages.success(request, f"已点名{len(named)}个单位，它们从今天起承担这项任务。")
    return redirect("plan_tasks:task", code=assignment.task.edition.plan.code, place=assignment.task.place)
