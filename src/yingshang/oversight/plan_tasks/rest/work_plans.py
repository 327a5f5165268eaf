"""Units' own plans over the API: drafts, editions, filing."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import WorkPlanEdition
from yingshang.oversight.plan_tasks.rest.work_plan_rows import filing_row, plan_detail, plan_row
from yingshang.oversight.plan_tasks.rest.work_plan_schemas import (
    AimIn,
    FilingOut,
    FollowsIn,
    PlanDetailOut,
    PlanOfUnitOut,
    ReasonsGivenIn,
    RoadmapOut,
    StageIn,
    StagesIn,
    TypingOut,
    VersionIn,
)
from yingshang.oversight.plan_tasks.rules import Goal, StagePlan, roadmap_svg

router = rest.Router()


@router.get("/units/{code}/work-plans", response=rest.answers(list[PlanOfUnitOut]))
def of_unit(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List a unit's plans, the newest first."""
    unit = _seen_unit(request, code)
    return [plan_row(row) for row in queries.plan_rows(queries.begun_plans_of(unit)[:200], clock.today())]


@router.get("/units/{code}/typing", response=rest.answers(list[TypingOut]))
def typing(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Show how long a unit's people typed, by month, the newest first."""
    rows = queries.typing_of(_seen_unit(request, code), clock.today())
    return [
        {"month": each.month.code, "hours": each.hours, "forms": each.forms, "fields": each.fields} for each in rows
    ]


@router.post("/obligations/{obligation_id}/work-plan", response=rest.answers(PlanDetailOut, status=201))
def start(request: rest.ActorRequest, obligation_id: rest.Id) -> Any:
    """Begin the plan that answers a duty; begun before, it is returned."""
    begun = operations.start_work_plan(obligation_id=obligation_id, by=request.actor, on=clock.today(), at=clock.now())
    return rest.Status(201, plan_detail(request, begun))


@router.get("/work-plans/{work_plan_id}", response=rest.answers(PlanDetailOut))
def one(request: rest.ActorRequest, work_plan_id: rest.Id) -> Any:
    """Show a plan."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    return plan_detail(request, plan)


@router.get("/work-plans/{work_plan_id}/roadmap", response=rest.answers(RoadmapOut))
def roadmap(request: rest.ActorRequest, work_plan_id: rest.Id) -> Any:
    """Show the roadmap of the edition in force."""
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    edition = queries.accepted_edition(plan)
    if edition is None:
        raise NotFound("这份方案的路线图")
    stages, today = queries.stages_of(edition), clock.today()
    lights = {row.place: row.light for row in queries.stage_rows(stages, today)}
    return {"svg": roadmap_svg(queries.stage_plans(stages), lights=lights, today=today)}


@router.put("/work-plans/{work_plan_id}/stages", response=rest.answers(PlanDetailOut))
def put_stages(request: rest.ActorRequest, work_plan_id: rest.Id, body: StagesIn) -> Any:
    """Put the stages of a draft, all or nothing."""
    stages = [_stage(place, each) for place, each in enumerate(body.stages, 1)]
    edition = operations.replace_stages(
        edition_id=_in_hand(work_plan_id).pk,
        stages=stages,
        expected_version=body.version,
        by=request.actor,
        at=clock.now(),
    )
    return plan_detail(request, queries.work_plan(edition.work_plan_id))


@router.post("/work-plans/{work_plan_id}/stages", response=rest.answers(PlanDetailOut, status=201))
def add_stage(request: rest.ActorRequest, work_plan_id: rest.Id, body: StageIn) -> Any:
    """Add one stage at the end of a draft."""
    edition = _in_hand(work_plan_id)
    operations.write_stage(edition_id=edition.pk, stage=_stage(0, body), by=request.actor, at=clock.now())
    return rest.Status(201, plan_detail(request, queries.work_plan(work_plan_id)))


@router.put("/stages/{stage_id}", response=rest.answers(PlanDetailOut))
def change_stage(request: rest.ActorRequest, stage_id: rest.Id, body: StageIn) -> Any:
    """Change one stage of a draft; what it follows stays."""
    edition = queries.stage_with(stage_id).edition
    operations.write_stage(
        edition_id=edition.pk, stage_id=stage_id, stage=_stage(0, body), by=request.actor, at=clock.now()
    )
    return plan_detail(request, queries.work_plan(edition.work_plan_id))


@router.delete("/stages/{stage_id}", response=rest.answers(PlanDetailOut))
def remove_stage(request: rest.ActorRequest, stage_id: rest.Id) -> Any:
    """Take one stage out of a draft."""
    edition = operations.remove_stage(stage_id=stage_id, by=request.actor, at=clock.now())
    return plan_detail(request, queries.work_plan(edition.work_plan_id))


@router.put("/stages/{stage_id}/follows", response=rest.answers(PlanDetailOut))
def put_follows(request: rest.ActorRequest, stage_id: rest.Id, body: FollowsIn) -> Any:
    """Say which stages of the same draft one depends on."""
    stage = operations.set_dependencies(stage_id=stage_id, follows=body.follows, by=request.actor, at=clock.now())
    return plan_detail(request, queries.work_plan(stage.edition.work_plan_id))


@router.put("/work-plans/{work_plan_id}/aim", response=rest.answers(PlanDetailOut))
def put_aim(request: rest.ActorRequest, work_plan_id: rest.Id, body: AimIn) -> Any:
    """Say what the plan as a whole is to reach."""
    operations.set_aim(edition_id=_in_hand(work_plan_id).pk, aim=body.aim, by=request.actor, at=clock.now())
    return plan_detail(request, queries.work_plan(work_plan_id))


@router.post("/work-plans/{work_plan_id}/editions", response=rest.answers(PlanDetailOut, status=201))
def revise(request: rest.ActorRequest, work_plan_id: rest.Id, body: ReasonsGivenIn) -> Any:
    """Begin the next edition of an accepted plan."""
    operations.revise_work_plan(
        work_plan_id=work_plan_id, reason=body.reasons, by=request.actor, on=clock.today(), at=clock.now()
    )
    return rest.Status(201, plan_detail(request, queries.work_plan(work_plan_id)))


@router.post("/work-plans/{work_plan_id}/drop", response=rest.answers(PlanDetailOut))
def drop(request: rest.ActorRequest, work_plan_id: rest.Id) -> Any:
    """Give up the change that is in hand."""
    operations.drop_edition(edition_id=_in_hand(work_plan_id).pk, by=request.actor, at=clock.now())
    return plan_detail(request, queries.work_plan(work_plan_id))


@router.post("/work-plans/{work_plan_id}/filings", response=rest.answers(FilingOut, status=201))
def file(request: rest.ActorRequest, work_plan_id: rest.Id, body: VersionIn) -> Any:
    """File the draft."""
    filing = operations.file_edition(
        edition_id=_in_hand(work_plan_id).pk,
        expected_version=body.version,
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    return rest.Status(201, filing_row(queries.filing_with(filing.pk)))


def _seen_unit(request: rest.ActorRequest, code: str) -> org.Unit:
    unit = org.unit(code)
    if access.may(request.actor, "plan_tasks.see_unit", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    return unit


def _in_hand(work_plan_id: int) -> WorkPlanEdition:
    edition = queries.edition_in_hand(queries.work_plan(work_plan_id))
    if edition is None:
        raise NotFound("正在编制的这一版")
    return edition


def _stage(place: int, given: StageIn) -> StagePlan:
    goal = given.goal
    return StagePlan(
        place=place,
        title=given.title,
        goal=Goal(
            kind=goal.kind,
            words=goal.words,
            source=goal.source,
            baseline=goal.baseline,
            target=goal.target,
            unit=goal.unit,
            target_date=goal.target_date,
            items=tuple(item.strip() for item in goal.items if item.strip()),
            measure=goal.measure,
        ),
        starts_on=given.starts_on,
        finish_on=given.finish_on,
        answers=given.answers,
        follows=frozenset(given.follows),
    )
