"""Write the stages of a draft, one question for each page; order, dependencies, taking out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yingshang.kernel import clock, measures, registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import (
    FollowsForm,
    StageGoalForm,
    StageWhatForm,
    StageWhenForm,
    goal_from,
    stage_from,
)
from yingshang.oversight.plan_tasks.models import Stage, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import GoalKind, StagePlan
from yingshang.oversight.plan_tasks.views import typed
from yingshang.oversight.plan_tasks.views.work_plans import writable

QUESTIONS = {
    "what": "这个阶段做什么？",
    "goal": "这个阶段要达到什么？",
    "when": "什么时候完成，谁负责？",
    "after": "要先完成哪些阶段？",
}


def what(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Page 1 of a new stage: its name, and how its goal is checked. Kept until page 3 is sent."""
    edition = writable(request, work_plan_id)
    kept = _kept(request, edition)
    form = StageWhatForm(request.POST or None, initial=kept.get("what", {}), at=clock.now())
    if not form.is_valid():
        return _page(request, edition, form, "what", number=1)
    request.session[_key(edition)] = {**kept, "what": _plain(form)}
    typed.note(request, form)
    return redirect("plan_tasks:add_stage_goal", work_plan_id=work_plan_id)


def goal(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Page 2 of a new stage: its goal."""
    edition = writable(request, work_plan_id)
    kept = _kept(request, edition)
    if "what" not in kept:
        return redirect("plan_tasks:add_stage", work_plan_id=work_plan_id)
    form = _goal_form(request, kept["what"]["goal_kind"], kept.get("goal", {}))
    if not form.is_valid():
        return _page(request, edition, form, "goal", number=2)
    request.session[_key(edition)] = {**kept, "goal": _plain(form)}
    typed.note(request, form)
    return redirect("plan_tasks:add_stage_when", work_plan_id=work_plan_id)


def when(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Page 3 of a new stage: dates and who answers; then it is written into the draft."""
    edition = writable(request, work_plan_id)
    kept = _kept(request, edition)
    before = _goal_form(request, kept["what"]["goal_kind"], {}, kept["goal"]) if {"what", "goal"} <= set(kept) else None
    if before is None or not before.is_valid():
        return redirect("plan_tasks:add_stage", work_plan_id=work_plan_id)
    planned_goal, title = goal_from(before.kind, before.cleaned_data), kept["what"]["title"]
    form = StageWhenForm(
        request.POST or None,
        span=queries.span_of(edition.work_plan),
        title=title,
        goal=planned_goal,
        at=clock.now(),
    )
    if not form.is_valid():
        return _page(request, edition, form, "when", number=3)
    stage = stage_from(title, planned_goal, form.cleaned_data)
    operations.write_stage(edition_id=edition.pk, stage=stage, by=request.actor, at=clock.now())
    request.session.pop(_key(edition), None)
    typed.note(request, form)
    messages.success(request, f"已增加阶段“{title}”。")
    return redirect("plan_tasks:work_plan", work_plan_id=work_plan_id)


def edit(request: ActorRequest, stage_id: int, step: str) -> HttpResponse:
    """Change one group of answers of a stage; the others stay as they are."""
    if step not in ("what", "goal", "when"):
        raise NotFound("这一页")
    stage = queries.stage_with(stage_id)
    edition = writable(request, stage.edition.work_plan_id)
    form = _edit_form(request, stage, step)
    if not form.is_valid():
        return _page(request, edition, form, step, stage=stage)
    operations.write_stage(
        edition_id=edition.pk, stage_id=stage.pk, stage=_changed(stage, step, form), by=request.actor, at=clock.now()
    )
    typed.note(request, form)
    kind = form.cleaned_data.get("goal_kind")
    if step == "what" and kind != stage.goal_kind:
        address = reverse("plan_tasks:edit_stage", args=[stage.pk, "goal"])
        return redirect(f"{address}?kind={kind}")
    return redirect(f"{reverse('plan_tasks:work_plan', args=[edition.work_plan_id])}#stage-{stage.place}")


def after(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Say which stages a stage depends on."""
    stage = queries.stage_with(stage_id)
    edition = writable(request, stage.edition.work_plan_id)
    stages = queries.stages_of(edition)
    mine = next((each for each in stages if each.pk == stage_id), stage)
    form = FollowsForm(
        request.POST or None,
        others=[each for each in stages if each.pk != stage_id],
        initial={"follows": [str(each.pk) for each in mine.follows.all()]},
        at=clock.now(),
    )
    if not form.is_valid():
        return _page(request, edition, form, "after", stage=stage)
    chosen = [int(each) for each in form.cleaned_data["follows"]]
    operations.set_dependencies(stage_id=stage_id, follows=chosen, by=request.actor, at=clock.now())
    typed.note(request, form)
    return redirect(f"{reverse('plan_tasks:work_plan', args=[edition.work_plan_id])}#stage-{stage.place}")


@require_POST
def move(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Put a stage one place earlier or later."""
    stage = queries.stage_with(stage_id)
    edition = writable(request, stage.edition.work_plan_id)
    ids = list(edition.stages.order_by("place").values_list("pk", flat=True))
    if stage_id in ids:
        here = ids.index(stage_id)
        there = here + (-1 if request.POST.get("to") == "earlier" else 1)
        if 0 <= there < len(ids):
            ids[here], ids[there] = ids[there], ids[here]
            operations.put_stages_in_order(edition_id=edition.pk, stage_ids=ids, by=request.actor, at=clock.now())
    return redirect("plan_tasks:work_plan", work_plan_id=edition.work_plan_id)


def remove(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Ask once, then take a stage out of the draft."""
    stage = queries.stage_with(stage_id)
    edition = writable(request, stage.edition.work_plan_id)
    if request.method != "POST":
        page = {"plan": edition.work_plan, "title": queries.title_of(edition.work_plan), "stage": stage}
        return render(request, "plan_tasks/remove_stage.html", page)
    operations.remove_stage(stage_id=stage_id, by=request.actor, at=clock.now())
    messages.success(request, f"已去掉阶段“{stage.title}”。")
    return redirect("plan_tasks:work_plan", work_plan_id=edition.work_plan_id)


def measure_choices() -> list[tuple[str, str]]:
    """Return the installed measures with their Chinese titles."""
    return [(name, measures.explain(name).told.title) for name in sorted(registry.measures())]


def _goal_form(
    request: ActorRequest, kind: str, initial: dict[str, Any], given: dict[str, Any] | None = None
) -> StageGoalForm:
    known = kind if kind in Stage.GoalKind.values else Stage.GoalKind.YES_NO
    data = given if given is not None else request.POST or None
    return StageGoalForm(data, kind=known, measures=measure_choices(), initial=initial, at=clock.now())


def _edit_form(request: ActorRequest, stage: Stage, step: str) -> Any:
    if step == "what":
        initial = {"title": stage.title, "goal_kind": stage.goal_kind}
        return StageWhatForm(request.POST or None, initial=initial, at=clock.now())
    if step == "goal":
        now = {
            "words": stage.goal,
            "baseline": stage.baseline,
            "target": stage.target,
            "unit": stage.goal_unit,
            "target_date": stage.target_date,
            "items": "\n".join(stage.items),
            "source": stage.source,
            "measure": stage.measure,
        }
        return _goal_form(request, request.GET.get("kind") or stage.goal_kind, now)
    dates = {"starts_on": stage.starts_on, "finish_on": stage.finish_on, "answers": stage.answers}
    return StageWhenForm(
        request.POST or None,
        initial=dates,
        span=queries.span_of(stage.edition.work_plan),
        title=stage.title,
        goal=queries.goal_of(stage),
        at=clock.now(),
    )


def _changed(stage: Stage, step: str, form: Any) -> StagePlan:
    """Return the stage with the answers of one page in place of what it says now; a new kind waits for its goal."""
    given = form.cleaned_data
    now = queries.stage_plans([stage])[0]
    if step == "what":
        return StagePlan(now.place, given["title"], now.goal, now.starts_on, now.finish_on, now.answers)
    if step == "goal":
        planned = goal_from(GoalKind(form.kind), given)
        return StagePlan(now.place, now.title, planned, now.starts_on, now.finish_on, now.answers)
    return stage_from(now.title, now.goal, given)


def _key(edition: WorkPlanEdition) -> str:
    return f"plan_tasks.new_stage.{edition.pk}"


def _kept(request: ActorRequest, edition: WorkPlanEdition) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(_key(edition), {})
    return kept


def _plain(form: Any) -> dict[str, str]:
    """Return what was typed, as typed: the next page reads it again."""
    data: QueryDict = form.data
    return {name: data.get(name, "") for name in form.fields if name != "opened"}


def _page(
    request: ActorRequest, edition: WorkPlanEdition, form: Any, step: str, *, stage: Any = None, number: int = 0
) -> HttpResponse:
    context = {
        "form": form,
        "plan": edition.work_plan,
        "title": queries.title_of(edition.work_plan),
        "question": QUESTIONS[step],
        "stage": stage,
        "step": number,
        "steps": 3,
    }
    return render(request, "plan_tasks/question.html", context, status=422 if form.is_bound else 200)
