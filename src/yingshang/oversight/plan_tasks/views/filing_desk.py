"""The filing desk: what waits, the oldest first; accept or return a filing; sign a stage off or return it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import ReasonsForm
from yingshang.oversight.plan_tasks.models import Filing, Progress
from yingshang.oversight.plan_tasks.rules import check_list
from yingshang.oversight.plan_tasks.views.work_plan_tables import waiting_columns


def filings(request: ActorRequest) -> HttpResponse:
    """List the filings that wait."""
    access.permit(request.actor, "plan_tasks.see_filings")
    today, waiting = clock.today(), queries.waiting_filings()
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(waiting_columns(), [_filing_row(each, today) for each in waiting], name="待审核的报备"))
    page = keyset(waiting, request, order=("filed_at", "pk"))
    rows = [_filing_row(each, today) for each in page.rows]
    listing = table(waiting_columns(), rows, request=request, name="待审核的报备", empty="现在没有等待审核的报备。")
    context = {
        "listing": replace(listing, page=page),
        "asked": queries.waiting_sign_offs().count(),
        "years": queries.years_with_plans(),
    }
    return render(request, "plan_tasks/filing_desk.html", context)


def filing(request: ActorRequest, filing_id: int) -> HttpResponse:
    """Show one filing: the check list, what was filed, what changed, earlier rounds."""
    access.permit(request.actor, "plan_tasks.see_filings")
    found = queries.filing_with(filing_id)
    edition, plan = found.edition, found.edition.work_plan
    stages = queries.stages_of(edition)
    before = queries.accepted_edition(plan)
    context = {
        "filing": found,
        "decision": getattr(found, "decision", None),
        "edition": edition,
        "plan": plan,
        "title": queries.title_of(plan),
        "task": queries.task_of(plan),
        "stages": [(stage, queries.goal_words(stage)) for stage in stages],
        "checks": check_list(queries.stage_plans(stages), queries.span_of(plan)),
        "before": before if before and before.pk != edition.pk else None,
        "rounds": [each for each in queries.filings_of(edition) if each.pk != found.pk],
        "refusal": access.may(request.actor, "plan_tasks.decide_filing", found),
        "form": ReasonsForm(),
    }
    return render(request, "plan_tasks/filing.html", context)


@require_POST
def accept(request: ActorRequest, filing_id: int) -> HttpResponse:
    """Accept a filing."""
    edition = operations.accept_filing(filing_id=filing_id, by=request.actor, on=clock.today(), at=clock.now())
    messages.success(request, f"{edition.work_plan.holder.short_name}的方案已备案，各阶段从今天起计入应办事项。")
    return redirect("plan_tasks:filing_desk")


@require_POST
def give_back(request: ActorRequest, filing_id: int) -> HttpResponse:
    """Return a filing with reasons."""
    form = ReasonsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "退回要写明理由：哪里要改、怎么改。")
        return redirect("plan_tasks:filing", filing_id=filing_id)
    edition = operations.return_filing(
        filing_id=filing_id,
        reasons=form.cleaned_data["reasons"],
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    messages.success(request, f"已退回{edition.work_plan.holder.short_name}，该单位要在期限内重新报备。")
    return redirect("plan_tasks:filing_desk")


def sign_offs(request: ActorRequest) -> HttpResponse:
    """List the requests for sign-off that wait."""
    access.permit(request.actor, "plan_tasks.see_filings")
    today, waiting = clock.today(), queries.waiting_sign_offs()
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(waiting_columns(), [_asked_row(each, today) for each in waiting], name="待审核的销号"))
    page = keyset(waiting, request, order=("at", "pk"))
    rows = [_asked_row(each, today) for each in page.rows]
    listing = table(waiting_columns(), rows, request=request, name="待审核的销号", empty="现在没有等待审核的销号申请。")
    return render(request, "plan_tasks/sign_offs.html", {"listing": replace(listing, page=page)})


@require_POST
def sign_off(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Sign a stage off."""
    words = request.POST.get("words", "")[:1000]
    done = operations.sign_off_stage(stage_id=stage_id, words=words, by=request.actor, on=clock.today(), at=clock.now())
    messages.success(request, f"“{done.stage.title}”已销号。")
    return redirect("plan_tasks:sign_offs")


def return_sign_off(request: ActorRequest, stage_id: int) -> HttpResponse:
    """Return a request for sign-off with reasons."""
    stage = queries.stage_with(stage_id)
    access.permit(request.actor, "plan_tasks.decide_sign_off", stage.edition.work_plan)
    form = ReasonsForm(request.POST or None)
    if not form.is_valid():
        context = {
            "form": form,
            "plan": stage.edition.work_plan,
            "title": queries.title_of(stage.edition.work_plan),
            "question": f"为什么退回“{stage.title}”的销号申请？",
        }
        return render(request, "plan_tasks/question.html", context, status=422 if form.is_bound else 200)
    operations.return_sign_off(
        stage_id=stage_id,
        reasons=form.cleaned_data["reasons"],
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    messages.success(request, "已退回，阶段的完成时限照旧。")
    return redirect("plan_tasks:sign_offs")


def _filing_row(each: Filing, today: date) -> dict[str, Any]:
    plan = each.edition.work_plan
    return {
        "title": queries.title_of(plan),
        "unit": plan.holder.short_name,
        "what": f"第{each.edition.number}版，第{each.round}次报备",
        "at": each.filed_at,
        "days": (today - clock.beijing_date(each.filed_at)).days,
        "href": reverse("plan_tasks:filing", args=[each.pk]),
    }


def _asked_row(each: Progress, today: date) -> dict[str, Any]:
    plan = each.stage.edition.work_plan
    return {
        "title": f"{queries.title_of(plan)}{each.stage}",
        "unit": plan.holder.short_name,
        "what": each.words[:60],
        "at": each.at,
        "days": (today - clock.beijing_date(each.at)).days,
        "href": reverse("plan_tasks:stage", args=[each.stage_id]),
    }
