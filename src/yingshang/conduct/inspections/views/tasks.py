"""Tasks of a draft: add one, change one, take one out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.plans import TaskForm
from yingshang.conduct.inspections.forms.pools import SureForm
from yingshang.conduct.inspections.models import Plan, PlanLine
from yingshang.conduct.inspections.rules.grading import GRADES
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest


def add(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Add a task to a draft."""
    plan = queries.plan_with(plan_id)
    access.permit(request.actor, "inspections.draft_plan", plan)
    form = _form(request, plan)
    asking = Asking(heading=_("加一项抽查任务"), button=_("加入计划"), back=_back(plan), caption=str(plan))

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        task = operations.Task(**form.task())
        made = operations.add_line(plan_id=plan.pk, task=task, by=request.actor, at=clock.now())
        return _("第%(place)d项任务已加入。") % {"place": made.place}, _back(plan)[1]

    return answer(request, form, asking, do=do)


def change(request: ActorRequest, line_id: int) -> HttpResponse:
    """Say otherwise what a task is."""
    line = queries.line_with(line_id)
    access.permit(request.actor, "inspections.draft_plan", line.plan)
    form = _form(request, line.plan, line)
    asking = Asking(heading=_("修改抽查任务"), button=_("保存"), back=_back(line.plan), caption=str(line.plan))

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        task = operations.Task(**form.task())
        operations.change_line(line_id=line.pk, task=task, by=request.actor, at=clock.now())
        return _("任务已修改。"), _back(line.plan)[1]

    return answer(request, form, asking, do=do)


def remove(request: ActorRequest, line_id: int) -> HttpResponse:
    """Take a task out of a draft."""
    line = queries.line_with(line_id)
    access.permit(request.actor, "inspections.draft_plan", line.plan)
    asking = Asking(heading=_("删去这项任务"), button=_("删去"), back=_back(line.plan), caption=line.title)

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        operations.remove_line(line_id=line.pk, by=request.actor, at=clock.now())
        return _("任务已删去，后面的顺次提前。"), _back(line.plan)[1]

    return answer(request, SureForm(request.POST if request.method == "POST" else None), asking, do=do)


def _form(request: ActorRequest, plan: Plan, line: PlanLine | None = None) -> TaskForm:
    today = clock.today()
    items = queries.published_items(today)
    return TaskForm(
        request.POST or None,
        items=[(code, f"{code} {row.values['name']}（{row.values['basis']}）") for code, row in items.items()],
        tags=queries.tag_titles().items(),
        units=[
            pair
            for pair in queries.units_that_join({row.values["unit"] for row in items.values()})
            if pair[0] != plan.unit.code
        ],
        bounds=queries.bounds_on(today),
        initial=_said(line) if line else None,
    )


def _said(line: PlanLine) -> dict[str, Any]:
    names = ("title", "items", "tags", "first", "last", "times", "ordered_from_above")
    said: dict[str, Any] = {name: getattr(line, name) for name in names}
    said |= {f"ratio_{grade.lower()}": line.ratios.get(grade, "") for grade in GRADES}
    return said | {"joint_units": [unit.code for unit in line.joint_units.all()]}


def _back(plan: Plan) -> tuple[str, str]:
    return str(plan), reverse("inspections:plan", args=[plan.pk])
