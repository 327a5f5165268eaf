"""Visits over the API: whose turn it is, the scan, the sheet, the results and what follows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Visit
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Words = Annotated[str, Field(max_length=400)]
Remark = Annotated[str, Field(max_length=1_000)]
Attempt = Annotated[str, Field(min_length=1, max_length=80)]
Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=8, decimal_places=5)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=8, decimal_places=5)]


class VisitItemOut(Schema):
    """One item that is looked into, with its legal basis and the unit it belongs to."""

    code: str
    title: str
    basis: str
    unit: str


class VisitOut(Schema):
    """One visit. started_at, published_on are null until then."""

    id: UUID
    kind: str
    state: str
    code: str
    enterprise: str
    lead_unit: str
    planned_on: date
    planned_to: date
    started_at: datetime | None
    published_on: date | None
    items: list[VisitItemOut]
    inspectors: list[str]


class PointOut(Schema):
    """One question of the sheet. number: from 1, within its item."""

    item: str
    number: int
    question: str


class ResultOut(Schema):
    """One result that stands."""

    scheme: str
    code: str
    words: str


class FollowUpOut(Schema):
    """One thing that must follow; state and due date are those of the obligation."""

    id: int
    words: str
    state: str
    due_date: date | None


class VisitDetailOut(VisitOut):
    """One visit with its sheet, its results and what follows."""

    points: list[PointOut]
    results: list[ResultOut]
    follow_ups: list[FollowUpOut]


class ScanIn(rest.Bounded):
    """What was read at the door, and where the device says it is."""

    code: Annotated[str, Field(max_length=200)]
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class MarkIn(rest.Bounded):
    """One answer. is_right null: does not apply; a fault is described in the remark."""

    item: rest.Code
    number: Annotated[int, Field(ge=1, le=32_767)]
    is_right: bool | None
    remark: Remark = ""


class VisitSheetIn(rest.Bounded):
    """The whole sheet. attempt names this sending: the same one sent again does nothing twice."""

    attempt: Attempt
    scheme: rest.Code = "b"
    results: Annotated[list[rest.Code], Field(max_length=40)]
    marks: Annotated[list[MarkIn], Field(max_length=1_000)]
    remark: Remark = ""
    rectify_by: date | None = None


class VisitReasonIn(rest.Bounded):
    """Why."""

    reason: Words


class CorrectionIn(rest.Bounded):
    """The results that hold instead, and why."""

    scheme: rest.Code = "b"
    results: Annotated[list[rest.Code], Field(max_length=40)]
    reason: Words


class SettledWithIn(rest.Bounded):
    """What shows that it is done."""

    evidence: Words


@router.get("/visits/mine", response=rest.answers(list[VisitOut]))
def mine(request: rest.ActorRequest) -> Any:
    """List what the caller still has to inspect or record, in the order of the day."""
    return [_out(row) for row in queries.visits_of_inspector(request.actor, clock.today())]


@router.get("/visits", response=rest.answers(rest.PageOf[VisitOut]))
def of_the_unit(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the visits in which the caller's unit takes part, the newest first."""
    if not request.actor.unit:
        raise NotFound("本单位的检查")
    rows = queries.visits_of_unit(request.actor.unit)
    return rest.page_of(page_after(rows, after, order=("-planned_on", "-pk")), _out)


@router.get("/visits/{visit_id}", response=rest.answers(VisitDetailOut))
def one(request: rest.ActorRequest, visit_id: UUID) -> Any:
    """Show one visit to those who take part in it."""
    return _detail(_seen(request, visit_id))


@router.post("/visits/{visit_id}/start", response=rest.answers(VisitDetailOut))
def start(request: rest.ActorRequest, visit_id: UUID, body: ScanIn) -> Any:
    """Scan the code at the door and begin."""
    operations.start_visit(public_id=visit_id, **body.dict(), by=request.actor, at=clock.now())
    return _detail(queries.visit_with(visit_id))


