"""The deeds of the bureau, of evaluators, and of units that are heard."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.rest.published import (
    EvaluationObjectionOut,
    EvaluationOut,
    evaluation_out,
    objection_out,
)

router = rest.Router()

Slug = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9\-]+$")]
Short = Annotated[str, Field(max_length=60)]
Name = Annotated[str, Field(max_length=100)]
Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=400)]
Said = Annotated[str, Field(max_length=1000)]
MethodCode = Literal["statement", "interview", "system", "questionnaire", "appraisal"]


class EvaluationCommissionIn(rest.Bounded):
    """What is commissioned, with whom, under which contract."""

    code: Slug
    title: Name
    year: Annotated[int, Field(ge=2019, le=2100)]
    place: Short
    evaluator: Annotated[str, Field(max_length=40)]
    contract_no: Short
    contract_from: date
    contract_to: date


class EvaluationInterestIn(rest.Bounded):
    """Whether one has a conflict of interest."""

    has_conflict: bool
    text: Words = ""


class EvaluationEditionIn(rest.Bounded):
    """The text of an edition (edition/1), or the key of one of the county's."""

    known: Short = ""
    text: Annotated[str, Field(max_length=1_000_000)] = ""


class EvaluationValueIn(rest.Bounded):
    """One value with its source."""

    series: Short
    place: Short
    written: Annotated[str, Field(max_length=40)]
    method: MethodCode
    source_ref: Line
    collector: Name
    collected_on: date
    part: Short = ""
    share: Annotated[str, Field(max_length=20)] = ""
    is_verified: bool = False
    note: Words = ""
    low: Annotated[str, Field(max_length=40)] = ""
    high: Annotated[str, Field(max_length=40)] = ""
    interview_id: rest.Id | None = None
    evidence_is_open: bool = False


class EvaluationRowIn(rest.Bounded):
    """One row of a table of values."""

    place: Short
    series: Short
    value: Annotated[str, Field(max_length=40)]
    part: Short = ""
    part_weight: Annotated[str, Field(max_length=20)] = ""
    unit: Annotated[str, Field(max_length=20)] = ""


class EvaluationValuesIn(rest.Bounded):
    """Many values of one source; all are entered or none."""

    rows: Annotated[list[EvaluationRowIn], Field(min_length=1, max_length=5_000)]
    method: MethodCode
    source_ref: Line
    collector: Name
    collected_on: date


class EvaluationSettlementIn(rest.Bounded):
    """Which value counts, and why."""

    value_id: rest.Id
    reason: Words


class EvaluationAskedIn(rest.Bounded):
    """Who asked for another number, and what was answered."""

    who: Name
    how: Short
    series: Short
    place: Short
    wanted: Line
    answer: Words
    asked_on: date


class EvaluationScoringIn(rest.Bounded):
    """Why it is scored again; empty for the first time."""

    why: Line = ""


class EvaluationAnswerIn(rest.Bounded):
    """What was found of an objection."""

    is_accepted: bool
    answer: Said


class EvaluationPublishIn(rest.Bounded):
    """Whether ranks are shown."""

    shows_ranking: bool = False


class EvaluationHearingIn(rest.Bounded):
    """What is wrong with a value."""

    series: Short
    text: Said


class EvaluationValueOut(Schema):
    """A collected value, and whether it counts now."""

    id: int
    series: str
    place: str
    part: str
    written: str
    method: str
    source_ref: str
    counts: bool
    rule: str


class EvaluationEnteredOut(Schema):
    """How many values were entered."""

    count: int


class EvaluationScoringOut(Schema):
    """A scoring: its number and the digest of its data room."""

    no: int
    why: str
    digest: str


class EvaluationHeardOut(Schema):
    """A series the unit answers for."""

    series: str
    title: str
    written: str
    method: str
    source_ref: str
    collected_on: date | None


