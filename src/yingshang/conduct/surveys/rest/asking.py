"""Running a survey over the API: open, replace codes, enter sheets, close, merge, publish. Cards come back once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.models import FrameRow, Survey
from yingshang.conduct.surveys.rest.public import PACE, Said
from yingshang.conduct.surveys.rest.seen import refuse_strangers, seen
from yingshang.conduct.surveys.rest.unkept import refuse_key
from yingshang.conduct.surveys.rest.writing import Slug, Title
from yingshang.kernel import clock
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()

Key = Annotated[str, Field(max_length=80)]


class SurveyStandingOut(Schema):
    """A survey of one's unit as it stands."""

    code: str
    title: str
    state: str
    way: str
    roll: str
    draw_serial: int | None
    opened_on: date
    last_day: date
    closed_on: date | None
    published_on: date | None
    is_demo: bool


class SurveyLayerOut(Schema):
    """A stratum. needed: answers for the county's margin. invited: empty before the draw.

    weight: parties that one answer stands for. correction: what a finite population leaves of the variance.
    """

    key: str
    title: str
    population: int
    to_draw: int
    invited: int | None
    answers: int
    needed: int
    response: float | None
    weight: float | None
    correction: float | None
    clusters_drawn: int
    clusters: int


class AnswerCardOut(Schema):
    """A card to hand out. Returned once. cluster: where its holder is found, where clusters were drawn."""

    stratum: str
    cluster: str
    code: str


class SurveyCardsOut(Schema):
    """The survey, and its cards, which nobody can ask for again."""

    survey: str
    cards: list[AnswerCardOut]


class FrameRowOut(Schema):
    """Somebody of the frame: asked, or why not. Nothing of who answered."""

    party: str
    kind: str
    reason: str


class OpenSurveyIn(rest.Bounded):
    """Whom to ask, and until when. roll: out of which list; dealt_from, dealt_to: for a roll that takes days.

    layered_by: what makes the strata. domain_question: key of a single-choice question.
    """

    code: Slug
    title: Title
    kinds: Annotated[list[Key], Field(min_length=1, max_length=10)]
    last_day: date
    roll: Key = "parties.register"
    layered_by: Key = rules.KIND
    dealt_from: date | None = None
    dealt_to: date | None = None
    skip_asked: bool = False
    domain_question: Key = ""


class PlanSurveyIn(OpenSurveyIn):
    """Whom to draw from. sizes: stratum → how many, parties of a sample and clusters otherwise.

    within: parties of each drawn cluster, of two stages. dice, beacon_at, invitations: where the randomness
    of the sealed draw comes from.
    """

    way: Literal["sample", "clusters", "two_stage"]
    sizes: Annotated[dict[Key, rest.Count], Field(min_length=1, max_length=200)]
    grouped_by: Key = ""
    within: rest.Count = 0
    dice: bool = True
    beacon_at: rest.Moment | None = None
    invitations: Annotated[list[rest.Id], Field(max_length=20)] = []


class OpenDrawnIn(rest.Bounded):
    """Until when, where the ceremony took longer than planned."""

    last_day: date | None = None


class PaperSheetIn(rest.Bounded):
    """One sheet: the code on its card, and the answers by the keys of the questions."""

    code: Annotated[str, Field(max_length=40)]
    values: Annotated[dict[Annotated[str, Field(max_length=8)], Said], Field(max_length=40)]


class PaperSheetsIn(rest.Bounded):
    """A batch. attempt: a new random number for each batch; the same one sent again stores nothing."""

    attempt: UUID
    sheets: Annotated[list[PaperSheetIn], Field(min_length=1, max_length=500)]


class SheetsEnteredOut(Schema):
    """How many sheets of the batch lie in the urn."""

    stored: int


class MergeStrataIn(rest.Bounded):
    """A stratum or cluster without a variance, and the one whose it shares."""

    stratum: Key
    into: Key


class WithholdResultsIn(rest.Bounded):
    """Why results are not published."""

    reason: Annotated[str, Field(max_length=400)]


@router.post("/questionnaires/{code}/open", response=rest.answers(SurveyCardsOut, status=201))
def open_survey(request: rest.ActorRequest, response: HttpResponse, code: rest.Code, body: OpenSurveyIn) -> Any:
    """Open a survey of everybody in the strata and return its cards, the only time."""
    refuse_key(request)
    one = queries.questionnaire(code)
    made, cards = operations.open_survey(
        questionnaire=code, **body.dict(), by=request.actor, at=clock.now(), is_demo=one.is_demo
    )
    return _cards(response, made, cards)


@router.post("/questionnaires/{code}/plan", response=rest.answers(SurveyStandingOut, status=201))
def plan(request: rest.ActorRequest, code: rest.Code, body: PlanSurveyIn) -> Any:
    """Fix the frame and seal the draw of those to be asked."""
    is_demo = queries.questionnaire(code).is_demo
    made = operations.plan_survey(questionnaire=code, **body.dict(), by=request.actor, at=clock.now(), is_demo=is_demo)
    return rest.Status(201, _out(made))


