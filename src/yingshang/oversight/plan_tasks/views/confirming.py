"""Confirm the suggestions of the register, decline one, say who sets it up and by when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import AssignForm, ConfirmForm, ReasonForm


def suggestions(request: ActorRequest, code: str) -> HttpResponse:
    """Show what waits for confirmation, all of it ticked; the person unticks what is none."""
    access.permit(request.actor, "plan_tasks.confirm_deliverables")
    edition = queries.edition_in_force(code)
    rows = list(queries.suggestions_of(code))
    form = ConfirmForm(request.POST or None, rows=rows)
    if not form.is_valid():
        context = {"form": form, "edition": edition, "rows": rows}
        return render(request, "plan_tasks/suggestions.html", context, status=422 if form.is_bound else 200)
    confirmed = operations.confirm_deliverables(
        plan_code=code, numbers=form.cleaned_data["numbers"], by=request.actor, on=clock.today(), at=clock.now()
    )
    messages.success(request, f"已确认{len(confirmed)}项，由承担单位制定。")
    return redirect("plan_tasks:deliverables", code=code)


def decline(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Say why a suggestion does not enter the register."""
    access.permit(request.actor, "plan_tasks.confirm_deliverables")
    found = queries.deliverable(code, number)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "deliverable": found, "heading": "不列入台账", "button": "不列入"}
        return render(request, "plan_tasks/deliverable_form.html", context, status=422 if form.is_bound else 200)
    operations.decline_deliverable(
        deliverable_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
    )
    messages.success(request, f"“{found.title}”不列入台账。")
    return redirect("plan_tasks:deliverables", code=code)


def assign(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Say who sets it up and by when."""
    access.permit(request.actor, "plan_tasks.confirm_deliverables")
    found = queries.deliverable(code, number)
    today = clock.today()
    units = org.Unit.objects.on(today).exclude(kind__in=[org.Unit.Kind.COUNTY, org.Unit.Kind.OFFICE]).order_by("path")
    initial = {"owner": found.owner.code if found.owner else "", "due_date": found.due_date}
    form = AssignForm(request.POST or None, units=units, initial=initial)
    if not form.is_valid():
        context = {"form": form, "deliverable": found, "heading": "承担单位和期限", "button": "保存"}
        return render(request, "plan_tasks/deliverable_form.html", context, status=422 if form.is_bound else 200)
    operations.assign_deliverable(
        deliverable_id=found.pk,
        owner_code=form.cleaned_data["owner"],
        due_date=form.cleaned_data["due_date"],
        by=request.actor,
        on=today,
        at=clock.now(),
    )
    messages.success(request, "承担单位和期限已保存。")
    return redirect("plan_tasks:deliverable", code=code, number=number)
