"""Problem reports over the API: anybody reports and looks up, officials triage and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.sending import note_sent, sent_on
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.rest.routing import router

Key = Annotated[str, Field(pattern="^[0-9a-f]{32}$", description="随机的32位十六进制数；同一个键只收一次")]
Long = Annotated[str, Field(max_length=2_000)]
Short = Annotated[str, Field(max_length=200)]
Door = Annotated[str, Field(min_length=1, max_length=40)]


class ReportIn(rest.Bounded):
    """A report of a problem; who sends it is not asked and not kept."""

    key: Key
    text: Long
    place: Short = ""
    unit: rest.Code = ""
    contact: Short = ""


class ReceiptOut(Schema):
    """Number and query code; the code is told once and stored nowhere."""

    number: str
    code: str
    triage_due: date | None


class DoorIn(rest.Bounded):
    """Number and query code."""

    number: Door
    code: Door


class UnsolvedIn(DoorIn):
    """What is still not solved."""

    reason: Annotated[str, Field(max_length=1_000)]


class ReportStepOut(Schema):
    """One step: the day, the unit, what was said."""

    kind: str
    on: date
    unit: str
    text: str


class OwnReportOut(Schema):
    """A report as its asker sees it."""

    state: str
    unit: str
    answer_until: date | None
    steps: list[ReportStepOut]


class FiguresOut(Schema):
    """What became of the reports of twelve months."""

    received: int
    waiting: int
    running: int
    confirmed: int
    unconfirmed: int
    turned_away: dict[str, int]


class CountOut(Schema):
    """What became of the reports of one unit."""

    unit_name: str
    running: int
    confirmed: int
    unconfirmed: int
    late: int


class DeskReportOut(Schema):
    """A report as bureau and unit see it; ``told`` is the extract."""

    id: UUID
    state: str
    told: str
    area: str
    unit: str
    received_on: date
    due_date: date | None


class AssignIn(rest.Bounded):
    """To which unit, in which area, and what the unit reads."""

    unit: rest.Code
    area: rest.Code
    told: Long
    pass_on_photos: bool = False


class TurnAwayIn(rest.Bounded):
    """Whose it is, and why."""

    to: Annotated[str, Field(pattern="^(elsewhere|complaint)$")]
    where: rest.Code = ""
    reason: Long


class MergeIn(rest.Bounded):
    """Into which other report."""

    into: UUID
    reason: Long = ""


class ReportWordsIn(rest.Bounded):
    """Why, or what was done."""

    words: Long


@router.post("/reports", response=rest.answers(ReceiptOut, status=201), summary="反映问题")
def file_report(
    request: rest.ActorRequest,
    body: Form[ReportIn],
    photos: Annotated[list[UploadedFile], File()] = [],  # noqa: B006  the framework reads the default and never writes to it
) -> Any:
    """Take in a report; the same key again answers the same receipt and stores nothing."""
    today = clock.today()
    filed = operations.file_report(
        **body.dict(),
        photos=[photo.read() for photo in photos],
        sent_today=sent_on(request, today),
        at=clock.now(),
    )
    note_sent(request, today)
    triage = filed.report.triage
    receipt = {"number": filed.report.public_no, "code": filed.code, "triage_due": triage.due_date if triage else None}
    return rest.Status(201, receipt)


@router.post("/reports/status", response=rest.answers(OwnReportOut), summary="查反映的进展")
def status(request: rest.ActorRequest, body: DoorIn) -> Any:
    """Show a report to whoever holds number and code."""
    return _own(queries.report_behind(body.number, body.code))


@router.post("/reports/solved", response=rest.answers(OwnReportOut), summary="确认已解决")
def solved(request: rest.ActorRequest, body: DoorIn) -> Any:
    """Confirm that a problem is solved."""
    return _own(operations.confirm_report(number=body.number, code=body.code, at=clock.now()))


@router.post("/reports/unsolved", response=rest.answers(OwnReportOut), summary="没有解决，重新办理")
def unsolved(request: rest.ActorRequest, body: UnsolvedIn) -> Any:
    """Say that a problem is not solved."""
    report = operations.reopen_report(number=body.number, code=body.code, reason=body.reason, at=clock.now())
    return _own(report)


@router.get("/reports/figures", response=rest.answers(FiguresOut), summary="群众反映办理情况")
def figures(request: rest.ActorRequest) -> Any:
    """Count the reports of the last twelve months."""
    return queries.public_figures(*queries.year_until(clock.today()))


@router.get("/reports/figures/units", response=rest.answers(list[CountOut]), summary="各单位群众反映办理情况")
def figures_of_units(request: rest.ActorRequest) -> Any:
    """Count the reports of the last twelve months by unit."""
    today = clock.today()
    return queries.counts_by_unit(*queries.year_until(today), today)


@router.get("/reports", response=rest.answers(rest.PageOf[DeskReportOut]), summary="可以办理的群众反映")
def reports(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the reports that the actor may see, the latest first; empty for whoever may see none."""
    rows = queries.reports_running(request.actor)
    return rest.page_of(page_after(rows, after, order=("-received_at", "-pk")), _desk)


