"""Bulletins over the API: those that are out for everybody, the desk for the bureau."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.bulletins import operations, queries
from yingshang.oversight.bulletins.models import Bulletin

router = rest.Router()

Reason = Annotated[str, Field(max_length=400)]


class BulletinOut(Schema):
    """A bulletin, without its text."""

    id: int
    month: date
    title: str
    state: str
    number: str
    issued_on: date | None
    corrects: str
    corrected_by: str


class FigureOut(Schema):
    """One number as it stood on the last day of the month."""

    place: int
    key: str
    title: str
    about: str
    shown: str


class BulletinTextOut(BulletinOut):
    """A bulletin with its text, the places in it, and its numbers. version: to be sent back when editing."""

    text: str
    version: int
    as_of: date | None
    digest: str
    figures: list[FigureOut]


class RowOut(Schema):
    """A duty behind a number, as it stood on that day; dates as text, empty where there is none."""

    id: int
    title: str
    unit: str
    task_no: str
    due: str
    closed: str
    lamp: str
    why: str


class DraftIn(rest.Bounded):
    """The month to draft for, by its first day."""

    month: date


class WordingIn(rest.Bounded):
    """Title and text, and the version that was read."""

    version: rest.Count
    title: Annotated[str, Field(max_length=120)]
    text: rest.Text


class BulletinReasonIn(rest.Bounded):
    """Why."""

    reason: Reason


@router.get("/issued", response=rest.answers(rest.PageOf[BulletinOut]))
def issued(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the bulletins that are out, the latest month first."""
    return rest.page_of(page_after(queries.issued(), after, order=("-month", "-pk")), _bulletin)


@router.get("/issued/{bulletin_id}", response=rest.answers(BulletinTextOut))
def one(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Show an issued bulletin with its numbers."""
    return _text(queries.bulletin(bulletin_id, only_issued=True))


@router.get("/issued/{bulletin_id}/figures/{place}/rows", response=rest.answers(list[RowOut]))
def rows(request: rest.ActorRequest, bulletin_id: rest.Id, place: rest.Count) -> Any:
    """List the duties behind a number as they stood on that day; for officials."""
    access.permit(request.actor, "bulletins.see_rows")
    return queries.figure(queries.bulletin(bulletin_id, only_issued=True), place).rows


@router.get("/drafts", response=rest.answers(rest.PageOf[BulletinOut]))
def drafts(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List every bulletin with its state; for those who work on them."""
    access.permit(request.actor, "bulletins.see_drafts")
    return rest.page_of(page_after(queries.bulletins(), after, order=("-month", "-pk")), _bulletin)


@router.get("/drafts/{bulletin_id}", response=rest.answers(BulletinTextOut))
def one_draft(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Show a bulletin that may not be out yet."""
    if access.may(request.actor, "bulletins.see_drafts") is not None:
        raise NotFound("这份通报")
    return _text(queries.bulletin(bulletin_id))


@router.post("/drafts", response=rest.answers(BulletinTextOut, status=201))
def draft(request: rest.ActorRequest, body: DraftIn) -> Any:
    """Draft the bulletin of a month."""
    made = operations.draft(month=body.month.replace(day=1), by=request.actor, at=clock.now())
    return rest.Status(201, _text(queries.bulletin(made.pk)))


@router.put("/drafts/{bulletin_id}", response=rest.answers(BulletinTextOut))
def edit(request: rest.ActorRequest, bulletin_id: rest.Id, body: WordingIn) -> Any:
    """Word a draft."""
    made = operations.edit(
        bulletin_id=bulletin_id,
        title=body.title,
        text=body.text,
        version=body.version,
        by=request.actor,
        at=clock.now(),
    )
    return _text(queries.bulletin(made.pk))


@router.post("/drafts/{bulletin_id}/take-again", response=rest.answers(BulletinTextOut))
def take_again(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Take the numbers of a draft again."""
    return _text(_done(operations.take_again(bulletin_id=bulletin_id, by=request.actor, at=clock.now())))


@router.post("/drafts/{bulletin_id}/submit", response=rest.answers(BulletinOut))
def submit(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Hand a draft over for review."""
    return _bulletin(_done(operations.submit(bulletin_id=bulletin_id, by=request.actor, at=clock.now())))


@router.post("/drafts/{bulletin_id}/send-back", response=rest.answers(BulletinOut))
def send_back(request: rest.ActorRequest, bulletin_id: rest.Id, body: BulletinReasonIn) -> Any:
    """Give a bulletin back with a reason."""
    made = operations.send_back(bulletin_id=bulletin_id, reason=body.reason, by=request.actor, at=clock.now())
    return _bulletin(_done(made))


@router.post("/drafts/{bulletin_id}/approve", response=rest.answers(BulletinOut))
def approve(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Approve a bulletin."""
    return _bulletin(_done(operations.approve(bulletin_id=bulletin_id, by=request.actor, at=clock.now())))


@router.post("/drafts/{bulletin_id}/issue", response=rest.answers(BulletinOut))
def issue(request: rest.ActorRequest, bulletin_id: rest.Id) -> Any:
    """Issue an approved bulletin."""
    return _bulletin(_done(operations.issue(bulletin_id=bulletin_id, by=request.actor, at=clock.now())))


@router.post("/issued/{bulletin_id}/correct", response=rest.answers(BulletinTextOut, status=201))
def correct(request: rest.ActorRequest, bulletin_id: rest.Id, body: BulletinReasonIn) -> Any:
    """Draft a correction of an issued bulletin."""
    made = operations.correct(bulletin_id=bulletin_id, reason=body.reason, by=request.actor, at=clock.now())
    return rest.Status(201, _text(_done(made)))


def _done(made: Bulletin) -> Bulletin:
    return queries.bulletin(made.pk)


def _bulletin(row: Bulletin) -> dict[str, Any]:
    newer = row.corrected_by.number if hasattr(row, "corrected_by") else ""
    return {
        "id": row.pk,
        "month": row.month,
        "title": row.title,
        "state": row.state,
        "number": row.number,
        "issued_on": row.issued_on,
        "corrects": row.corrects.number if row.corrects else "",
        "corrected_by": newer,
    }


def _text(row: Bulletin) -> dict[str, Any]:
    figures = queries.figures_shown(row)
    names = ("place", "key", "title", "about", "shown")
    return _bulletin(row) | {
        "text": row.text,
        "version": row.version,
        "as_of": row.taking.as_of if row.taking else None,
        "digest": row.taking.digest if row.taking else "",
        "figures": [{name: getattr(figure, name) for name in names} for figure in figures],
    }
