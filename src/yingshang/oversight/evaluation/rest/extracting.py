"""Extractions over the API: of the evaluator's own desk, never of anybody else's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Evaluation, Extraction

router = rest.Router()

Short = Annotated[str, Field(max_length=60)]
Code = Annotated[str, Field(max_length=80)]
Name = Annotated[str, Field(max_length=100)]
FigureName = Literal[
    "worked.p50",
    "worked.p90",
    "worked.p95",
    "elapsed.p50",
    "elapsed.p90",
    "elapsed.p95",
    "events.p50",
    "events.p90",
    "cases",
    "on_time",
]
Line = Annotated[int, Field(ge=1, le=100_000)]


class ExtractionIn(rest.Bounded):
    """A question to the platform's own moves. subjects: ids of procedures; all of the kinds if empty."""

    first: date
    last: date
    kinds: Annotated[list[Code], Field(min_length=1, max_length=50)]
    subjects: Annotated[list[Code], Field(max_length=200)] = []
    stretch: Short = "whole"
    title: Name = ""


class ExtractionLogIn(rest.Bounded):
    """An outside log as text; columns: what case, activity, at and unit are called in a CSV file."""

    file_name: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(max_length=20_000_000)]
    columns: Annotated[dict[Literal["case", "activity", "at", "unit"], Name], Field(max_length=4)] = {}
    zone: Short = ""
    title: Name = ""


class ExtractionFigureIn(rest.Bounded):
    """One figure that becomes the value of a series."""

    line: Line
    figure: FigureName
    series: Short
    place: Short


class ExtractionFiguresIn(rest.Bounded):
    """Figures of one extraction; all become values or none."""

    taken: Annotated[list[ExtractionFigureIn], Field(min_length=1, max_length=200)]


class ExtractionOut(Schema):
    """An extraction without its tables."""

    no: int
    title: str
    origin: str
    first_day: date
    last_day: date
    cases: int
    events: int
    log_digest: str
    file_digest: str
    made_by_name: str
    at: datetime


class ExtractionPercentilesOut(Schema):
    """Percentiles by the nearest rank; durations in microseconds."""

    p50: int
    p90: int
    p95: int


class ExtractionLineOut(Schema):
    """One item and unit; empty names mean all. due: cases that had a limit."""

    subject: str
    subject_title: str
    unit: str
    unit_title: str
    cases: int
    worked: ExtractionPercentilesOut
    elapsed: ExtractionPercentilesOut
    events: ExtractionPercentilesOut
    due: int
    late: int


class ExtractionWayOut(Schema):
    """From one activity to the next: how often, and how long it took."""

    way: str
    count: int
    p50: int
    p90: int
    p95: int
    total: int


class ExtractionReworkOut(Schema):
    """What was done again, in how many cases, how often too many."""

    activity: str
    cases: int
    repeats: int


class ExtractionLatenessOut(Schema):
    """Cases of a unit that had a limit, and those that missed it."""

    unit: str
    unit_title: str
    due: int
    late: int


class ExtractionVariantOut(Schema):
    """A sequence of activities, and how many cases took it."""

    way: str
    cases: int


class ExtractionTablesOut(ExtractionOut):
    """An extraction with its tables; lines of fewer than ``least`` cases are not published."""

    least: int
    office_hours: list[list[str]]
    lines: list[ExtractionLineOut]
    bottlenecks: list[ExtractionWayOut]
    rework: list[ExtractionReworkOut]
    lateness: list[ExtractionLatenessOut]
    variants: list[ExtractionVariantOut]


class ExtractionTakenOut(Schema):
    """A value that came from a figure."""

    id: int
    series: str
    place: str
    written: str
    source_ref: str


class ExtractionLeftOutOut(Schema):
    """A series that got no value, and why."""

    series: str
    reason: str


class ExtractionFilledOut(Schema):
    """What one call entered, and what it could not."""

    values: list[ExtractionTakenOut]
    left_out: list[ExtractionLeftOutOut]


@router.get("/desk/{code}/extractions", response=rest.answers(rest.PageOf[ExtractionOut]))
def extractions(request: rest.ActorRequest, code: rest.Code, after: rest.Mark = "") -> Any:
    """List the extractions of an evaluation, the newest first."""
    evaluation = _own(request, code)
    with queries.reading(request.actor):
        page = page_after(queries.extractions_of(evaluation), after, order=("-no",))
        return rest.page_of(page, _out)


@router.post("/desk/{code}/extractions", response=rest.answers(ExtractionOut, status=201))
def extract(request: rest.ActorRequest, code: rest.Code, body: ExtractionIn) -> Any:
    """Take figures from the platform's own moves; the same question on the same log answers with the first."""
    evaluation = _own(request, code)
    made = operations.extract(evaluation_id=evaluation.pk, by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, _out(made))


@router.post("/desk/{code}/extractions/import", response=rest.answers(ExtractionOut, status=201))
def import_log(request: rest.ActorRequest, code: rest.Code, body: ExtractionLogIn) -> Any:
    """Take figures from an outside log (CSV or XES)."""
    evaluation = _own(request, code)
    made = operations.import_log(
        evaluation_id=evaluation.pk,
        content=body.text.encode(),
        file_name=body.file_name,
        mapping={str(name): head for name, head in body.columns.items()},
        zone=body.zone,
        title=body.title,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _out(made))


@router.post("/desk/{code}/extractions/fill", response=rest.answers(ExtractionFilledOut, status=201))
def fill(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Make the extractions that the matrix names, and enter their figures."""
    evaluation = _own(request, code)
    filled = operations.extract_series(evaluation_id=evaluation.pk, by=request.actor, at=clock.now())
    left_out = [{"series": series, "reason": reason} for series, reason in filled.left_out]
    return rest.Status(201, {"values": filled.values, "left_out": left_out})


@router.get("/desk/{code}/extractions/{no}", response=rest.answers(ExtractionTablesOut))
def extraction(request: rest.ActorRequest, code: rest.Code, no: rest.Id) -> Any:
    """Show an extraction with its tables."""
    found = _found(request, code, no)
    hours = found.settings["hours"]["sessions"]
    return _out(found) | found.tables | {"least": found.settings["least"], "office_hours": hours}


@router.post("/desk/{code}/extractions/{no}/values", response=rest.answers(list[ExtractionTakenOut], status=201))
def take_figures(request: rest.ActorRequest, code: rest.Code, no: rest.Id, body: ExtractionFiguresIn) -> Any:
    """Enter figures as values of the method *system*."""
    found = _found(request, code, no)
    taken = [operations.Taken(**one.dict()) for one in body.taken]
    values = operations.take_figures(extraction_id=found.pk, taken=taken, by=request.actor, at=clock.now())
    return rest.Status(201, values)


def _out(one: Extraction) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ExtractionOut.model_fields}


def _found(request: rest.ActorRequest, code: str, no: int) -> Extraction:
    evaluation = _own(request, code)
    with queries.reading(request.actor):
        return queries.extraction_of(evaluation, no)


def _own(request: rest.ActorRequest, code: str) -> Evaluation:
    evaluation = queries.evaluation(code, request.actor)
    if access.may(request.actor, "evaluation.see_working_papers", evaluation) is not None:
        raise NotFound("这次评价")
    return evaluation
