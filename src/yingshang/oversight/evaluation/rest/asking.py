"""Inquiries, statements, interviews, figures of surveys, and values and objections with their files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Inquiry
from yingshang.oversight.evaluation.rest.published import EvaluationObjectionOut, objection_out
from yingshang.oversight.evaluation.rest.room import (
    EvaluationEnteredOut,
    EvaluationHearingIn,
    EvaluationValueIn,
    Line,
    Name,
    Short,
    Words,
    own,
)

router = rest.Router()

Number = Annotated[int, Field(ge=1, le=32_767)]


class EvaluationInquiryIn(rest.Bounded):
    """Which unit is asked for which series."""

    unit: Short
    series: Annotated[list[Short], Field(min_length=1, max_length=500)]
    words: Words = ""


class EvaluationInquiryOut(Schema):
    """An inquiry: its number, to whom, for what, until when, and whether it was answered."""

    no: int
    unit: str
    series: list[str]
    words: str
    at: datetime
    due_date: date | None
    answer: str


class EvaluationStatementIn(rest.Bounded):
    """What a unit states of one series."""

    series: Short
    written: Annotated[str, Field(max_length=40)]
    note: Words = ""
    evidence_is_open: bool = False


class EvaluationStatedOut(Schema):
    """What the unit was asked for, and the values it stated so far."""

    no: int
    series: str
    title: str
    stated: list[str]


class EvaluationInterviewIn(rest.Bounded):
    """Who was interviewed, when, and with which consent."""

    enterprise: Name
    described: Name
    interviewer: Name
    interviewed_on: date
    has_consented: bool


class EvaluationInterviewOut(Schema):
    """An interview as the evaluator reads it; the enterprise's name is never published."""

    id: int
    no: int
    enterprise: str
    described: str
    interviewer: str
    interviewed_on: date


class EvaluationFigureIn(rest.Bounded):
    """Which figure of which published survey becomes the value of which series."""

    survey: Annotated[str, Field(max_length=40)]
    question: Short
    option: Line = ""
    domain: Short = ""
    series: Short
    method: Literal["questionnaire", "appraisal"] = "questionnaire"


@router.get("/desk/{code}/inquiries", response=rest.answers(list[EvaluationInquiryOut]))
def inquiries(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the inquiries."""
    return [_inquiry(one) for one in queries.inquiries_of(own(request, code))]


@router.post("/desk/{code}/inquiries", response=rest.answers(EvaluationInquiryOut, status=201))
def inquire(request: rest.ActorRequest, code: rest.Code, body: EvaluationInquiryIn) -> Any:
    """Ask a unit in writing for values with their evidence."""
    evaluation = own(request, code)
    made = operations.inquire(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, _inquiry(made))


@router.get("/desk/{code}/statements", response=rest.answers(list[EvaluationStatedOut]))
def statements(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List what the actor's unit was asked for and what it stated."""
    rows = queries.asked_of(queries.evaluation(code, request.actor), request.actor)
    return [
        {"no": row.inquiry.no, "series": row.series, "title": row.title, "stated": [one.written for one in row.stated]}
        for row in rows
    ]


@router.post("/desk/{code}/inquiries/{no}/statements", response=rest.answers(EvaluationEnteredOut, status=201))
def state_value(
    request: rest.ActorRequest, code: rest.Code, no: Number, body: Form[EvaluationStatementIn], file: File[UploadedFile]
) -> Any:
    """State one value with its evidence."""
    evaluation = queries.evaluation(code, request.actor)
    inquiry = evaluation.inquiries.filter(no=no).first()
    if inquiry is None:
        raise NotFound("这份函")
    parts = {"inquiry_id": inquiry.pk, "by": request.actor, "at": clock.now(), "evidence": evidence_of(file)}
    operations.state_value(**parts, **body.dict())
    return rest.Status(201, {"count": 1})


@router.get("/desk/{code}/interviews", response=rest.answers(list[EvaluationInterviewOut]))
def interviews(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the interviews."""
    evaluation = own(request, code)
    with queries.reading(request.actor):
        return queries.interviews_of(evaluation)


@router.post("/desk/{code}/interviews", response=rest.answers(EvaluationInterviewOut, status=201))
def record_interview(
    request: rest.ActorRequest, code: rest.Code, body: Form[EvaluationInterviewIn], file: File[UploadedFile]
) -> Any:
    """Record an interview with its minutes."""
    evaluation = own(request, code)
    parts = {"evaluation_id": evaluation.pk, "by": request.actor, "at": clock.now(), "minutes": evidence_of(file)}
    return rest.Status(201, operations.record_interview(**parts, **body.dict()))


@router.post("/desk/{code}/values/from-survey", response=rest.answers(EvaluationEnteredOut, status=201))
def take_figure(request: rest.ActorRequest, code: rest.Code, body: EvaluationFigureIn) -> Any:
    """Take a published figure of a survey with its interval."""
    evaluation = own(request, code)
    operations.take_survey_figure(
        evaluation_id=evaluation.pk,
        series=body.series,
        survey=body.survey,
        figure="/".join((body.question, body.option, body.domain)),
        method=body.method,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, {"count": 1})


@router.post("/desk/{code}/values/with-evidence", response=rest.answers(EvaluationEnteredOut, status=201))
def enter_with_evidence(
    request: rest.ActorRequest, code: rest.Code, body: Form[EvaluationValueIn], file: File[UploadedFile]
) -> Any:
    """Enter one value with the file that shows it."""
    evaluation = own(request, code)
    parts = {"evaluation_id": evaluation.pk, "by": request.actor, "at": clock.now(), "evidence": evidence_of(file)}
    operations.enter_value(**parts, **body.dict())
    return rest.Status(201, {"count": 1})


@router.post("/desk/{code}/hearing/with-evidence", response=rest.answers(EvaluationObjectionOut, status=201))
def object_with_evidence(
    request: rest.ActorRequest, code: rest.Code, body: Form[EvaluationHearingIn], file: File[UploadedFile]
) -> Any:
    """Object to a value of a series one answers for, with a file."""
    evaluation = queries.evaluation(code, request.actor)
    parts = {"evaluation_id": evaluation.pk, "by": request.actor, "at": clock.now(), "evidence": evidence_of(file)}
    return rest.Status(201, objection_out(operations.object_to(**parts, **body.dict())))


def evidence_of(file: UploadedFile) -> Any:
    """Return an upload as deeds take it."""
    return ((file.name or "")[:200], file.content_type or "application/octet-stream", rest.stream_of(file))


def _inquiry(one: Inquiry) -> dict[str, Any]:
    return {
        "no": one.no,
        "unit": one.unit.code,
        "series": one.series,
        "words": one.words,
        "at": one.at,
        "due_date": one.obligation.due_date,
        "answer": one.obligation.state,
    }
