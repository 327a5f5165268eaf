"""Let everybody find what a unit has promised: its plan in force, by the words of its stages."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from yingshang.kernel import search
from yingshang.kernel.audience import PUBLIC
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import WorkPlan, WorkPlanEdition


def let_find(edition: WorkPlanEdition, *, at: datetime) -> None:
    """Make a sub-plan in force findable; it leads to the public page of its task.

    Yearly plans have no public page, and units of which only counts are shown are not searched.
    """
    plan = edition.work_plan
    task = queries.task_of(plan)
    if plan.year or plan.holder.counts_only or task is None:
        return
    stages = queries.stages_of(edition)
    search.put(
        subject=_subject(plan),
        kind="子方案",
        title=f"{plan.holder.short_name}{queries.title_of(plan, task)}",
        summary="；".join(stage.title for stage in stages)[:200],
        address=reverse("plan_tasks:task", args=[plan.plan.code, task.place]),
        audience=PUBLIC,
        at=at,
        names=[plan.holder.short_name, plan.holder.name],
        body="\n".join(f"{stage.title}　{stage.goal}" for stage in stages),
    )


def let_find_no_more(plan: WorkPlan) -> None:
    """Take an ended plan out of search."""
    search.drop(_subject(plan))


def _subject(plan: WorkPlan) -> str:
    return f"work_plan:{plan.pk}"
