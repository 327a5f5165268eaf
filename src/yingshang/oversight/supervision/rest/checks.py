"""Supervision checks over the API: whoever may know of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Check, CheckPlan, ConclusionObjection, Finding
from yingshang.oversight.supervision.rest.routing import router

Long = Annotated[str, Field(max_length=2_000)]


class TourPlanIn(rest.Bounded):
    """A plan of checks: unit code → day; pseudonyms of the team."""

    title: Annotated[str, Field(max_length=120)]
    kind: Annotated[str, Field(pattern="^(regular|announced|unannounced)$")]
    area: rest.Code
    content: Long
    scope: Annotated[str, Field(max_length=1_000)]
    days: Annotated[dict[rest.Code, date], Field(min_length=1, max_length=200)]
    team: Annotated[list[rest.Code], Field(min_length=1, max_length=50)]


class TourPlanOut(Schema):
    """A plan of checks."""

    id: UUID
    title: str
    kind: str
    area: str
    approved: bool


class CheckOut(Schema):
    """A check; ``number`` and ``done_on`` are empty until it was made."""

    id: UUID
    number: str
    title: str
    kind: str
    unit: str
    planned_on: date
    done_on: date | None
    state: str
    conclusion: str


class FindingOut(Schema):
    """A problem found."""

    id: UUID
    place: int
    what: str
    state: str
    due_date: date | None


class CheckDetailOut(CheckOut):
    """A check with what was found."""

    findings: list[FindingOut]


class RandomIn(rest.Bounded):
    """A draw for random checks: the pool, how many, and who may go."""

    title: Annotated[str, Field(max_length=120)]
    area: rest.Code
    content: Long
    scope: Annotated[str, Field(max_length=1_000)]
    units: Annotated[list[rest.Code], Field(min_length=1, max_length=200)]
    count: rest.Count
    team: Annotated[list[rest.Code], Field(min_length=1, max_length=200)]


class DayIn(rest.Bounded):
    """The day of the checks that were drawn."""

    day: date


class FindingIn(rest.Bounded):
    """A problem found; ``due_date`` by the county's limit where left out."""

    what: Long
    due_date: date | None = None


class TextIn(rest.Bounded):
    """A conclusion, or why it is wrong."""

    text: rest.Text


class TourWordsIn(rest.Bounded):
    """How a finding was put right, what was looked at, or why it goes back."""

    text: Long


class TourReasonIn(rest.Bounded):
    """Why a check is called off."""

    text: Annotated[str, Field(max_length=400)]


class ReviewIn(rest.Bounded):
    """The decision on a review."""

    is_upheld: bool
    reason: Annotated[str, Field(max_length=4_000)]


class ReviewOut(Schema):
    """A review of a conclusion; ``outcome`` is empty until it is decided."""

    text: str
    outcome: str
    reason: str


