"""Search for machines: the same rows as the page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.search.asking import LONGEST_QUESTION
from yingshang.kernel.search.finding import find
from yingshang.kernel.search.missing import frequent_misses
from yingshang.kernel.search.models import SearchMiss
from yingshang.kernel.search.settling import give_miss, settle_miss
from yingshang.kernel.web import rest

router = rest.Router()


class FoundOut(Schema):
    """One thing found."""

    subject: str
    kind: str
    title: str
    summary: str
    address: str


class MissOut(Schema):
    """A question that found nothing. owner: the unit that looks into it; outcome empty: not settled."""

    digest: str
    words: str
    times: int
    last_date: date
    owner: str
    outcome: str
    note: str
    settled_on: date | None
    is_open: bool


class MissUnitIn(rest.Bounded):
    """Which unit looks into it."""

    unit: rest.Code


class MissOutcomeIn(rest.Bounded):
    """What became of it, and where or why."""

    outcome: Literal["name_added", "thing_added", "nothing"]
    note: Annotated[str, Field(max_length=200)]


@router.get("/", response=rest.answers(rest.PageOf[FoundOut]), summary="搜索")
def search(
    request: rest.ActorRequest,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION, description="要找的词")],
    after: rest.Mark = "",
) -> dict[str, Any]:
    """Return what the caller may find, best first."""
    found = find(request.actor, q, after=after)
    return {"rows": list(found.rows), "next": found.next}


@router.get("/misses", response=rest.answers(list[MissOut]), summary="搜不到的词")
def misses(request: rest.ActorRequest) -> list[SearchMiss]:
    """Return the questions asked in vain five times or more, the open ones first."""
    access.permit(request.actor, "search.read_misses")
    return list(frequent_misses())


@router.post("/misses/{digest}/give", response=rest.answers(MissOut), summary="交单位处理")
def give(request: rest.ActorRequest, digest: rest.Code, body: MissUnitIn) -> SearchMiss:
    """Give a question that found nothing to a unit."""
    return give_miss(digest=digest, unit=body.unit, by=request.actor, at=clock.now(), on=clock.today())


@router.post("/misses/{digest}/settle", response=rest.answers(MissOut), summary="记下处理结果")
def settle(request: rest.ActorRequest, digest: rest.Code, body: MissOutcomeIn) -> SearchMiss:
    """Say what became of a question that found nothing."""
    return settle_miss(digest=digest, **body.dict(), by=request.actor, at=clock.now(), on=clock.today())
