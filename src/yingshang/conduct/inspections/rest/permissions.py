"""Single-case and special inspections over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Permission
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Text = Annotated[str, Field(max_length=400)]
Codes = Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=200)]


class PermissionOut(Schema):
    """One request and what the head decided."""

    id: int
    unit: str
    code: str
    kind: str
    items: list[str]
    cause: str
    reason: str
    ordered_from_above: str
    is_emergency: bool
    state: str
    asked_at: datetime
    decided_at: datetime | None
    decision: str


class AskPermissionIn(rest.Bounded):
    """What the head is asked for."""

    target_code: Annotated[str, Field(max_length=18)]
    kind: Literal["case", "special"]
    items: Codes
    cause: Literal["complaint", "clue", "transfer", "above", "monitoring", "other"]
    reason: Text
    ordered_from_above: Annotated[str, Field(max_length=200)] = ""
    is_emergency: bool = False


class DecidePermissionIn(rest.Bounded):
    """What the head decides; a refusal says why."""

    grant: bool
    decision: Text = ""


class ArrangeVisitIn(rest.Bounded):
    """Who goes, the lead first, and when."""

    inspectors: Annotated[list[rest.Id], Field(min_length=1, max_length=20)]
    planned_on: date
    planned_to: date | None = None


class ArrangedVisitOut(Schema):
    """The visit that was planned."""

    public_id: str
    planned_on: date


@router.get("/permissions", response=rest.answers(rest.PageOf[PermissionOut]))
def permissions(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List what one's unit asked for; to whoever coordinates, what every unit asked for."""
    access.permit(request.actor, "inspections.see_office")
    sees_all = access.may(request.actor, "inspections.coordinate", None) is None
    rows = queries.permissions_of("" if sees_all else request.actor.unit)
    return rest.page_of(page_after(rows, after), _out)


@router.post("/permissions", response=rest.answers(PermissionOut, status=201))
def ask(request: rest.ActorRequest, body: AskPermissionIn) -> Any:
    """Ask the head for one inspection."""
    return rest.Status(201, _out(operations.ask_permission(**body.dict(), by=request.actor, at=clock.now())))


@router.get("/permissions/{permission_id}", response=rest.answers(PermissionOut))
def permission(request: rest.ActorRequest, permission_id: rest.Id) -> Any:
    """Show one request."""
    found = queries.permission_with(permission_id)
    if access.may(request.actor, "inspections.see_permission", found) is not None:
        raise NotFound("这份行政检查审批")
    return _out(found)


@router.post("/permissions/{permission_id}/decide", response=rest.answers(PermissionOut))
def decide(request: rest.ActorRequest, permission_id: rest.Id, body: DecidePermissionIn) -> Any:
    """Grant or refuse."""
    return _out(
        operations.decide_permission(permission_id=permission_id, **body.dict(), by=request.actor, at=clock.now())
    )


@router.post("/permissions/{permission_id}/arrange", response=rest.answers(ArrangedVisitOut, status=201))
def arrange(request: rest.ActorRequest, permission_id: rest.Id, body: ArrangeVisitIn) -> Any:
    """Plan the visit that a permission allows."""
    visit = operations.arrange_visit(permission_id=permission_id, **body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, {"public_id": str(visit.public_id), "planned_on": visit.planned_on})


def _out(row: Permission) -> dict[str, Any]:
    names = set(PermissionOut.model_fields) - {"id", "unit", "code"}
    return {"id": row.pk, "unit": row.unit.code, "code": row.target.code} | {name: getattr(row, name) for name in names}
