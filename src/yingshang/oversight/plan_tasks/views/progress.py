"""How far a stage is: its history, reporting, asking for sign-off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import ProgressForm
from yingshang.oversight.plan_tasks.models import Progress, Stage
from yingshang.oversight.plan_tasks.views import typed

HISTORY = 100


def stage(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Show a stage: its goal, how it stands today, and everything that was said about it."""
    found = queries.stage_with(stage_id)
    plan = found.edition.work_plan
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    if not queries.visible_editions(plan, request.actor).filter(pk=found.edition_id).exists():
        access.permit(request.actor, "plan_tasks.see_draft", plan)
    today = clock.today()
    row = queries.stage_rows(queries.stages_of(found.edition), today)[found.place - 1]
    is_open = found.edition.state == "accepted" and row.state not in {"已销号"} and plan.ended_on is None
    context = {
        "stage": found,
        "plan": plan,
        "title": queries.title_of(plan),
        "row": row,
        "measured": queries.measured_value(found, today) if found.measure else None,
        "history": [_said(each, found) for each in queries.progress_of(found.line)[:HISTORY]],
        "may_report": is_open and access.may(request.actor, "plan_tasks.report_progress", plan) is None,
        "may_decide": access.may(request.actor, "plan_tasks.decide_sign_off", plan) is None,
        "waits": queries.waits_for_sign_off(found),
    }
    return render(request, "plan_tasks/stage.html", context)


def report(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Say how far a stage is."""
    return _told(request, stage_id, asking=False)


def ask(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Ask to have a stage signed off."""
    return _told(request, stage_id, asking=True)


def _told(request: ActorRequest, stage_id: int, *, asking: bool) -> HttpResponse:
    found = queries.stage_with(stage_id)
    plan = found.edition.work_plan
    access.permit(request.actor, f"plan_tasks.{'ask_sign_off' if asking else 'report_progress'}", plan)
    form = ProgressForm(request.POST or None, request.FILES or None, stage=found, asking=asking, at=clock.now())
    if not form.is_valid():
        context = {
            "form": form,
            "stage": found,
            "plan": plan,
            "title": queries.title_of(plan),
            "asking": asking,
            "goal": queries.goal_words(found),
            "measured": queries.measured_value(found, clock.today()) if found.measure else None,
        }
        return render(request, "plan_tasks/progress_form.html", context, status=422 if form.is_bound else 200)
    deed = operations.ask_sign_off if asking else operations.report_progress
    deed(stage_id=stage_id, told=_words_of(form), by=request.actor, on=clock.today(), at=clock.now())
    typed.note(request, form)
    done = "已申请销号，等待审核。审核期间不计超期。" if asking else "进展已记下。"
    messages.success(request, done)
    return redirect("plan_tasks:stage", stage_id=stage_id)


def _words_of(form: ProgressForm) -> operations.Told:
    given = form.cleaned_data
    upload = given.get("file")
    return operations.Told(
        words=given["words"],
        problem=given.get("problem", ""),
        value=given.get("value"),
        reached_on=given.get("reached_on"),
        items_done=[int(each) for each in given.get("items_done", [])],
        upload=operations.Upload(stream=upload.file, name=upload.name, media_type=upload.content_type or "")
        if upload
        else None,
    )


def _said(each: Progress, stage: Stage) -> dict[str, Any]:
    """Return one row of the history."""
    parts = []
    if each.value is not None:
        parts.append(
            f"数值：{queries.plain(each.value)}{stage.goal_unit}{'（平台取数）' if each.is_measured else ''}。"
        )
    if each.reached_on:
        parts.append(f"达到日期：{each.reached_on:%Y-%m-%d}。")
    if each.items_done:
        parts.append(f"已完成{len(each.items_done)}项，共{len(stage.items)}项。")
    parts += [each.words, f"问题：{each.problem}" if each.problem else ""]
    state = {Progress.Kind.SIGNED_OFF: "done", Progress.Kind.RETURNED: "late"}.get(Progress.Kind(each.kind), "open")
    return {
        "title": each.get_kind_display(),
        "at": each.at,
        "text": "".join(part for part in parts if part),
        "state": state,
        "document": each.document,
    }
