"""Reform practices over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.models import Adoption, Practice
from yingshang.registers.catalogue.queries import desk as queries

router = rest.Router()

Slugs = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=200)]


class PracticeOut(Schema):
    """A practice with the counts of its answers."""

    number: int
    title: str
    tried_in: str
    what: str
    effect: str
    source: str
    decide_by: date
    asked: int
    adopted: int
    declined: int
    waiting: int


class AdoptionOut(Schema):
    """What one unit answered; ``decision`` is empty while it owes the answer."""

    id: int
    practice: int
    unit: str
    decision: str
    reason: str
    items: list[str]
    decided_on: date | None


class PracticeIn(rest.Bounded):
    """A practice as it was tried, and who is asked by when."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    tried_in: Annotated[str, Field(min_length=1, max_length=120)]
    zone: Annotated[str, Field(max_length=40)] = ""
    what: Annotated[str, Field(min_length=1, max_length=2000)]
    effect: Annotated[str, Field(min_length=1, max_length=1000)]
    source: Annotated[str, Field(min_length=1, max_length=200)]
    units: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=200)]
    decide_by: date


class AdoptionIn(rest.Bounded):
    """adopted, adapted or declined, and why."""

    decision: Annotated[str, Field(pattern="^(adopted|adapted|declined)$")]
    reason: Annotated[str, Field(min_length=1, max_length=600)]
    items: Slugs = []


@router.get("/practices", response=rest.answers(rest.PageOf[PracticeOut]), summary="改革经验")
def practices(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the practices, newest first."""
    return rest.page_of(page_after(queries.practices(), after, order=("-number",)), _practice)


@router.post("/practices", response=rest.answers(PracticeOut, status=201), summary="征询改革经验")
def propose(request: rest.ActorRequest, given: PracticeIn) -> Any:
    """Put a practice to units; each owes an answer."""
    told = given.model_dump()
    units, decide_by = told.pop("units"), told.pop("decide_by")
    made = operations.propose_practice(
        tried=operations.Tried(**told), units=units, decide_by=decide_by, by=request.actor, at=clock.now()
    )
    return rest.Status(201, _practice(queries.practice_numbered(made.number)))


@router.get("/practices/{number}/answers", response=rest.answers(list[AdoptionOut]), summary="各单位的答复")
def answers(request: rest.ActorRequest, number: rest.Id) -> Any:
    """List what every unit that was asked answered."""
    return [_adoption(row) for row in queries.answers_to(queries.practice_numbered(number))]


@router.post("/answers/{adoption_id}", response=rest.answers(AdoptionOut), summary="答复改革经验")
def decide(request: rest.ActorRequest, adoption_id: rest.Id, given: AdoptionIn) -> Any:
    """Answer for one's own unit."""
    made = operations.answer_practice(adoption_id=adoption_id, **given.model_dump(), by=request.actor, at=clock.now())
    return _adoption(made)


def _practice(row: Practice) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PracticeOut.model_fields}


def _adoption(row: Adoption) -> dict[str, Any]:
    return {
        "id": row.pk,
        "practice": row.practice.number,
        "unit": row.unit.code,
        "decision": row.decision,
        "reason": row.reason,
        "items": [item.slug for item in row.items.all()],
        "decided_on": row.decided_on,
    }
