"""What everybody reads of published evaluations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation

router = rest.Router()


class EvaluationOut(Schema):
    """An evaluation without its numbers."""

    id: int
    code: str
    title: str
    year: int
    place: str
    evaluator: str
    method: str
    edition: str
    stage: str
    published_at: datetime | None
    is_demo: bool


class EvaluationLineOut(Schema):
    """One indicator or series: score in words, what it comes from, every other place, the gap to the best of them."""

    key: str
    under: str
    title: str
    unit: str
    shown: str
    how: str
    peers: dict[str, str]
    gap: str


class EvaluationScoresOut(EvaluationOut):
    """An evaluation with the scores of the evaluated place, the total first."""

    digest: str
    ledger_entry: str
    lines: list[EvaluationLineOut]


class EvaluationCodebookOut(Schema):
    """One collected value with its source, and whether and why it counts."""

    series: str
    title: str
    unit: str
    place: str
    part: str
    value: str
    counts: str
    rule: str
    reason: str
    method: str
    source: str
    collector: str
    collected_on: str
    verified: str
    evidence_sha256: str


class EvaluationDataRoomOut(Schema):
    """The files of the data room as text, and the digest of their archive."""

    digest: str
    edition: str
    values: str
    codebook: str
    scores: str


class EvaluationObjectionOut(Schema):
    """An objection and its answer; is_accepted is null while it waits."""

    id: int
    unit: str
    series: str
    text: str
    at: datetime
    is_accepted: bool | None
    answer: str


class EvaluationAskedOut(Schema):
    """A request for another number."""

    who: str
    how: str
    series: str
    place: str
    wanted: str
    answer: str
    asked_on: date


class EvaluationOwnerOut(Schema):
    """Who answers for a series, and where its values come from."""

    indicator: str
    series: str
    title: str
    unit: str
    people: str
    origin: str


@router.get("/published", response=rest.answers(rest.PageOf[EvaluationOut]))
def published(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the published evaluations, the newest first."""
    found = queries.published().select_related("dossier")
    return rest.page_of(page_after(found, after, order=("-year", "-pk")), evaluation_out)


@router.get("/published/{code}", response=rest.answers(EvaluationScoresOut))
def scores(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Show an evaluation with every score."""
    result = queries.result_of(code)
    keys = [one.key for one in result.edition.indicators if one.key in result.scores.by]
    return evaluation_out(result.evaluation) | {
        "digest": result.frozen.digest,
        "ledger_entry": str(result.frozen.entry),
        "lines": [_line(result, key) for key in keys],
    }


@router.get("/published/{code}/values", response=rest.answers(list[EvaluationCodebookOut]))
def values(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List every collected value with its source."""
    return list(queries.codebook_of(queries.result_of(code).frozen))


@router.get("/published/{code}/data-room", response=rest.answers(EvaluationDataRoomOut))
def data_room(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Hand out the files of the data room; anybody can score them again."""
    result = queries.result_of(code)
    frozen = result.frozen
    return {
        "digest": frozen.digest,
        "edition": result.evaluation.edition_text,
        "values": frozen.values_text,
        "codebook": frozen.codebook_text,
        "scores": frozen.scores_text,
    }


@router.get("/published/{code}/objections", response=rest.answers(list[EvaluationObjectionOut]))
def objections(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the objections and their answers."""
    return [objection_out(one) for one in queries.result_of(code).evaluation.objections.select_related("unit")]


@router.get("/published/{code}/asked-changes", response=rest.answers(list[EvaluationAskedOut]))
def asked_changes(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List who asked for another number."""
    return list(queries.result_of(code).evaluation.asked_changes.all())


@router.get("/owners/{key}", response=rest.answers(list[EvaluationOwnerOut]))
def owners(request: rest.ActorRequest, key: rest.Code) -> Any:
    """Show the matrix of an edition."""
    return [
        {
            "indicator": row.indicator,
            "series": row.series,
            "title": row.title,
            "unit": row.owner.unit.code if row.owner and row.owner.unit else "",
            "people": row.people,
            "origin": row.owner.origin if row.owner else "nobody",
        }
        for row in queries.matrix_of(queries.known_edition(key), clock.today())
    ]


def evaluation_out(row: Evaluation) -> dict[str, Any]:
    """Return an evaluation as EvaluationOut."""
    return {
        "id": row.pk,
        "code": row.code,
        "title": row.title,
        "year": row.year,
        "place": row.place,
        "evaluator": row.evaluator.code,
        "method": row.edition_method,
        "edition": row.edition_key,
        "stage": row.dossier.state,
        "published_at": row.published_at,
        "is_demo": row.is_demo,
    }


def objection_out(one: Any) -> dict[str, Any]:
    """Return an objection as EvaluationObjectionOut."""
    names = ("series", "text", "at", "is_accepted", "answer")
    return {"id": one.pk, "unit": one.unit.code, **{name: getattr(one, name) for name in names}}


def _line(result: queries.Result, key: str) -> dict[str, Any]:
    line = queries.line_of(result, key)
    return {
        "key": key,
        "under": result.edition.by_key[key].under or "",
        "title": line.title,
        "unit": line.unit,
        "shown": line.shown,
        "how": line.how,
        "peers": line.peers,
        "gap": "" if line.gap is None else str(line.gap),
    }
