"""The two pools over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Target
from yingshang.kernel import access, clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Grade = Literal["A", "B", "C", "D"]
Short = Annotated[str, Field(max_length=80)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Reason = Annotated[str, Field(max_length=200)]
Tags = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)]
Credit = Annotated[str, Field(max_length=40)]


class TargetOut(Schema):
    """One target with its class of today; grade empty: none yet."""

    id: int
    code: str
    name: str
    kind: str
    industry: str
    township: str
    address: str
    tags: list[str]
    grade: str
    left_on: date | None


class InspectorOut(Schema):
    """One inspector. lamp: red when the certificate does not hold, yellow when it ends this year."""

    id: int
    certificate_no: str
    name: str
    unit: str
    fields: list[str]
    valid_from: date
    valid_to: date
    lamp: str


class ObservationOut(Schema):
    """One observation; holds: today."""

    id: int
    code: str
    name: str
    reason: str
    basis: str
    first: date
    last: date
    ended_on: date | None
    holds: bool


class TargetIn(rest.Bounded):
    """A new target. township: code of the unit."""

    code: Credit
    name: Name
    kind: Annotated[str, Field(max_length=40)] = ""
    industry: Annotated[str, Field(max_length=60)] = ""
    township: rest.Code = ""
    address: Reason = ""
    tags: Tags = []
    grade: Grade
    source: Annotated[str, Field(max_length=120)]


class GradeIn(rest.Bounded):
    """The class from today on."""

    grade: Grade
    source: Annotated[str, Field(max_length=120)]


class ObserveIn(rest.Bounded):
    """Under observation until a day."""

    reason: Reason
    basis: Reason
    last: date


class PoolReasonIn(rest.Bounded):
    """Why."""

    reason: Short


class InspectorIn(rest.Bounded):
    """A new inspector of one's own unit."""

    certificate_no: Annotated[str, Field(min_length=1, max_length=30)]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    fields_: Annotated[Tags, Field(alias="fields")]
    valid_from: date
    valid_to: date


class TieIn(rest.Bounded):
    """From whom an inspector must keep away."""

    code: Credit
    kind: Literal["employment", "kinship", "shareholding", "served", "other"]
    since: date


class PoolRowOut(Schema):
    """The id of what was made or changed."""

    id: int


@router.get("/targets", response=rest.answers(rest.PageOf[TargetOut]))
def targets(request: rest.ActorRequest, grade: rest.Code = "", tag: rest.Code = "", after: rest.Mark = "") -> Any:
    """List the pool of targets, of one class or tag if asked."""
    access.permit(request.actor, "inspections.see_office")
    rows = queries.pool(clock.today(), grade=grade, tag=tag)
    return rest.page_of(page_after(rows, after, order=("code",)), _target)


@router.post("/targets", response=rest.answers(PoolRowOut, status=201))
def add_target(request: rest.ActorRequest, body: TargetIn) -> Any:
    """Put an enterprise into the pool."""
    made = operations.add_target(**body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, {"id": made.pk})


@router.post("/targets/{target_id}/grade", response=rest.answers(PoolRowOut))
def grade_target(request: rest.ActorRequest, target_id: rest.Id, body: GradeIn) -> Any:
    """Put a target into a class from today on."""
    operations.grade_target(target_id=target_id, **body.dict(), by=request.actor, at=clock.now())
    return {"id": target_id}


@router.post("/targets/{target_id}/observe", response=rest.answers(PoolRowOut))
def observe_target(request: rest.ActorRequest, target_id: rest.Id, body: ObserveIn) -> Any:
    """Put a target under observation."""
    row = operations.observe_target(target_id=target_id, **body.dict(), by=request.actor, at=clock.now())
    return {"id": row.pk}


@router.post("/targets/{target_id}/remove", response=rest.answers(PoolRowOut))
def remove_target(request: rest.ActorRequest, target_id: rest.Id, body: PoolReasonIn) -> Any:
    """Take a target out of the pool."""
    operations.remove_target(target_id=target_id, reason=body.reason, by=request.actor, at=clock.now())
    return {"id": target_id}


