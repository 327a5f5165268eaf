"""The enterprise over the API: who came and why, what it says of it, and alarms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Alarm, Target, Visit
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest

router = rest.Router()


class VisitsThisYearOut(Schema):
    """How often a unit came this year. yearly_most null: no cap is published."""

    unit: str
    paid: int
    yearly_most: int | None


class SeenVisitOut(Schema):
    """One visit that began. results: empty until they are published; the enterprise itself reads them at once."""

    started_at: datetime
    unit: str
    items: list[str]
    basis: list[str]
    results: list[str]
    published_on: date | None


class OtherVisitOut(Schema):
    """Officials who came for something else."""

    unit: str
    purpose: str
    at: datetime


class EnterpriseOut(Schema):
    """Who came to an enterprise, why, and how often."""

    code: str
    name: str
    address: str
    counts: list[VisitsThisYearOut]
    visits: list[SeenVisitOut]
    other_visits: list[OtherVisitOut]


class OtherVisitIn(rest.Bounded):
    """What the officials came for."""

    purpose: Literal["tour", "guidance", "call", "service", "other"]
    remark: Annotated[str, Field(max_length=200)] = ""


class RatingIn(rest.Bounded):
    """What the enterprise thinks of a visit: 1 (very unhappy) to 5."""

    level: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, Field(max_length=400)] = ""


class RatedOut(Schema):
    """The rating as kept: no person."""

    level: int


class AlarmIn(rest.Bounded):
    """Who came, when, and what was wrong."""

    unit: rest.Code
    happened_on: date
    what: Annotated[str, Field(max_length=1_000)]


class ExplanationIn(rest.Bounded):
    """Who inspected on which ground, or how it is put right."""

    explanation: Annotated[str, Field(max_length=2_000)]


class AlarmOut(Schema):
    """One alarm; explained_at is null while the explanation is owed."""

    id: int
    code: str
    unit: str
    happened_on: date
    what: str
    explanation: str
    explained_at: datetime | None


class RectifiedOut(Schema):
    """The follow-up whose proof was kept."""

    id: int
    words: str


@router.get("/enterprises/{code}", response=rest.answers(EnterpriseOut))
def enterprise(request: rest.ActorRequest, code: rest.Code) -> Any:
    """Show who came to an enterprise, why, and how often."""
    target = queries.target_at(code)
    own = _is_own(request, target)
    visits = list(queries.visits_seen_by(target, to_the_public=not own)[: queries.SHOWN])
    return {
        "code": target.code,
        "name": target.name,
        "address": target.address,
        "counts": [
            {"unit": each.unit.code, "paid": each.paid, "yearly_most": each.cap}
            for each in queries.counts_of(target, clock.today())
        ],
        "visits": [_visit(each, own) for each in visits],
        "other_visits": [
            {"unit": each.unit.code, "purpose": each.purpose, "at": each.at} for each in queries.other_visits_of(target)
        ],
    }


@router.post("/enterprises/{code}/other-visits", response=rest.answers(OtherVisitOut, status=201))
def note_other_visit(request: rest.ActorRequest, code: rest.Code, body: OtherVisitIn) -> Any:
    """Register officials who came for something else than an inspection."""
    row = operations.note_other_visit(code=code, **body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, {"unit": row.unit.code, "purpose": row.purpose, "at": row.at})


@router.post("/visits/{visit_id}/rate", response=rest.answers(RatedOut, status=201))
def rate(request: rest.ActorRequest, visit_id: UUID, body: RatingIn) -> Any:
    """Say what the enterprise thinks of a visit, once."""
    row = operations.rate_visit(public_id=visit_id, **body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, {"level": row.level})


@router.post("/follow-ups/{follow_up_id}/rectified", response=rest.answers(RectifiedOut))
def rectified(request: rest.ActorRequest, follow_up_id: rest.Id, file: File[UploadedFile]) -> Any:
    """Send in what shows that the enterprise has put things right."""
    row = operations.report_rectified(
        follow_up_id=follow_up_id,
        stream=rest.stream_of(file),
        name=(file.name or "")[:200],
        media_type=file.content_type or "",
        by=request.actor,
        at=clock.now(),
    )
    return {"id": row.pk, "words": row.words}


@router.post("/enterprises/{code}/alarms", response=rest.answers(AlarmOut, status=201))
def raise_alarm(request: rest.ActorRequest, code: rest.Code, body: AlarmIn) -> Any:
    """Say that somebody inspected as they must not."""
    return rest.Status(201, _alarm(operations.raise_alarm(code=code, **body.dict(), by=request.actor, at=clock.now())))


@router.get("/enterprises/{code}/alarms", response=rest.answers(list[AlarmOut]))
def own_alarms(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List what the caller's enterprise raised, the newest first."""
    target = queries.target_at(code)
    if not _is_own(request, target):
        raise NotFound("这家企业的反映")
    return [_alarm(row) for row in queries.alarms_of(target)]


@router.get("/alarms", response=rest.answers(list[AlarmOut]))
def alarms(request: rest.ActorRequest) -> Any:
    """List the newest alarms about the caller's unit; for whoever oversees inspections, about all units."""
    if not request.actor.unit:
        raise NotFound("企业反映")
    oversees = access.may(request.actor, "inspections.oversee") is None
    return [_alarm(row) for row in queries.alarms_about("" if oversees else request.actor.unit)]


@router.post("/alarms/{alarm_id}/explain", response=rest.answers(AlarmOut))
def explain(request: rest.ActorRequest, alarm_id: rest.Id, body: ExplanationIn) -> Any:
    """Answer an alarm about one's unit."""
    return _alarm(operations.explain_alarm(alarm_id=alarm_id, **body.dict(), by=request.actor, at=clock.now()))


def _is_own(request: rest.ActorRequest, target: Target) -> bool:
    return target.party is not None and request.actor.party == str(target.party.public_id)


def _visit(visit: Visit, own: bool) -> dict[str, Any]:
    items = visit.items.all()
    is_open = own or visit.published_on is not None
    return {
        "started_at": visit.started_at,
        "unit": visit.lead_unit.code,
        "items": [item.title for item in items],
        "basis": [item.basis for item in items],
        "results": [each.words for each in queries.outcomes_of(visit)] if is_open else [],
        "published_on": visit.published_on,
    }


def _alarm(row: Alarm) -> dict[str, Any]:
    names = ("happened_on", "what", "explanation", "explained_at")
    return {name: getattr(row, name) for name in names} | {
        "id": row.pk,
        "code": row.target.code,
        "unit": row.unit.code,
    }