@router.get("/desk", response=rest.answers(rest.PageOf[EvaluationOut]))
def desk(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List what the actor evaluates, commissions, or is heard about."""
    found = queries.being_worked_on(request.actor)
    return rest.page_of(page_after(found, after, order=("-year", "-pk")), evaluation_out)


@router.post("/commissions", response=rest.answers(EvaluationOut, status=201))
def commission(request: rest.ActorRequest, body: EvaluationCommissionIn) -> Any:
    """Commission a third party."""
    made = operations.commission(by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, evaluation_out(made))


@router.post("/desk/{code}/interest", response=rest.answers(EvaluationOut))
def interest(request: rest.ActorRequest, code: rest.Code, body: EvaluationInterestIn) -> Any:
    """State whether one has a conflict of interest."""
    return _done(request, code, operations.state_interest, **body.dict())


@router.post("/desk/{code}/edition", response=rest.answers(EvaluationOut))
def edition(request: rest.ActorRequest, code: rest.Code, body: EvaluationEditionIn) -> Any:
    """Take an edition."""
    files = queries.county_editions()
    if body.known and body.known not in files:
        raise NotFound("这个指标版本")
    content = files[body.known].read_bytes() if body.known else body.text.encode()
    return _done(request, code, operations.take_edition, content=content)


@router.post("/desk/{code}/begin-collecting", response=rest.answers(EvaluationOut))
def begin_collecting(request: rest.ActorRequest, code: rest.Code) -> Any:
    """End the design and begin to collect."""
    return _done(request, code, operations.begin_collecting)


@router.post("/desk/{code}/begin-checking", response=rest.answers(EvaluationOut))
def begin_checking(request: rest.ActorRequest, code: rest.Code) -> Any:
    """End collecting and begin to check."""
    return _done(request, code, operations.begin_checking)


@router.post("/desk/{code}/collect-again", response=rest.answers(EvaluationOut))
def collect_again(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Go back from checking to collecting."""
    return _done(request, code, operations.collect_again)


@router.get("/desk/{code}/values", response=rest.answers(list[EvaluationValueOut]))
def values(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List every collected value, differing ones side by side."""
    evaluation = own(request, code)
    if not evaluation.edition_text:
        return []
    with queries.reading(request.actor):
        cells = queries.cells_of(evaluation)
    names = ("series", "place", "part", "written", "method", "source_ref")
    return [
        {name: getattr(value, name) for name in names}
        | {"id": value.pk, "counts": value.pk == cell.counts.pk, "rule": cell.rule}
        for cell in cells
        for value in cell.values
    ]


@router.post("/desk/{code}/values", response=rest.answers(EvaluationEnteredOut, status=201))
def enter_value(request: rest.ActorRequest, code: rest.Code, body: EvaluationValueIn) -> Any:
    """Enter one value."""
    _done(request, code, operations.enter_value, **body.dict())
    return rest.Status(201, {"count": 1})


@router.post("/desk/{code}/values/import", response=rest.answers(EvaluationEnteredOut, status=201))
def import_values(request: rest.ActorRequest, code: rest.Code, body: EvaluationValuesIn) -> Any:
    """Enter many values of one source: all or none."""
    _done(request, code, operations.import_values, **body.dict())
    return rest.Status(201, {"count": len(body.rows)})


@router.post("/desk/{code}/values/take-measures", response=rest.answers(EvaluationEnteredOut, status=201))
def take_measures(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Take from the platform what the matrix says it can give."""
    evaluation = own(request, code)
    taken = operations.take_measures(evaluation_id=evaluation.pk, by=request.actor, at=clock.now())
    return rest.Status(201, {"count": len(taken)})


@router.post("/desk/{code}/settlements", response=rest.answers(EvaluationOut))
def settle(request: rest.ActorRequest, code: rest.Code, body: EvaluationSettlementIn) -> Any:
    """Let one of differing values count."""
    return _done(request, code, operations.settle, **body.dict())


@router.post("/desk/{code}/asked-changes", response=rest.answers(EvaluationOut))
def asked_change(request: rest.ActorRequest, code: rest.Code, body: EvaluationAskedIn) -> Any:
    """Record that somebody asked for another number."""
    return _done(request, code, operations.record_asked_change, **body.dict())


@router.post("/desk/{code}/scorings", response=rest.answers(EvaluationScoringOut, status=201))
def score(request: rest.ActorRequest, code: rest.Code, body: EvaluationScoringIn) -> Any:
    """Freeze the data room and score it."""
    evaluation = own(request, code)
    made = operations.score(evaluation_id=evaluation.pk, why=body.why, by=request.actor, at=clock.now())
    return rest.Status(201, {"no": made.no, "why": made.why, "digest": made.digest})


@router.post("/desk/{code}/objections/{objection_id}/answer", response=rest.answers(EvaluationObjectionOut))
def answer(request: rest.ActorRequest, code: rest.Code, objection_id: rest.Id, body: EvaluationAnswerIn) -> Any:
    """Answer an objection."""
    if not own(request, code).objections.filter(pk=objection_id).exists():
        raise NotFound("这条异议")
    made = operations.answer_objection(objection_id=objection_id, by=request.actor, at=clock.now(), **body.dict())
    return objection_out(made)


@router.post("/desk/{code}/publish", response=rest.answers(EvaluationOut))
def publish(request: rest.ActorRequest, code: rest.Code, body: EvaluationPublishIn) -> Any:
    """Publish the last scoring."""
    return _done(request, code, operations.publish, **body.dict())


@router.get("/desk/{code}/hearing", response=rest.answers(list[EvaluationHeardOut]))
def hearing(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the series the actor's unit answers for, while objections are heard."""
    return queries.heard_by(queries.evaluation(code, request.actor), request.actor)


@router.post("/desk/{code}/hearing", response=rest.answers(EvaluationObjectionOut, status=201))
def object_to(request: rest.ActorRequest, code: rest.Code, body: EvaluationHearingIn) -> Any:
    """Object to a value of a series one answers for."""
    evaluation = queries.evaluation(code, request.actor)
    made = operations.object_to(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, objection_out(made))


def _done(request: rest.ActorRequest, code: str, deed: Any, **parts: Any) -> dict[str, Any]:
    """Do a deed in an evaluation of the actor's own unit and return where it stands now."""
    evaluation = own(request, code)
    deed(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **parts)
    return evaluation_out(queries.evaluation(code, request.actor))


def own(request: rest.ActorRequest, code: str) -> Evaluation:
    """Return an evaluation of the actor's own unit. Raises NotFound for any other."""
    evaluation = queries.evaluation(code, request.actor)
    if access.may(request.actor, "evaluation.see_working_papers", evaluation) is not None:
        raise NotFound("这次评价")
    return evaluation
