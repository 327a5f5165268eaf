"""Every unit that the plan binds to a yearly plan owes it each year."""

from __future__ import annotations

import contextlib
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import WorkPlan, YearlyDuty
from yingshang.oversight.plan_tasks.operations.duties import wanted_on
from yingshang.oversight.plan_tasks.rules import NAME_UNITS, YEARLY_PLAN

YEARLY = "PLAN.YEARLY"


@transaction.atomic
def open_yearly_plans(*, by: Actor, on: date, at: datetime) -> int:
    """Open the yearly plan of every unit that owes one for the year of a day and does not yet; return how many.

    Bound are the units that the county's yearly task names, groups expanded on
    that day. The period runs from 1 January, or from the publication of the
    plan where that is later. Twice on a day does nothing twice.
    """
    opened = 0
    for duty in YearlyDuty.objects.filter(effective_from__lte=on).select_for_update().order_by("pk"):
        opened += _open(duty, by, on, at)
    return opened


def _open(duty: YearlyDuty, by: Actor, on: date, at: datetime) -> int:
    task = queries.yearly_task(duty)
    if task is None:
        return 0
    plan, key = task.edition.plan, queries.identity(task)
    bound = {
        each.share.unit for each in wanted_on(task.edition, on) if each.task.pk == task.pk and each.kind != NAME_UNITS
    }
    has = set(WorkPlan.objects.filter(plan=plan, year=on.year).values_list("unit__code", flat=True))
    units = list(org.Unit.objects.filter(code__in=bound - has).order_by("path"))
    limit = None
    with contextlib.suppress(NotFound):
        limit = clock.limit_on(YEARLY, on)
    since = max(date(on.year, 1, 1), task.edition.published_on)
    obligations = work.owe_all(
        [
            work.Owed(
                kind=YEARLY_PLAN,
                title=f"报备{on.year}年优化营商环境年度工作实施方案",
                unit=unit,
                limit=limit,
                since=since,
                origin=f"plan:{plan.code}:{task.place}",
                source=f"{task.edition.document_no} 第{task.number or task.place}项".strip(),
            )
            for unit in units
        ],
        by=by,
        at=at,
    )
    WorkPlan.objects.bulk_create(
        WorkPlan(unit=unit, holder=unit, plan=plan, task_key=key, year=on.year, obligation=obligation)
        for unit, obligation in zip(units, obligations, strict=True)
    )
    return len(units)