@router.get("/reports/{report_id}", response=rest.answers(DeskReportOut), summary="一件群众反映")
def report(request: rest.ActorRequest, report_id: UUID) -> Any:
    """Show one report to bureau or unit."""
    return _desk(queries.report_seen(report_id, request.actor))


@router.post("/reports/{report_id}/assign", response=rest.answers(DeskReportOut), summary="交办群众反映")
def assign(request: rest.ActorRequest, report_id: UUID, body: AssignIn) -> Any:
    """Assign a report to a unit."""
    return _desk(operations.assign_report(**body.dict(), **_seen(request, report_id)))


@router.post("/reports/{report_id}/turn-away", response=rest.answers(DeskReportOut), summary="告知归哪里办理")
def turn_away(request: rest.ActorRequest, report_id: UUID, body: TurnAwayIn) -> Any:
    """Say that a report is not dealt with here, and who does."""
    return _desk(operations.turn_away_report(**body.dict(), **_seen(request, report_id)))


@router.post("/reports/{report_id}/merge", response=rest.answers(DeskReportOut), summary="并入另一件反映")
def merge(request: rest.ActorRequest, report_id: UUID, body: MergeIn) -> Any:
    """Answer a report together with another."""
    return _desk(operations.merge_report(**body.dict(), **_seen(request, report_id)))


@router.post("/reports/{report_id}/sign", response=rest.answers(DeskReportOut), summary="签收群众反映")
def sign(request: rest.ActorRequest, report_id: UUID) -> Any:
    """Sign for a report."""
    return _desk(operations.sign_for_report(**_seen(request, report_id)))


@router.post("/reports/{report_id}/return", response=rest.answers(DeskReportOut), summary="退回群众反映")
def give_back(request: rest.ActorRequest, report_id: UUID, body: ReportWordsIn) -> Any:
    """Return a report that is not the unit's business."""
    return _desk(operations.return_report(reason=body.words, **_seen(request, report_id)))


@router.post("/reports/{report_id}/ask-to-close", response=rest.answers(DeskReportOut), summary="申请办结群众反映")
def ask_to_close(request: rest.ActorRequest, report_id: UUID, body: ReportWordsIn) -> Any:
    """Say what was done, and ask that the report be closed."""
    return _desk(operations.ask_to_close_report(done=body.words, **_seen(request, report_id)))


@router.post("/reports/{report_id}/close-unanswered", response=rest.answers(DeskReportOut), summary="核实办结")
def close_unanswered(request: rest.ActorRequest, report_id: UUID, body: ReportWordsIn) -> Any:
    """Close what the asker did not answer in time, as a second person of the bureau."""
    return _desk(operations.close_unanswered_report(seen=body.words, **_seen(request, report_id)))


def _seen(request: rest.ActorRequest, report_id: UUID) -> dict[str, Any]:
    """Return the common parts of a deed; a report that is not the actor's to know is not found."""
    queries.report_seen(report_id, request.actor)
    return {"report_id": report_id, "by": request.actor, "at": clock.now()}


def _own(report: ProblemReport) -> dict[str, Any]:
    followed = report.merged_into if report.merged_into is not None else report
    return {
        "state": report.get_state_display(),
        "unit": followed.unit.short_name if followed.unit else "",
        "answer_until": report.answer_until,
        "steps": [_step(step) for step in queries.steps_of(followed)],
    }


def _step(step: ReportStep) -> dict[str, Any]:
    unit = step.unit.short_name if step.unit else ""
    return {"kind": step.get_kind_display(), "on": clock.beijing_date(step.at), "unit": unit, "text": step.text}


def _desk(report: ProblemReport) -> dict[str, Any]:
    return {
        "id": report.pk,
        "state": report.get_state_display(),
        "told": report.told,
        "area": report.area,
        "unit": report.unit.code if report.unit else "",
        "received_on": clock.beijing_date(report.received_at),
        "due_date": report.settling.due_date if report.settling else None,
    }
