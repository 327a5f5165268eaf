"""The plan over the API: plans and tasks for everybody, duties and readings for officials."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from ninja import File, Schema
from ninja.files import UploadedFile

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import largest_upload, rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Edition, Question
from yingshang.oversight.plan_tasks.readers.spooling import spooled

router = rest.Router()


class PublishedPlanOut(Schema):
    """A plan in force."""

    code: str
    title: str
    edition: int
    document_no: str
    issuer: str
    issue_date: date | None
    published_on: date
    digest: str


class TaskOut(Schema):
    """One task of a plan."""

    place: int
    number: str
    heading: str
    text: str
    leads: str
    responsible: str
    due_date: date | None
    owed: int
    fulfilled: int


class UnitDutyOut(Schema):
    """What one unit owes; ``lamp`` and ``due_date`` are null where there is none or it is not shown."""

    title: str
    unit_code: str
    unit_name: str
    role: str
    source: str
    due_date: date | None
    lamp: str | None
    state: str


class QuestionOut(Schema):
    """Something a person must settle."""

    id: int
    place: int
    kind: str
    printed: str
    said: str
    suggestion: str
    task_place: int | None
    start: int | None
    end: int | None
    answer: str
    unit: str


class ReadingOut(Schema):
    """How far a reading got."""

    id: int
    file_name: str
    state: str
    read_at: datetime
    open_questions: int


class ReadingDetailOut(ReadingOut):
    """A reading with its result (plan/1) and its questions."""

    result: dict[str, Any]
    questions: list[QuestionOut]


class AnswerIn(rest.Bounded):
    """The answer to a question."""

    answer: rest.Code
    unit: rest.Code = ""


class PublishIn(rest.Bounded):
    """Under which code a plan is published."""

    plan_code: rest.Code


@router.get("/plans", response=rest.answers(list[PublishedPlanOut]))
def plans(request: rest.ActorRequest) -> list[dict[str, Any]]:
    """List the plans in force."""
    return [_plan(edition) for edition in queries.editions_in_force()[:200]]


@router.get("/plans/{code}/tasks", response=rest.answers(list[TaskOut]))
def tasks(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the tasks of a plan, in order."""
    return queries.task_rows(queries.edition_in_force(code))


@router.get("/plans/{code}/tasks/{place}/duties", response=rest.answers(list[UnitDutyOut]))
def duties(request: rest.ActorRequest, code: rest.Code, place: rest.Count) -> Any:
    """List what each unit owes under a task; for officials."""
    task = queries.task_at(code, place)
    access.permit(request.actor, "plan_tasks.see_duties", task)
    return [_duty(row) for row in queries.duty_rows(task, clock.today())]


@router.get("/units/{code}/obligations", response=rest.answers(rest.PageOf[UnitDutyOut]))
def obligations(request: rest.ActorRequest, code: rest.Code, after: rest.Mark = "") -> Any:
    """List what a unit owes, the earliest date first."""
    unit = org.unit(code)
    if access.may(request.actor, "plan_tasks.see_unit", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    page = page_after(queries.pressing(unit), after, order=queries.PRESSING_FIRST)
    rows = queries.obligation_rows(page.rows, clock.today())
    return {"rows": [_duty(row) for row in rows], "next": page.next_mark}


@router.get("/readings", response=rest.answers(rest.PageOf[ReadingOut]))
def readings(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List imported notices, the latest first."""
    access.permit(request.actor, "plan_tasks.see_readings")
    return rest.page_of(page_after(queries.readings(), after, order=("-read_at", "-pk")), _reading)


@router.post("/readings", response=rest.answers(ReadingOut, status=201))
def read_notice(request: rest.ActorRequest, file: File[UploadedFile]) -> Any:
    """Read a notice: text, HTML, DOCX or PDF. The same text again answers the reading it already has."""
    access.permit(request.actor, "plan_tasks.read_notice")
    name = (file.name or "")[:200]
    if (file.size or 0) > settings.YS_DOCUMENT_MAX_BYTES:
        raise Refusal(
            "plan_tasks.file_too_large", f"“{name}”超过{largest_upload()}。", "请去掉图片，或者只导入方案正文。"
        )
    with spooled(file) as path:
        reading = operations.read_notice(path=path, file_name=name, by=request.actor, at=clock.now())
    return 201, _reading(queries.reading(reading.pk))


@router.get("/readings/{reading_id}", response=rest.answers(ReadingDetailOut))
def reading(request: rest.ActorRequest, reading_id: rest.Id) -> Any:
    """Show a reading with its result and questions."""
    access.permit(request.actor, "plan_tasks.see_readings")
    found = queries.reading(reading_id)
    asked = queries.questions_of(found)
    return _reading(found) | {"result": found.result, "questions": [_question(each) for each in asked]}


@router.post("/questions/{question_id}/answer", response=rest.answers(QuestionOut))
def answer(request: rest.ActorRequest, question_id: rest.Id, body: AnswerIn) -> Any:
    """Answer a question."""
    given = operations.answer_question(
        question_id=question_id, answer=body.answer, unit_code=body.unit, by=request.actor, at=clock.now()
    )
    return _question(given)


@router.post("/readings/{reading_id}/keep-findings", response=rest.answers(ReadingOut))
def keep_findings(request: rest.ActorRequest, reading_id: rest.Id) -> Any:
    """Answer every open question about the wording with “keep as printed”."""
    operations.keep_findings(reading_id=reading_id, by=request.actor, at=clock.now())
    return _reading(queries.reading(reading_id))


@router.post("/readings/{reading_id}/confirm", response=rest.answers(ReadingOut))
def confirm(request: rest.ActorRequest, reading_id: rest.Id) -> Any:
    """Confirm a reading."""
    confirmed = operations.confirm_reading(reading_id=reading_id, by=request.actor, at=clock.now())
    return _reading(queries.reading(confirmed.pk))


@router.post("/readings/{reading_id}/publish", response=rest.answers(PublishedPlanOut, status=201))
def publish(request: rest.ActorRequest, reading_id: rest.Id, body: PublishIn) -> Any:
    """Publish a confirmed reading as an edition."""
    edition = operations.publish_edition(
        reading_id=reading_id, plan_code=body.plan_code, by=request.actor, on=clock.today(), at=clock.now()
    )
    return 201, _plan(edition)


def _plan(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.plan.code,
        "title": edition.plan.title,
        "edition": edition.number,
        "document_no": edition.document_no,
        "issuer": edition.issuer,
        "issue_date": edition.issue_date,
        "published_on": edition.published_on,
        "digest": edition.digest,
    }


def _duty(row: queries.DutyRow) -> dict[str, Any]:
    return {
        **{field: getattr(row, field) for field in ("title", "unit_code", "unit_name", "role", "source", "due_date")},
        "lamp": str(row.lamp) if row.lamp else None,
        "state": row.state,
    }


def _reading(found: Any) -> dict[str, Any]:
    return {
        "id": found.pk,
        "file_name": found.file_name,
        "state": found.state,
        "read_at": found.read_at,
        "open_questions": found.open_questions,
    }


def _question(each: Question) -> dict[str, Any]:
    fields = ("place", "kind", "printed", "said", "suggestion", "task_place", "start", "end", "answer")
    return {
        "id": each.pk,
        "unit": each.unit.code if each.unit else "",
        **{field: getattr(each, field) for field in fields},
    }