@router.get("/observations", response=rest.answers(rest.PageOf[ObservationOut]))
def observations(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List who is or was under observation."""
    access.permit(request.actor, "inspections.see_office")
    page = page_after(queries.observations(clock.today()), after, order=("-last",))
    return rest.page_of(page, _observation)


@router.post("/observations/{exemption_id}/end", response=rest.answers(PoolRowOut))
def end_observation(request: rest.ActorRequest, exemption_id: rest.Id, body: PoolReasonIn) -> Any:
    """End an observation before its last day."""
    operations.end_observation(exemption_id=exemption_id, reason=body.reason, by=request.actor, at=clock.now())
    return {"id": exemption_id}


@router.get("/inspectors", response=rest.answers(rest.PageOf[InspectorOut]))
def inspectors(request: rest.ActorRequest, unit: rest.Code = "", after: rest.Mark = "") -> Any:
    """List the pool of inspectors, of one unit if asked."""
    access.permit(request.actor, "inspections.see_office")
    today = clock.today()
    page = page_after(queries.inspector_pool(today, unit=unit), after, order=("certificate_no",))
    names = ("certificate_no", "name", "fields", "valid_from", "valid_to")

    def drawn(row: Any) -> dict[str, Any]:
        lamp = queries.certificate_lamp(row, today)
        return {"id": row.pk, "unit": row.unit.code, "lamp": lamp} | {name: getattr(row, name) for name in names}

    return rest.page_of(page, drawn)


@router.post("/inspectors", response=rest.answers(PoolRowOut, status=201))
def add_inspector(request: rest.ActorRequest, body: InspectorIn) -> Any:
    """Put a person with a certificate into the pool of one's own unit."""
    given = body.dict()
    fields = given.pop("fields_")
    made = operations.add_inspector(**given, fields=fields, by=request.actor, at=clock.now())
    return rest.Status(201, {"id": made.pk})


@router.post("/inspectors/{inspector_id}/suspend", response=rest.answers(PoolRowOut))
def suspend(request: rest.ActorRequest, inspector_id: rest.Id, body: PoolReasonIn) -> Any:
    """Suspend a certificate from today on."""
    operations.suspend_inspector(inspector_id=inspector_id, reason=body.reason, by=request.actor, at=clock.now())
    return {"id": inspector_id}


@router.post("/inspectors/{inspector_id}/restore", response=rest.answers(PoolRowOut))
def restore(request: rest.ActorRequest, inspector_id: rest.Id) -> Any:
    """Give a suspended certificate back."""
    operations.restore_inspector(inspector_id=inspector_id, by=request.actor, at=clock.now())
    return {"id": inspector_id}


@router.post("/inspectors/{inspector_id}/ties", response=rest.answers(PoolRowOut, status=201))
def declare_tie(request: rest.ActorRequest, inspector_id: rest.Id, body: TieIn) -> Any:
    """Declare that an inspector must keep away from an enterprise."""
    access.permit(request.actor, "inspections.declare_tie", queries.inspector_with(inspector_id))
    made = operations.declare_tie(
        inspector_id=inspector_id,
        target_id=queries.target_by_code(body.code.strip().upper()).pk,
        kind=body.kind,
        since=body.since,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, {"id": made.pk})


def _target(row: Target) -> dict[str, Any]:
    names = ("code", "name", "kind", "industry", "address", "tags", "left_on")
    said = {"id": row.pk, "township": row.township.code if row.township else ""}
    return said | {"grade": getattr(row, "grade", None) or ""} | {name: getattr(row, name) for name in names}


def _observation(row: Any) -> dict[str, Any]:
    names = ("reason", "basis", "first", "last", "ended_on", "holds")
    return {"id": row.pk, "code": row.target.code, "name": row.target.name} | {
        name: getattr(row, name) for name in names
    }
