"""The register of what the plan orders to set up, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.queries import DeliverableRow

router = rest.Router()


class DeliverableOut(Schema):
    """One row of the register; ``lamp`` is null where only counts of the owner are shown."""

    number: int
    title: str
    kind: str
    task_number: str
    words: str
    owner_code: str
    owner_name: str
    mission: str
    capability: str
    is_connected: bool
    document_no: str
    issued_on: date | None
    in_force_on: date | None
    is_public: bool
    last_run_on: date | None
    due_date: date | None
    state: str
    lamp: str | None
    why: str


class ConfirmedOut(Schema):
    """How many were confirmed."""

    confirmed: int


class NumbersIn(rest.Bounded):
    """Numbers of the register."""

    numbers: Annotated[list[rest.Count], Field(min_length=1, max_length=500)]


class DeclineIn(rest.Bounded):
    """Why."""

    reason: Annotated[str, Field(max_length=200)]


class AssignOwnerIn(rest.Bounded):
    """Who sets it up, and by when."""

    owner: rest.Code
    due_date: date | None = None


class StopIn(rest.Bounded):
    """From when it is stopped, and why."""

    stopped_on: date
    reason: Annotated[str, Field(max_length=200)]


class IssueIn(rest.Bounded):
    """The number and dates of the document that sets it up."""

    document_no: Annotated[str, Field(max_length=60)]
    issued_on: date
    in_force_on: date
    is_public: bool = False


@router.get("/plans/{code}/deliverables", response=rest.answers(list[DeliverableOut]))
def register(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the register of a plan; whoever is no official gets what is in force and public."""
    queries.edition_in_force(code)
    rows = queries.deliverable_rows(queries.deliverables_of(code), clock.today())
    sees_all = access.may(request.actor, "plan_tasks.see_register") is None
    return [_out(row) for row in rows if sees_all or queries.is_open_to_all(row)]


@router.post("/plans/{code}/deliverables/confirm", response=rest.answers(ConfirmedOut))
def confirm(request: rest.ActorRequest, code: rest.Code, body: NumbersIn) -> Any:
    """Confirm suggestions; each is owed by its owner from now on."""
    rows = operations.confirm_deliverables(
        plan_code=code, numbers=body.numbers, by=request.actor, on=clock.today(), at=clock.now()
    )
    return {"confirmed": len(rows)}


@router.get("/plans/{code}/deliverables/{number}", response=rest.answers(DeliverableOut))
def one(request: rest.ActorRequest, code: rest.Code, number: rest.Count) -> Any:
    """Show one row of the register."""
    (row,) = queries.deliverable_rows([queries.deliverable(code, number)], clock.today())
    if access.may(request.actor, "plan_tasks.see_register") is not None and not queries.is_open_to_all(row):
        raise NotFound("这一项制度")
    return _out(row)


@router.post("/plans/{code}/deliverables/{number}/decline", response=rest.answers(DeliverableOut))
def decline(request: rest.ActorRequest, code: rest.Code, number: rest.Count, body: DeclineIn) -> Any:
    """Say that a suggestion is nothing to set up."""
    found = queries.deliverable(code, number)
    operations.decline_deliverable(deliverable_id=found.pk, reason=body.reason, by=request.actor, at=clock.now())
    return _shown(code, number)


@router.post("/plans/{code}/deliverables/{number}/assign", response=rest.answers(DeliverableOut))
def assign(request: rest.ActorRequest, code: rest.Code, number: rest.Count, body: AssignOwnerIn) -> Any:
    """Say who sets it up, and by when."""
    operations.assign_deliverable(
        deliverable_id=queries.deliverable(code, number).pk,
        owner_code=body.owner,
        due_date=body.due_date,
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    return _shown(code, number)


@router.post("/plans/{code}/deliverables/{number}/issue", response=rest.answers(DeliverableOut, status=201))
def issue(
    request: rest.ActorRequest,
    code: rest.Code,
    number: rest.Count,
    body: Form[IssueIn],
    file: File[UploadedFile],
) -> Any:
    """Hand in the document that sets it up."""
    operations.issue_deliverable(
        deliverable_id=queries.deliverable(code, number).pk,
        stream=rest.stream_of(file),
        name=(file.name or "")[:200],
        media_type=file.content_type or "",
        document_no=body.document_no,
        issued_on=body.issued_on,
        in_force_on=body.in_force_on,
        is_public=body.is_public,
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    return rest.Status(201, _shown(code, number))


@router.post("/plans/{code}/deliverables/{number}/stop", response=rest.answers(DeliverableOut))
def stop(request: rest.ActorRequest, code: rest.Code, number: rest.Count, body: StopIn) -> Any:
    """Say from when it is stopped."""
    operations.stop_deliverable(
        deliverable_id=queries.deliverable(code, number).pk,
        reason=body.reason,
        stopped_on=body.stopped_on,
        by=request.actor,
        at=clock.now(),
    )
    return _shown(code, number)


def _shown(code: str, number: int) -> dict[str, Any]:
    return _out(queries.deliverable_rows([queries.deliverable(code, number)], clock.today())[0])


def _out(row: DeliverableRow) -> dict[str, Any]:
    fields = set(DeliverableOut.model_fields) - {"why"}
    return {field: getattr(row, field) for field in fields} | {"why": row.standing.why}