@router.get("/checks", response=rest.answers(rest.PageOf[CheckOut]), summary="督查检查")
def checks(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the checks that the actor may know of, the latest first."""
    rows = queries.checks_running(request.actor)
    return rest.page_of(page_after(rows, after, order=queries.LATEST_FIRST), _check)


@router.post("/check-plans", response=rest.answers(TourPlanOut, status=201), summary="起草督查方案")
def plan(request: rest.ActorRequest, body: TourPlanIn) -> Any:
    """Draft a plan."""
    drafted = operations.plan_checks(**body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, _plan(drafted))


@router.post("/check-plans/{plan_id}/approve", response=rest.answers(TourPlanOut), summary="批准督查方案")
def approve(request: rest.ActorRequest, plan_id: UUID) -> Any:
    """Approve a plan."""
    queries.plan_seen(plan_id, request.actor)
    return _plan(operations.approve_plan(plan_id=plan_id, by=request.actor, at=clock.now()))


@router.post("/check-draws", response=rest.answers(TourPlanOut, status=201), summary="封存随机抽查的抽签")
def seal_random(request: rest.ActorRequest, body: RandomIn) -> Any:
    """Seal a draw for random checks."""
    return rest.Status(201, _plan(operations.seal_random_checks(**body.dict(), by=request.actor, at=clock.now())))


@router.post("/check-plans/{plan_id}/arrange", response=rest.answers(list[CheckOut]), summary="按抽签结果安排检查")
def arrange(request: rest.ActorRequest, plan_id: UUID, body: DayIn) -> Any:
    """Arrange the checks that were drawn."""
    queries.plan_seen(plan_id, request.actor)
    made = operations.arrange_drawn_checks(plan_id=plan_id, day=body.day, by=request.actor, at=clock.now())
    return [_check(check) for check in made]


@router.get("/checks/{check_id}", response=rest.answers(CheckDetailOut), summary="一次督查检查")
def check(request: rest.ActorRequest, check_id: UUID) -> Any:
    """Show a check with its findings."""
    found = queries.check_seen(check_id, request.actor)
    return _check(found) | {"findings": [_finding(each) for each in found.findings.all()]}


@router.post("/checks/{check_id}/make", response=rest.answers(CheckOut), summary="开始检查")
def make(request: rest.ActorRequest, check_id: UUID) -> Any:
    """Say that a check is being made today."""
    return _check(operations.make_check(**_common(request, check_id)))


@router.post("/checks/{check_id}/call-off", response=rest.answers(CheckOut), summary="取消检查")
def call_off(request: rest.ActorRequest, check_id: UUID, body: TourReasonIn) -> Any:
    """Call a check off."""
    return _check(operations.call_off_check(reason=body.text, **_common(request, check_id)))


@router.post("/checks/{check_id}/findings", response=rest.answers(FindingOut, status=201), summary="记录发现的问题")
def add_finding(request: rest.ActorRequest, check_id: UUID, body: FindingIn) -> Any:
    """Write down a problem found."""
    return rest.Status(201, _finding(operations.add_finding(**body.dict(), **_common(request, check_id))))


@router.post("/checks/{check_id}/conclude", response=rest.answers(CheckOut), summary="出具督查结论")
def conclude(request: rest.ActorRequest, check_id: UUID, body: TextIn) -> Any:
    """Give the conclusion to the unit."""
    return _check(operations.conclude_check(conclusion=body.text, **_common(request, check_id)))


@router.post("/checks/{check_id}/object", response=rest.answers(ReviewOut), summary="对结论申请复核")
def object_to(request: rest.ActorRequest, check_id: UUID, body: TextIn) -> Any:
    """Ask for a review of the conclusion."""
    return _review(operations.object_to_conclusion(text=body.text, **_common(request, check_id)))


@router.post("/checks/{check_id}/review", response=rest.answers(ReviewOut), summary="作出复核决定")
def review(request: rest.ActorRequest, check_id: UUID, body: ReviewIn) -> Any:
    """Decide a review."""
    return _review(operations.decide_conclusion_review(**body.dict(), **_common(request, check_id)))


@router.post("/findings/{finding_id}/answer", response=rest.answers(FindingOut), summary="报整改情况")
def answer(request: rest.ActorRequest, finding_id: UUID, body: TourWordsIn) -> Any:
    """Say how a finding was put right."""
    operations.answer_finding(finding_id=finding_id, text=body.text, by=request.actor, at=clock.now())
    return _finding(queries.finding_seen(finding_id, request.actor))


@router.post("/findings/{finding_id}/accept", response=rest.answers(FindingOut), summary="复核通过")
def accept(request: rest.ActorRequest, finding_id: UUID, body: TourWordsIn) -> Any:
    """Close a finding after looking again."""
    return _finding(
        operations.accept_rectification(finding_id=finding_id, seen=body.text, by=request.actor, at=clock.now())
    )


@router.post("/findings/{finding_id}/return", response=rest.answers(FindingOut), summary="退回整改")
def give_back(request: rest.ActorRequest, finding_id: UUID, body: TourWordsIn) -> Any:
    """Return an answer with the reason."""
    return _finding(
        operations.return_rectification(finding_id=finding_id, reason=body.text, by=request.actor, at=clock.now())
    )


def _common(request: rest.ActorRequest, check_id: UUID) -> dict[str, Any]:
    """Return the common parts of a deed; a check that the actor may not know of is not found."""
    queries.check_seen(check_id, request.actor)
    return {"check_id": check_id, "by": request.actor, "at": clock.now()}


def _plan(plan: CheckPlan) -> dict[str, Any]:
    is_approved = plan.approved_at is not None
    return {"id": plan.pk, "title": plan.title, "kind": plan.kind, "area": plan.area, "approved": is_approved}


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.pk,
        "number": check.number,
        "title": check.plan.title,
        "kind": check.plan.kind,
        "unit": check.unit.code,
        "planned_on": check.planned_on,
        "done_on": check.done_on,
        "state": check.get_state_display(),
        "conclusion": check.conclusion,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fields = {name: getattr(finding, name) for name in ("place", "what")}
    due = finding.duty.due_date
    return {"id": finding.pk, **fields, "state": finding.get_state_display(), "due_date": due}


def _review(asked: ConclusionObjection) -> dict[str, Any]:
    return {"text": asked.text, "outcome": asked.get_outcome_display(), "reason": asked.reason}
