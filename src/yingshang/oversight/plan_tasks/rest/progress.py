"""Progress over the API: what units say of their stages."""

from __future__ import annotations

from typing import Any

from ninja import File
from ninja.files import UploadedFile

from yingshang.kernel import access, clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.rest.work_plan_rows import said_row
from yingshang.oversight.plan_tasks.rest.work_plan_schemas import (
    SaidOut,
    ToldIn,
)

router = rest.Router()


@router.get("/stages/{stage_id}/progress", response=rest.answers(rest.PageOf[SaidOut]))
def progress(request: rest.ActorRequest, stage_id: rest.Id, after: rest.Mark = "") -> Any:
    """List what was said about a stage, the newest first."""
    stage = queries.stage_with(stage_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", stage.edition.work_plan)
    return rest.page_of(page_after(queries.progress_of(stage.line), after, order=("-pk",)), said_row)


@router.post("/stages/{stage_id}/progress", response=rest.answers(SaidOut, status=201))
def report(request: rest.ActorRequest, stage_id: rest.Id, body: ToldIn) -> Any:
    """Say how far a stage is."""
    said = operations.report_progress(
        stage_id=stage_id, told=_told(body), by=request.actor, on=clock.today(), at=clock.now()
    )
    return rest.Status(201, said_row(said))


@router.post("/stages/{stage_id}/sign-off", response=rest.answers(SaidOut, status=201))
def ask(request: rest.ActorRequest, stage_id: rest.Id, body: ToldIn) -> Any:
    """Ask to have a stage signed off."""
    said = operations.ask_sign_off(
        stage_id=stage_id, told=_told(body), by=request.actor, on=clock.today(), at=clock.now()
    )
    return rest.Status(201, said_row(said))


@router.post("/stages/{stage_id}/evidence", response=rest.answers(SaidOut, status=201))
def add_evidence(request: rest.ActorRequest, stage_id: rest.Id, file: File[UploadedFile]) -> Any:
    """Add a document that shows how far a stage is."""
    stage = queries.stage_with(stage_id)
    access.permit(request.actor, "plan_tasks.report_progress", stage.edition.work_plan)
    upload = operations.Upload(
        stream=rest.stream_of(file),
        name=(file.name or "")[:200],
        media_type=file.content_type or "",
    )
    said = operations.report_progress(
        stage_id=stage_id,
        told=operations.Told(words=upload.name, upload=upload),
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    return rest.Status(201, said_row(said))


def _told(body: ToldIn) -> operations.Told:
    return operations.Told(
        words=body.words,
        problem=body.problem,
        value=body.value,
        reached_on=body.reached_on,
        items_done=body.items_done,
    )