@router.get("/own", response=rest.answers(rest.PageOf[SurveyStandingOut]))
def own(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the surveys of one's unit, the latest first."""
    refuse_strangers(request.actor)
    rows = queries.surveys_of(request.actor.unit)
    return rest.page_of(page_after(rows, after, order=queries.LATEST_FIRST), _out)


@router.get("/{code}", response=rest.answers(SurveyStandingOut))
def survey(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Show a survey of one's unit."""
    return _out(seen(request.actor, code))


@router.get("/{code}/strata", response=rest.answers(list[SurveyLayerOut]))
def strata(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Return the strata with what came back."""
    one = seen(request.actor, code)
    names = list(SurveyLayerOut.model_fields)
    terms = queries.terms_on(one.opened_on)
    return [{name: getattr(each, name) for name in names} for each in queries.layers(one, terms.margin_percent)]


@router.get("/{code}/frame", response=rest.answers(rest.PageOf[FrameRowOut]))
def frame(request: rest.ActorRequest, code: rest.Code, after: rest.Mark = "") -> Any:
    """List who was asked and who was left out, and why."""
    return rest.page_of(page_after(queries.frame_of(seen(request.actor, code).pk), after), _row)


@router.post("/{code}/drawn", response=rest.answers(SurveyCardsOut))
def open_drawn(request: rest.ActorRequest, response: HttpResponse, code: rest.Code, body: OpenDrawnIn) -> Any:
    """Ask those that the draw gave and return their cards, the only time."""
    refuse_key(request)
    one, cards = operations.open_drawn(survey=code, last_day=body.last_day, by=request.actor, at=clock.now())
    return _cards(response, one, cards, status=200)


@router.post("/{code}/drop", response=rest.answers(SurveyStandingOut))
def drop(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Give up a survey whose draw was declared void."""
    return _out(operations.drop_plan(survey=code, by=request.actor, at=clock.now()))


@router.post("/{code}/codes", response=rest.answers(SurveyCardsOut))
def replace_codes(request: rest.ActorRequest, response: HttpResponse, code: rest.Code) -> Any:
    """Make every unused code void and return the new cards, the only time."""
    refuse_key(request)
    cards = operations.replace_codes(survey=code, by=request.actor, at=clock.now())
    return _cards(response, queries.survey(code), cards, status=200)


@router.post("/{code}/sheets", response=rest.answers(SheetsEnteredOut))
def sheets(request: rest.ActorRequest, code: rest.Code, body: PaperSheetsIn) -> Any:
    """Lay down the sheets that interviewers bring, all or none; refusals name row and column."""
    if (slower := PACE.refused(request)) is not None:
        return slower
    refuse_key(request)
    brought = [queries.Sheet(row, each.code, each.values) for row, each in enumerate(body.sheets, start=1)]
    try:
        count = operations.enter_paper(
            survey=code, sheets=brought, by=request.actor, at=clock.now(), attempt=body.attempt
        )
    except Refusal as refusal:
        if refusal.code == "surveys.sheets_faulty":
            PACE.count(request)
        raise
    return {"stored": count}


@router.post("/{code}/close", response=rest.answers(SurveyStandingOut))
def close(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Close the urn and shuffle it."""
    return _out(operations.close(survey=code, by=request.actor, at=clock.now()))


@router.post("/{code}/merge", response=rest.answers(SurveyStandingOut))
def merge(request: rest.ActorRequest, code: rest.Code, body: MergeStrataIn) -> Any:
    """Let a lonely stratum share the variance of another."""
    return _out(operations.merge(survey=code, **body.dict(), by=request.actor, at=clock.now()))


@router.post("/{code}/publish", response=rest.answers(SurveyStandingOut))
def publish(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Publish the results."""
    return _out(operations.publish_results(survey=code, by=request.actor, at=clock.now()))


@router.post("/{code}/withhold", response=rest.answers(SurveyStandingOut))
def withhold(request: rest.ActorRequest, code: rest.Code, body: WithholdResultsIn) -> Any:
    """Say why results on too few answers are not published."""
    return _out(operations.withhold_results(survey=code, reason=body.reason, by=request.actor, at=clock.now()))


def _cards(response: HttpResponse, one: Survey, cards: Sequence[operations.Card], *, status: int = 201) -> Any:
    response["Cache-Control"] = "no-store"
    listed = [{"stratum": card.stratum, "cluster": card.cluster, "code": card.code} for card in cards]
    return rest.Status(status, {"survey": one.code, "cards": listed})


def _out(one: Survey) -> dict[str, Any]:
    return {name: getattr(one, name) for name in SurveyStandingOut.model_fields}


def _row(one: FrameRow) -> dict[str, Any]:
    return {"party": one.party.display_name, "kind": one.party.kind, "reason": one.reason}
