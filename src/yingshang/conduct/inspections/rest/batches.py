"""Draws of tasks over the API: seal, take over, substitute."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Batch
from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()


class BatchOut(Schema):
    """One draw of a task. pool_digest: SHA-256 of the canonical pool (class → sorted codes)."""

    id: int
    serial: int
    unit: str
    plan: int
    task: str
    visits_from: date
    visits_to: date
    pool_counts: dict[str, int]
    pool_digest: str
    at: datetime


class SealBatchIn(rest.Bounded):
    """When the visits take place, and where the randomness comes from."""

    visits_from: date
    visits_to: date
    dice: bool = True
    beacon_at: rest.Moment | None = None
    invitations: Annotated[list[rest.Id], Field(max_length=20)] = []


class StoppedOut(Schema):
    """A target that a hard stop keeps out."""

    code: str
    refusal: str
    reason: str


class TakenOverOut(Schema):
    """How many visits were planned now, and who was kept out."""

    planned: int
    stopped: list[StoppedOut]


class ReplaceDrawnIn(rest.Bounded):
    """Who cannot take part, and why. out: the credit code again, or a certificate number."""

    role: Literal["target", "inspector"]
    target: Annotated[str, Field(max_length=18)]
    out: Annotated[str, Field(max_length=30)]
    reason: Annotated[str, Field(max_length=40)]


class CameOut(Schema):
    """Who came in; empty when nobody is left."""

    came: str


@router.get("/draws", response=rest.answers(rest.PageOf[BatchOut]))
def draws(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the draws of inspections, newest first."""
    return rest.page_of(page_after(queries.batches(), after), _out)


@router.post("/tasks/{line_id}/draw", response=rest.answers(BatchOut, status=201))
def seal(request: rest.ActorRequest, line_id: rest.Id, body: SealBatchIn) -> Any:
    """Seal the draw of a task."""
    made = operations.seal_batch(line_id=line_id, **body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, _out(queries.batch_with(made.pk)))


@router.post("/batches/{batch_id}/take-over", response=rest.answers(TakenOverOut))
def take_over(request: rest.ActorRequest, batch_id: rest.Id) -> Any:
    """Turn what was drawn into visits."""
    done = operations.take_over(batch_id=batch_id, by=request.actor, at=clock.now())
    stopped = [
        {"code": target.code, "refusal": refusal.code, "reason": refusal.reason} for target, refusal in done.stopped
    ]
    return {"planned": done.planned, "stopped": stopped}


@router.post("/batches/{batch_id}/substitute", response=rest.answers(CameOut))
def substitute(
    request: rest.ActorRequest, batch_id: rest.Id, body: Form[ReplaceDrawnIn], evidence: File[UploadedFile]
) -> Any:
    """Replace a drawn target or inspector by the next ticket, with the evidence."""
    kept = operations.Evidence(
        rest.stream_of(evidence),
        (evidence.name or "")[:120],
        evidence.content_type or "",
    )
    came = operations.substitute(batch_id=batch_id, **body.dict(), evidence=kept, by=request.actor, at=clock.now())
    return {"came": came}


def _out(row: Batch) -> dict[str, Any]:
    names = ("visits_from", "visits_to", "pool_counts", "pool_digest", "at")
    said = {"id": row.pk, "serial": int(row.serial), "unit": row.line.plan.unit.code}
    return said | {"plan": row.line.plan_id, "task": row.line.title} | {name: getattr(row, name) for name in names}
