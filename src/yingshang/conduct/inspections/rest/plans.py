"""Plans over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Plan
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Fraction = Annotated[str, Field(max_length=11)]
Codes = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=200)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class InspectionTaskOut(Schema):
    """One task of a plan."""

    id: int
    place: int
    title: str
    items: list[str]
    tags: list[str]
    ratios: dict[str, str]
    first: date
    last: date
    times: int
    joint_units: list[str]
    ordered_from_above: str
    draws: list[int]


class InspectionPlanOut(Schema):
    """One version of a plan."""

    id: int
    unit: str
    year: int
    version: int
    state: str
    changed_because: str
    approved_on: date | None
    published_on: date | None


class InspectionPlanWithTasksOut(InspectionPlanOut):
    """One version of a plan with its tasks."""

    tasks: list[InspectionTaskOut]


class DraftInspectionPlanIn(rest.Bounded):
    """Which year, and why when there is a plan already."""

    year: Year
    changed_because: Annotated[str, Field(max_length=300)] = ""


class InspectionTaskIn(rest.Bounded):
    """What a task says; ratios: class → fraction such as 5/100."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    items: Annotated[Codes, Field(min_length=1)]
    tags: Codes = []
    ratios: Annotated[dict[Annotated[str, Field(max_length=1)], Fraction], Field(max_length=4)]
    first: date
    last: date
    times: Annotated[int, Field(ge=1, le=12)] = 1
    joint_units: Codes = []
    ordered_from_above: Annotated[str, Field(max_length=200)] = ""


class InspectionPlanDecisionIn(rest.Bounded):
    """What the head decides; a plan given back says why."""

    approve: bool
    reason: Annotated[str, Field(max_length=200)] = ""


@router.get("/plans", response=rest.answers(rest.PageOf[InspectionPlanOut]))
def plans(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the published plans of all units, superseded versions too."""
    return rest.page_of(page_after(queries.public_plans(), after, order=("-year", "unit__code", "-version")), _plan)


@router.get("/plans/own", response=rest.answers(rest.PageOf[InspectionPlanOut]))
def own_plans(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the plans of one's own unit, drafts too."""
    access.permit(request.actor, "inspections.see_office")
    rows = queries.plans_of(request.actor.unit)
    return rest.page_of(page_after(rows, after, order=("-year", "-version")), _plan)


@router.post("/plans", response=rest.answers(InspectionPlanWithTasksOut, status=201))
def draft(request: rest.ActorRequest, body: DraftInspectionPlanIn) -> Any:
    """Begin the plan of a year, or its next version."""
    made = operations.draft_plan(**body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, _whole(request, made.pk))


@router.get("/plans/{plan_id}", response=rest.answers(InspectionPlanWithTasksOut))
def plan(request: rest.ActorRequest, plan_id: rest.Id) -> Any:
    """Show one plan with its tasks."""
    return _whole(request, plan_id)


@router.post("/plans/{plan_id}/tasks", response=rest.answers(InspectionPlanWithTasksOut, status=201))
def add_task(request: rest.ActorRequest, plan_id: rest.Id, body: InspectionTaskIn) -> Any:
    """Add a task to a draft."""
    operations.add_line(plan_id=plan_id, task=operations.Task(**body.dict()), by=request.actor, at=clock.now())
    return rest.Status(201, _whole(request, plan_id))


@router.post("/tasks/{line_id}/change", response=rest.answers(InspectionPlanWithTasksOut))
def change_task(request: rest.ActorRequest, line_id: rest.Id, body: InspectionTaskIn) -> Any:
    """Say otherwise what a task of a draft is."""
    line = operations.change_line(
        line_id=line_id, task=operations.Task(**body.dict()), by=request.actor, at=clock.now()
    )
    return _whole(request, line.plan_id)


@router.post("/tasks/{line_id}/remove", response=rest.answers(InspectionPlanWithTasksOut))
def remove_task(request: rest.ActorRequest, line_id: rest.Id) -> Any:
    """Take a task out of a draft."""
    plan_id = queries.line_with(line_id).plan_id
    operations.remove_line(line_id=line_id, by=request.actor, at=clock.now())
    return _whole(request, plan_id)


@router.post("/plans/{plan_id}/submit", response=rest.answers(InspectionPlanWithTasksOut))
def submit(request: rest.ActorRequest, plan_id: rest.Id) -> Any:
    """Hand a draft to the head."""
    operations.submit_plan(plan_id=plan_id, by=request.actor, at=clock.now())
    return _whole(request, plan_id)


@router.post("/plans/{plan_id}/decide", response=rest.answers(InspectionPlanWithTasksOut))
def decide(request: rest.ActorRequest, plan_id: rest.Id, body: InspectionPlanDecisionIn) -> Any:
    """Approve a plan, or give it back."""
    operations.decide_plan(plan_id=plan_id, **body.dict(), by=request.actor, at=clock.now())
    return _whole(request, plan_id)


@router.post("/plans/{plan_id}/publish", response=rest.answers(InspectionPlanWithTasksOut))
def publish(request: rest.ActorRequest, plan_id: rest.Id) -> Any:
    """Publish an approved plan."""
    operations.publish_plan(plan_id=plan_id, by=request.actor, at=clock.now())
    return _whole(request, plan_id)


def _whole(request: rest.ActorRequest, plan_id: int) -> dict[str, Any]:
    found = queries.plan_with(plan_id)
    if access.may(request.actor, "inspections.see_plan", found) is not None:
        raise NotFound("这份抽查计划")
    names = ("place", "title", "items", "tags", "ratios", "first", "last", "times", "ordered_from_above")
    tasks = [
        {name: getattr(line, name) for name in names}
        | {
            "id": line.pk,
            "joint_units": [unit.code for unit in line.joint_units.all()],
            "draws": [int(batch.serial) for batch in line.batches.all()],
        }
        for line in queries.lines_of(found)
    ]
    return _plan(found) | {"tasks": tasks}


def _plan(row: Plan) -> dict[str, Any]:
    names = ("year", "version", "state", "changed_because", "approved_on", "published_on")
    return {"id": row.pk, "unit": row.unit.code} | {name: getattr(row, name) for name in names}
