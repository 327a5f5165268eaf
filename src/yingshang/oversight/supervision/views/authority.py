"""The page of the authority to supervise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.authority import AuthorityForm, ReasonForm


@require_http_methods(["GET", "POST"])
def authority(request: ActorRequest) -> HttpResponse:
    """Show under which authority the county supervises; the head enters the next one."""
    access.permit(request.actor, "supervision.see_work")
    form = AuthorityForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        operations.enter_authority(
            **given,
            stream=upload.file,
            name=upload.name,
            media_type=upload.content_type or "",
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, "督查授权已登记，督办可以开展。")
        return redirect("supervision:authority")
    context = {
        "form": form,
        "may_enter": access.may(request.actor, "supervision.enter_authority") is None,
        "standing": queries.authority_on(clock.today()),
        "all": list(queries.authorities()[:50]),
    }
    return render(request, "supervision/authority.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, authority_id: int) -> HttpResponse:
    """End an authority, with the reason."""
    access.permit(request.actor, "supervision.see_work")
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        operations.end_authority(
            authority_id=authority_id, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        )
        messages.success(request, "授权已终止，记录仍然保留。")
        return redirect("supervision:authority")
    context = {"form": form, "title": "终止督查授权", "button": "终止", "back": "supervision:authority"}
    return render(request, "supervision/reason.html", context, status=422 if form.is_bound else 200)
