"""Promises and their checks, over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Commitment
from yingshang.casework.cases.rest.shapes import Reason
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest

router = rest.Router()


class PromiseOut(Schema):
    """A promise in a case. result: empty, ``kept`` or ``broken``."""

    id: int
    kind: str
    material: str
    text: str
    result: str
    finding: str
    repaired_on: date | None


class PromiseCheckIn(rest.Bounded):
    """What the check found."""

    kept: bool
    finding: Reason


class PromiseRepairIn(rest.Bounded):
    """The day of the repair; today if left out."""

    on: date | None = None


@router.get("/cases/{case_id}/promises", response=rest.answers(list[PromiseOut]))
def promises(request: rest.ActorRequest, case_id: rest.Id) -> Any:
    """List what was promised in a case that the actor may see."""
    case = queries.one_case(case_id, request.actor)
    return [_out(each) for each in case.commitments.order_by("pk")]


@router.post("/promises/{promise_id}/check", response=rest.answers(PromiseOut))
def check_commitment(request: rest.ActorRequest, promise_id: rest.Id, body: PromiseCheckIn) -> Any:
    """Record what the check of a promise found."""
    _seen(request, promise_id)
    checked = operations.check_commitment(
        commitment_id=promise_id, kept=body.kept, finding=body.finding, by=request.actor, at=clock.now()
    )
    return _out(checked)


@router.post("/promises/{promise_id}/repair", response=rest.answers(PromiseOut))
def repair_promise(request: rest.ActorRequest, promise_id: rest.Id, body: PromiseRepairIn) -> Any:
    """Note that a broken promise was repaired."""
    _seen(request, promise_id)
    at = clock.now()
    on = body.on or clock.beijing_date(at)
    return _out(operations.repair_promise(commitment_id=promise_id, on=on, by=request.actor, at=at))


def _seen(request: rest.ActorRequest, promise_id: int) -> None:
    case_id = Commitment.objects.filter(pk=promise_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound("这项承诺")
    queries.one_case(case_id, request.actor)


def _out(promise: Commitment) -> dict[str, Any]:
    names = ("kind", "material", "text", "result", "finding", "repaired_on")
    return {name: getattr(promise, name) for name in names} | {"id": promise.pk}