@router.post("/visits/{visit_id}/sheet", response=rest.answers(VisitDetailOut))
def record(request: rest.ActorRequest, visit_id: UUID, body: VisitSheetIn) -> Any:
    """Record what was found; photos go over the page."""
    visit = queries.visit_with(visit_id)
    access.permit(request.actor, "inspections.inspect", visit)
    asked = {(each.item, each.place): each.question for each in _points(visit)}
    marks = [
        operations.Marked(each.item, each.number, asked.get((each.item, each.number), ""), each.is_right, each.remark)
        for each in body.marks
    ]
    sheet = operations.Sheet(
        scheme=body.scheme, codes=body.results, marks=marks, remark=body.remark, rectify_by=body.rectify_by
    )
    operations.record_visit(public_id=visit_id, sheet=sheet, attempt=body.attempt, by=request.actor, at=clock.now())
    return _detail(queries.visit_with(visit_id))


@router.post("/visits/{visit_id}/stop", response=rest.answers(VisitDetailOut))
def stop(request: rest.ActorRequest, visit_id: UUID, body: VisitReasonIn) -> Any:
    """Stop a visit that has not been recorded."""
    operations.stop_visit(public_id=visit_id, reason=body.reason, by=request.actor, at=clock.now())
    return _detail(queries.visit_with(visit_id))


@router.post("/visits/{visit_id}/publish", response=rest.answers(VisitDetailOut))
def publish(request: rest.ActorRequest, visit_id: UUID) -> Any:
    """Publish what was found."""
    operations.publish_results(public_id=visit_id, by=request.actor, at=clock.now())
    return _detail(queries.visit_with(visit_id))


@router.post("/visits/{visit_id}/correct", response=rest.answers(VisitDetailOut))
def correct(request: rest.ActorRequest, visit_id: UUID, body: CorrectionIn) -> Any:
    """Put other results beside the first."""
    operations.correct_results(
        public_id=visit_id,
        scheme=body.scheme,
        codes=body.results,
        reason=body.reason,
        by=request.actor,
        at=clock.now(),
    )
    return _detail(queries.visit_with(visit_id))


@router.post("/follow-ups/{follow_up_id}/finish", response=rest.answers(FollowUpOut))
def finish(request: rest.ActorRequest, follow_up_id: rest.Id, body: SettledWithIn) -> Any:
    """Settle one follow-up with what shows it."""
    done = operations.finish_follow_up(
        follow_up_id=follow_up_id, evidence=body.evidence, by=request.actor, at=clock.now()
    )
    return _follow_up(queries.follow_up_with(done.pk))


def _seen(request: rest.ActorRequest, visit_id: UUID) -> Visit:
    found = queries.visit_with(visit_id)
    if access.may(request.actor, "inspections.see_visit", found) is not None:
        raise NotFound("这次检查")
    return found


def _points(visit: Visit) -> list[queries.Point]:
    return queries.points_of([item.item_code for item in queries.items_of(visit)], visit.planned_on)


def _out(visit: Visit) -> dict[str, Any]:
    names = ("kind", "state", "planned_on", "planned_to", "started_at", "published_on")
    return {name: getattr(visit, name) for name in names} | {
        "id": visit.public_id,
        "code": visit.target.code,
        "enterprise": visit.target.name,
        "lead_unit": visit.lead_unit.code,
        "items": [
            {"code": item.item_code, "title": item.title, "basis": item.basis, "unit": item.unit.code}
            for item in visit.items.all()
        ],
        "inspectors": [each.inspector.name for each in visit.crew.all()],
    }


def _detail(visit: Visit) -> dict[str, Any]:
    return _out(visit) | {
        "inspectors": [each.inspector.name for each in queries.crew_of(visit)],
        "points": [{"item": each.item, "number": each.place, "question": each.question} for each in _points(visit)],
        "results": queries.outcomes_of(visit),
        "follow_ups": [_follow_up(each) for each in queries.follow_ups_of(visit)],
    }


def _follow_up(row: Any) -> dict[str, Any]:
    owed = row.obligation
    return {"id": row.pk, "words": row.words, "state": owed.state, "due_date": owed.due_date}
