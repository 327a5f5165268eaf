"""Questionnaires over the API: begin one, write its questions, publish a version."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.models import Questionnaire, Version
from yingshang.conduct.surveys.rest.seen import refuse_strangers
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Title = Annotated[str, Field(min_length=1, max_length=80)]
Slug = Annotated[str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")]


class QuestionnaireOut(Schema):
    """A questionnaire of one's unit. newest: number of the newest published version."""

    code: str
    title: str
    newest: int | None
    is_demo: bool


class SurveyQuestion(rest.Bounded):
    """One question. kind: scale, single, multiple, number or text. options: of single and multiple."""

    title: Annotated[str, Field(max_length=rules.LONGEST_TITLE)]
    kind: Annotated[str, Field(max_length=10)]
    options: Annotated[list[Annotated[str, Field(max_length=rules.LONGEST_OPTION)]], Field(max_length=20)] = []
    required: bool = True


class QuestionnaireVersionOut(Schema):
    """A version: a draft has neither digest nor moment."""

    number: int
    questions: list[SurveyQuestion]
    digest: str
    published_at: datetime | None


class StartQuestionnaireIn(rest.Bounded):
    """A questionnaire to begin."""

    code: Slug
    title: Title


class WriteQuestionsIn(rest.Bounded):
    """All questions of the draft, in their order."""

    questions: Annotated[list[SurveyQuestion], Field(max_length=60)]


@router.get("/questionnaires", response=rest.answers(rest.PageOf[QuestionnaireOut]))
def questionnaires(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the questionnaires of one's unit."""
    refuse_strangers(request.actor)
    rows = queries.questionnaires_of(request.actor.unit)
    return rest.page_of(page_after(rows, after, order=("title", "pk")), _out)


@router.post("/questionnaires", response=rest.answers(QuestionnaireOut, status=201))
def start(request: rest.ActorRequest, body: StartQuestionnaireIn) -> Any:
    """Begin a questionnaire."""
    return rest.Status(201, _out(operations.start(code=body.code, title=body.title, by=request.actor)))


@router.get("/questionnaires/{code}/versions", response=rest.answers(list[QuestionnaireVersionOut]))
def versions(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Return the versions of a questionnaire, the newest first."""
    one = queries.questionnaire(code)
    if request.actor.unit != one.unit.code:
        raise NotFound("这份问卷")
    refuse_strangers(request.actor)
    return [_version(each) for each in one.versions.order_by("-number")]


@router.put("/questionnaires/{code}/questions", response=rest.answers(QuestionnaireVersionOut))
def write(request: rest.ActorRequest, code: rest.Code, body: WriteQuestionsIn) -> Any:
    """Replace the questions of the draft; a published version stays and a new draft is begun."""
    access.permit(request.actor, "surveys.design", queries.questionnaire(code).unit)
    questions = [each.dict() for each in body.questions]
    return _version(operations.write_questions(questionnaire=code, questions=questions, by=request.actor))


@router.post("/questionnaires/{code}/publish", response=rest.answers(QuestionnaireVersionOut))
def publish(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Freeze the draft under its digest."""
    return _version(operations.publish_version(questionnaire=code, by=request.actor, at=clock.now()))


def _out(one: Questionnaire) -> dict[str, Any]:
    newest = getattr(one, "newest", None)
    return {"code": one.code, "title": one.title, "newest": newest, "is_demo": one.is_demo}


def _version(one: Version) -> dict[str, Any]:
    questions = [{name: row[name] for name in ("title", "kind", "options", "required")} for row in one.questions]
    return {"number": one.number, "questions": questions, "digest": one.digest, "published_at": one.published_at}
