"""The page on which a unit hands in what it owes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import HandInForm


def hand_in(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Take the document that fulfills a duty."""
    duty = queries.duty_with(obligation_id)
    access.permit(request.actor, "plan_tasks.hand_in", duty)
    form = HandInForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        page = {"form": form, "duty": duty, "task": duty.task}
        return render(request, "plan_tasks/hand_in.html", page, status=422 if form.is_bound else 200)
    upload = form.cleaned_data["file"]
    done = operations.hand_in(
        obligation_id=obligation_id,
        stream=upload.file,
        name=upload.name,
        media_type=upload.content_type or "",
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, f"“{done.title}”已报送。")
    return redirect("plan_tasks:unit", code=duty.unit.code)
