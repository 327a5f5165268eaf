"""A unit's own plans: the list, the plan itself, its check before filing, filing, and the next edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import AimForm, ReviseForm
from yingshang.oversight.plan_tasks.models import WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import check_list, plan_faults
from yingshang.oversight.plan_tasks.views import typed
from yingshang.oversight.plan_tasks.views.work_plan_tables import plan_columns, stage_columns

State = WorkPlanEdition.State
DUTIES_SHOWN = 50


def own(request: ActorRequest) -> HttpResponse:
    """Go to the plans of the unit the person acts for; whoever acts for none goes to the workbench."""
    if not request.actor.unit:
        return redirect("web:workbench")
    return redirect("plan_tasks:work_plans", code=request.actor.unit)


def of_unit(request: ActorRequest, code: str) -> HttpResponse:
    """List a unit's plans, and the duties for which it has still to make one."""
    unit = org.unit(code)
    if access.may(request.actor, "plan_tasks.see_unit", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    today = clock.today()
    rows = queries.plan_rows(queries.begun_plans_of(unit), today)
    listing = table(plan_columns(with_unit=False), rows, request=request, name=f"{unit.short_name}方案")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    waiting = list(queries.duties_without_plan(unit)[:DUTIES_SHOWN])
    duties = list(zip(queries.obligation_rows(waiting, today), waiting, strict=True))
    page = {"unit": unit, "listing": listing, "duties": duties, "is_own": request.actor.unit == code}
    return render(request, "plan_tasks/work_plans.html", page)


@require_POST
def start(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Begin the plan that answers a duty."""
    begun = operations.start_work_plan(obligation_id=obligation_id, by=request.actor, on=clock.today(), at=clock.now())
    return redirect("plan_tasks:work_plan", work_plan_id=begun.pk)


def detail(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Show a plan: what is in force, and for its unit what is being written."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    editions = list(queries.visible_editions(plan, request.actor))
    shown = _chosen(request, editions)
    today = clock.today()
    stages = queries.stages_of(shown) if shown else []
    rows = queries.stage_rows(stages, today)
    title = queries.title_of(plan)
    listing = table(stage_columns(), rows, request=request, name=f"{plan.holder.short_name}{title}时间表")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "plan": plan,
        "title": title,
        "task": queries.task_of(plan),
        "editions": editions,
        "edition": shown,
        "stages": stages,
        "listing": listing,
        "filings": queries.filings_of(shown) if shown else [],
        "span": queries.span_of(plan),
        "letter": getattr(shown, "letter", None) if shown else None,
        "may_write": access.may(request.actor, "plan_tasks.write_work_plan", plan) is None and not plan.ended_on,
        "in_hand": queries.edition_in_hand(plan),
    }
    is_written = shown is not None and shown.state in queries.IN_HAND and context["may_write"]
    return render(request, "plan_tasks/draft.html" if is_written else "plan_tasks/work_plan.html", context)


def aim(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Say what the plan as a whole is to reach."""
    edition = writable(request, work_plan_id)
    form = AimForm(request.POST or None, initial={"aim": edition.aim}, at=clock.now())
    if not form.is_valid():
        return _ask(request, edition, form, "这份方案总体要达到什么？")
    operations.set_aim(edition_id=edition.pk, aim=form.cleaned_data["aim"], by=request.actor, at=clock.now())
    typed.note(request, form)
    return redirect("plan_tasks:work_plan", work_plan_id=work_plan_id)


def check(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Show everything that will be filed, with what keeps it from being filed."""
    edition = writable(request, work_plan_id)
    stages = queries.stages_of(edition)
    plans, span = queries.stage_plans(stages), queries.span_of(edition.work_plan)
    context = {
        "plan": edition.work_plan,
        "title": queries.title_of(edition.work_plan),
        "edition": edition,
        "stages": [(stage, queries.goal_words(stage)) for stage in stages],
        "checks": check_list(plans, span),
        "faults": plan_faults(plans, span),
        "refusal": access.may(request.actor, "plan_tasks.file_work_plan", edition.work_plan),
    }
    return render(request, "plan_tasks/check.html", context)


@require_POST
def file(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """File what the person has checked."""
    edition = writable(request, work_plan_id)
    seen = request.POST.get("version", "")
    operations.file_edition(
        edition_id=edition.pk,
        expected_version=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    messages.success(request, "已报备。备案台审核后，结果显示在这一页。")
    return redirect("plan_tasks:work_plan", work_plan_id=work_plan_id)


def revise(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Begin the next edition of an accepted plan."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.write_work_plan", plan)
    form = ReviseForm(request.POST or None, at=clock.now())
    if not form.is_valid():
        return _ask(request, queries.accepted_edition(plan), form, "为什么要改这份方案？", plan)
    operations.revise_work_plan(
        work_plan_id=work_plan_id,
        reason=form.cleaned_data["reason"],
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    typed.note(request, form)
    messages.success(request, "新的一版已建好，各阶段照原样带入。备案以前，原来的一版继续有效。")
    return redirect("plan_tasks:work_plan", work_plan_id=work_plan_id)


@require_POST
def drop(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Give up a change that was begun."""
    operations.drop_edition(edition_id=writable(request, work_plan_id).pk, by=request.actor, at=clock.now())
    messages.success(request, "已放弃这一版，原来备案的一版继续有效。")
    return redirect("plan_tasks:work_plan", work_plan_id=work_plan_id)


def writable(request: ActorRequest, work_plan_id: int) -> WorkPlanEdition:
    """Return the edition in hand for whoever may write it. Raises NotFound where there is none."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.write_work_plan", plan)
    edition = queries.edition_in_hand(plan)
    if edition is None:
        raise NotFound("正在编制的这一版")
    return edition


def _chosen(request: ActorRequest, editions: list[WorkPlanEdition]) -> WorkPlanEdition | None:
    """Return the edition asked for; else what is in hand, what is in force, or the newest."""
    asked = request.GET.get("edition", "")
    by_number = {str(each.number): each for each in editions}
    if asked in by_number:
        return by_number[asked]
    wanted = (State.DRAFT, State.RETURNED, State.FILED, State.ACCEPTED)
    return next(
        (each for state in wanted for each in editions if each.state == state), editions[0] if editions else None
    )


def _ask(request: ActorRequest, edition: Any, form: Any, question: str, plan: WorkPlan | None = None) -> HttpResponse:
    of = plan or edition.work_plan
    context = {"form": form, "plan": of, "title": queries.title_of(of), "question": question}
    return render(request, "plan_tasks/question.html", context, status=422 if form.is_bound else 200)
