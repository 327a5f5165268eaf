"""Deliveries of the notice over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks import operations, queries

router = rest.Router()


class DeliveryOut(Schema):
    """One unit that got the notice; lamp and times are null where there is none or it is not shown."""

    id: int
    unit_code: str
    unit_name: str
    reason: str
    delivered_at: datetime
    opened_at: datetime | None
    signed_at: datetime | None
    state: str
    due_date: date | None
    lamp: str | None


class DeliveredOut(Schema):
    """How many units got it now."""

    delivered: int


class DeliverIn(rest.Bounded):
    """The units that get the notice as well."""

    units: Annotated[list[rest.Code], Field(min_length=1, max_length=200)]


@router.get("/plans/{code}/deliveries", response=rest.answers(list[DeliveryOut]))
def deliveries(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the units a plan's edition in force was delivered to; for the bureau."""
    edition = queries.edition_in_force(code)
    access.permit(request.actor, "plan_tasks.see_deliveries", edition)
    return [_out(row) for row in queries.delivery_rows(queries.deliveries_of(edition), clock.today())]


@router.post("/plans/{code}/deliveries", response=rest.answers(DeliveredOut, status=201))
def deliver(request: rest.ActorRequest, code: rest.Code, body: DeliverIn) -> Any:
    """Deliver the edition in force to more units."""
    edition = queries.edition_in_force(code)
    count = operations.deliver_to(
        edition_id=edition.pk, unit_codes=body.units, by=request.actor, on=clock.today(), at=clock.now()
    )
    return rest.Status(201, {"delivered": count})


@router.post("/deliveries/{delivery_id}/open", response=rest.answers(DeliveryOut))
def open_delivery(request: rest.ActorRequest, delivery_id: rest.Id) -> Any:
    """Open a delivered notice: the first time is kept."""
    opened = operations.open_delivery(delivery_id=delivery_id, by=request.actor, at=clock.now())
    return _one(opened.pk)


@router.post("/deliveries/{delivery_id}/sign", response=rest.answers(DeliveryOut))
def sign_delivery(request: rest.ActorRequest, delivery_id: rest.Id) -> Any:
    """Sign for a delivered notice."""
    signed = operations.sign_delivery(delivery_id=delivery_id, by=request.actor, at=clock.now())
    return _one(signed.pk)


def _one(delivery_id: int) -> dict[str, Any]:
    return _out(queries.delivery_rows([queries.delivery(delivery_id)], clock.today())[0])


def _out(row: queries.DeliveryRow) -> dict[str, Any]:
    fields = ("id", "unit_code", "unit_name", "reason", "delivered_at", "opened_at", "signed_at", "state", "due_date")
    return {field: getattr(row, field) for field in fields} | {"lamp": str(row.lamp) if row.lamp else None}
