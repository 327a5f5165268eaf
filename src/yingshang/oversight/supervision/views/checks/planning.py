"""Plan checks and approve plans."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.checks import DayForm, PlanForm, RandomForm
from yingshang.oversight.supervision.views.questions import attempt


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Draft a plan."""
    access.permit(request.actor, "supervision.plan_check")
    today = clock.today()
    form = PlanForm(
        request.POST or None,
        units=queries.units_to_name(today),
        areas=queries.areas_to_choose(),
        people=queries.people_for_teams(today),
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        day, units = given.pop("day"), given.pop("units")
        days = dict.fromkeys(units, day)
        plan = attempt(form, lambda: operations.plan_checks(**given, days=days, by=request.actor, at=clock.now()))
        if plan is not None:
            messages.success(request, "方案已起草，等负责人批准。")
            return redirect("supervision:check_plan", plan_id=plan.pk)
    status = 422 if form.is_bound else 200
    return render(request, "supervision/check_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def new_random(request: ActorRequest) -> HttpResponse:
    """Seal a draw for random checks."""
    access.permit(request.actor, "supervision.plan_check")
    today = clock.today()
    form = RandomForm(
        request.POST or None,
        units=queries.units_to_name(today),
        areas=queries.areas_to_choose(),
        people=queries.people_for_teams(today),
    )
    if form.is_valid():
        given = form.cleaned_data
        plan = attempt(form, lambda: operations.seal_random_checks(**given, by=request.actor, at=clock.now()))
        if plan is not None:
            messages.success(request, "抽签方案已封存。批准方案、公开掷骰子以后，按结果安排检查。")
            return redirect("supervision:check_plan", plan_id=plan.pk)
    status = 422 if form.is_bound else 200
    return render(request, "supervision/check_random.html", {"form": form}, status=status)


@require_POST
def arrange(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Arrange the checks that were drawn."""
    queries.plan_seen(plan_id, request.actor)
    form = DayForm(request.POST)
    if form.is_valid():
        made = operations.arrange_drawn_checks(
            plan_id=plan_id, day=form.cleaned_data["day"], by=request.actor, at=clock.now()
        )
        messages.success(request, f"已按抽签结果安排{len(made)}次检查。")
    else:
        messages.error(request, "请填写检查日期，例如：2026-03-30。")
    return redirect("supervision:check_plan", plan_id=plan_id)


def plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan to those who plan, approve and make checks."""
    found = queries.plan_seen(plan_id, request.actor)
    checks = (
        queries.checks_running(request.actor)
        .filter(plan=found)
        .prefetch_related("members")
        .order_by("planned_on", "unit__path")
    )
    context = {
        "plan": found,
        "area": queries.rules_of_county().area_title(found.area),
        "checks": checks,
        "refusal": access.may(request.actor, "supervision.approve_check", found),
        "to_arrange": found.draw_serial and not checks and access.may(request.actor, "supervision.plan_check") is None,
        "day_form": DayForm(),
    }
    return render(request, "supervision/check_plan.html", context)


@require_POST
def approve(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Approve a plan."""
    queries.plan_seen(plan_id, request.actor)
    operations.approve_plan(plan_id=plan_id, by=request.actor, at=clock.now())
    messages.success(request, "方案已批准，到了安排的日期就可以开始检查。")
    return redirect("supervision:check_plan", plan_id=plan_id)
