"""The bureau seats members, lets them leave, hands seats over, and writes what a group does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import DescribeForm, HandOverForm, SeatForm, UnseatForm
from yingshang.oversight.plan_tasks.models import LeadingGroup


def seat(request: ActorRequest, code: str, group: str) -> HttpResponse:
    """Seat a member."""
    found = queries.leading_group(code, group)
    access.permit(request.actor, "plan_tasks.keep_groups", found)
    form = SeatForm(request.POST or None, **_choices())
    if not form.is_valid():
        return _form(request, form, found, "增加成员", "增加")
    given = form.cleaned_data
    operations.seat_member(
        group_id=found.pk,
        role=given["role"],
        unit_code=given["unit"],
        post=given["post"],
        person=given["person"],
        since=given["since"],
        source=given["source"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "成员已增加。")
    return redirect("plan_tasks:group", code=code, group=group)


def leave(request: ActorRequest, seat_id: int) -> HttpResponse:
    """Let a member leave."""
    found = queries.seat_with(seat_id)
    access.permit(request.actor, "plan_tasks.keep_groups", found.group)
    form = UnseatForm(request.POST or None)
    if not form.is_valid():
        return _form(request, form, found.group, f"{found}离任", "登记离任")
    given = form.cleaned_data
    operations.unseat_member(
        seat_id=seat_id,
        last_day_gone=given["last_day_gone"],
        reason=given["reason"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "已登记离任，名单里保留历史。")
    return redirect("plan_tasks:group", code=found.group.plan.code, group=found.group.code)


def hand_over(request: ActorRequest, seat_id: int) -> HttpResponse:
    """Let another take a seat over."""
    found = queries.seat_with(seat_id)
    access.permit(request.actor, "plan_tasks.keep_groups", found.group)
    form = HandOverForm(request.POST or None, initial={"unit": found.unit.code}, **_choices())
    if not form.is_valid():
        return _form(request, form, found.group, f"{found}移交", "移交")
    given = form.cleaned_data
    operations.hand_over_seat(
        seat_id=seat_id,
        unit_code=given["unit"],
        post=given["post"],
        person=given["person"],
        since=given["since"],
        source=given["source"],
        reason=given["reason"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "已移交，名单里保留历史。")
    return redirect("plan_tasks:group", code=found.group.plan.code, group=found.group.code)


def describe(request: ActorRequest, code: str, group: str) -> HttpResponse:
    """Write what a group does and which parts it looks after."""
    found = queries.leading_group(code, group)
    access.permit(request.actor, "plan_tasks.keep_groups", found)
    sections = [(each.place, str(each)) for each in queries.edition_in_force(code).sections.all()]
    initial = {"duties": found.duties, "sections": found.sections}
    form = DescribeForm(request.POST or None, sections=sections, initial=initial)
    if not form.is_valid():
        return _form(request, form, found, "职责和牵头的部分", "保存")
    operations.describe_group(
        group_id=found.pk,
        duties=form.cleaned_data["duties"],
        sections=form.cleaned_data["sections"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "已保存。")
    return redirect("plan_tasks:group", code=code, group=group)


def _choices() -> dict[str, Any]:
    today = clock.today()
    units = org.Unit.objects.on(today).exclude(kind__in=[org.Unit.Kind.COUNTY, org.Unit.Kind.OFFICE]).order_by("path")
    posts = org.Post.objects.on(today).order_by("code").values_list("code", "title").distinct()
    return {"units": units, "posts": dict(posts).items()}


def _form(request: ActorRequest, form: Any, group: LeadingGroup, heading: str, button: str) -> HttpResponse:
    context = {"form": form, "group": group, "heading": heading, "button": button}
    return render(request, "plan_tasks/group_form.html", context, status=422 if form.is_bound else 200)
