"""Surveys over the API: published figures for everybody, and laying down a sheet."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.conduct.surveys import api, operations, queries
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.operations.answering import no_such_code
from yingshang.conduct.surveys.rest.unkept import refuse_key
from yingshang.kernel import clock
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import Pace, rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()
PACE = Pace("surveys.answer")

Word = Annotated[str, Field(max_length=500)]
Said = Word | float | Annotated[list[Word], Field(max_length=20)]


class SurveyOut(Schema):
    """A survey whose results are public."""

    code: str
    title: str
    unit: str
    questionnaire: str
    version: int
    opened_on: date
    closed_on: date
    published_on: date
    is_demo: bool


class SurveyEstimateOut(Schema):
    """One figure with its interval of 95 %. domain: a stratum, empty for everybody. n: answers behind it."""

    question: str
    title: str
    kind: str
    option: str
    domain: str
    domain_title: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    is_held_back: bool


class AnswerSheetIn(rest.Bounded):
    """An answer sheet: the code on the card, and the answers by the keys of the questions."""

    code: Annotated[str, Field(max_length=40)]
    values: Annotated[dict[Annotated[str, Field(max_length=8)], Said], Field(max_length=40)]


class SheetReceivedOut(Schema):
    """The sheet lies in the urn; nothing points to it."""

    received: bool


@router.get("", response=rest.answers(rest.PageOf[SurveyOut]))
def surveys(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the surveys whose results are public, the latest first."""
    return rest.page_of(page_after(queries.published(), after, order=queries.LATEST_FIRST), _survey)


@router.get("/{code}/results", response=rest.answers(list[SurveyEstimateOut]))
def results(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Return the figures of a published survey; those on too few answers are held back."""
    return [asdict(one) for one in api.estimates(code)]


@router.post("/answers", response=rest.answers(SheetReceivedOut, status=201))
def answer(request: rest.ActorRequest, body: AnswerSheetIn) -> Any:
    """Lay down a sheet and strike its code; codes that are not accepted are counted. No log-in."""
    if (slower := PACE.refused(request)) is not None:
        return slower
    refuse_key(request)
    try:
        operations.answer(code=body.code, values=body.values, on=clock.today())
    except Refusal as refusal:
        if refusal.code == no_such_code().code:
            PACE.count(request)
        raise
    return rest.Status(201, {"received": True})


def _survey(one: Survey) -> dict[str, Any]:
    plain = ("code", "title", "opened_on", "closed_on", "published_on", "is_demo")
    return {name: getattr(one, name) for name in plain} | {
        "unit": one.unit.code,
        "questionnaire": one.version.questionnaire.code,
        "version": one.version.number,
    }
