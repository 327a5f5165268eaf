"""The owner hands in the document that sets something up, or stops it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import IssueForm, StopForm


def issue(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Take the document with its number and dates."""
    found = queries.deliverable(code, number)
    access.permit(request.actor, "plan_tasks.issue_deliverable", found)
    form = IssueForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        context = {"form": form, "deliverable": found, "heading": "登记印发", "button": "登记", "has_file": True}
        return render(request, "plan_tasks/deliverable_form.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    operations.issue_deliverable(
        deliverable_id=found.pk,
        stream=given["file"].file,
        name=given["file"].name,
        media_type=given["file"].content_type or "",
        document_no=given["document_no"],
        issued_on=given["issued_on"],
        in_force_on=given["in_force_on"],
        is_public=given["is_public"],
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    messages.success(request, f"“{found.title}”已登记印发。")
    return redirect("plan_tasks:deliverable", code=code, number=number)


def stop(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Say from when it is stopped, and why."""
    found = queries.deliverable(code, number)
    access.permit(request.actor, "plan_tasks.issue_deliverable", found)
    form = StopForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "deliverable": found, "heading": "登记停用", "button": "停用"}
        return render(request, "plan_tasks/deliverable_form.html", context, status=422 if form.is_bound else 200)
    operations.stop_deliverable(
        deliverable_id=found.pk,
        reason=form.cleaned_data["reason"],
        stopped_on=form.cleaned_data["stopped_on"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, f"“{found.title}”已登记停用。")
    return redirect("plan_tasks:deliverable", code=code, number=number)
