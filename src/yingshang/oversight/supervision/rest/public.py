"""Listed supervision and typical cases over the API: public ones for anybody, the deeds for officials."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Listing, TypicalCase
from yingshang.oversight.supervision.rest.routing import router

Words = Annotated[str, Field(max_length=1_000)]


class ListingOut(Schema):
    """A listed matter."""

    id: UUID
    title: str
    reason: str
    level: str
    unit: str
    deadline: date
    state: str
    listed_on: date | None
    off_on: date | None


class ListingIn(rest.Bounded):
    """A matter to be listed; ``obligation_id``: the late duty that it is about, if there is one."""

    title: Annotated[str, Field(max_length=200)]
    reason: Words
    level: rest.Code
    unit: rest.Code
    deadline: date
    obligation_id: rest.Id | None = None


class DecisionIn(rest.Bounded):
    """Yes or no, and why."""

    yes: bool
    words: Words


class CaseOut(Schema):
    """A typical case."""

    id: UUID
    kind: str
    title: str
    unit: str
    story: str
    evidence: str
    statement: str
    state: str


class CaseIn(rest.Bounded):
    """A case to be drafted."""

    kind: Annotated[str, Field(pattern="^(commendation|exposure)$")]
    title: Annotated[str, Field(max_length=120)]
    unit: rest.Code
    story: Annotated[str, Field(max_length=4_000)]
    evidence: Words


class CaseWordsIn(rest.Bounded):
    """A statement."""

    words: Annotated[str, Field(max_length=2_000)]


class CaseReasonIn(rest.Bounded):
    """Why a case is not made public, or no longer."""

    words: Words


@router.get("/listings", response=rest.answers(rest.PageOf[ListingOut]), summary="挂牌督办")
def listings(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List what is or was on the public list, the latest first."""
    page = page_after(queries.listings_public(), after, order=("-listed_on", "-pk"))
    return rest.page_of(page, _listing)


@router.post("/listings", response=rest.answers(ListingOut, status=201), summary="提出挂牌督办")
def propose(request: rest.ActorRequest, body: ListingIn) -> Any:
    """Propose that a matter be listed."""
    made = operations.propose_listing(**body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, _listing(made))


@router.post("/listings/{listing_id}/decide", response=rest.answers(ListingOut), summary="批准挂牌督办")
def decide(request: rest.ActorRequest, listing_id: UUID, body: DecisionIn) -> Any:
    """Approve that a matter be listed, or refuse it."""
    given: dict[str, Any] = {"is_approved": body.yes, "reason": body.words}
    return _listing(operations.decide_listing(**given, **_common(request, listing_id)))


@router.post("/listings/{listing_id}/report", response=rest.answers(ListingOut), summary="报进展或者申请摘牌")
def report(request: rest.ActorRequest, listing_id: UUID, body: DecisionIn) -> Any:
    """Report progress; ``yes`` asks that it be taken off the list."""
    given: dict[str, Any] = {"is_done": body.yes, "text": body.words}
    return _listing(operations.report_listing(**given, **_common(request, listing_id)))


@router.post("/listings/{listing_id}/verify", response=rest.answers(ListingOut), summary="核实摘牌")
def verify(request: rest.ActorRequest, listing_id: UUID, body: DecisionIn) -> Any:
    """Take a matter off the list after looking, or keep it there."""
    given: dict[str, Any] = {"is_done": body.yes, "seen": body.words}
    return _listing(operations.verify_listing(**given, **_common(request, listing_id)))


@router.get("/cases", response=rest.answers(list[CaseOut]), summary="已公开的典型案例")
def cases(request: rest.ActorRequest) -> Any:
    """List the public cases, commendations first."""
    kinds = (TypicalCase.Kind.COMMENDATION, TypicalCase.Kind.EXPOSURE)
    return [_case(case) for kind in kinds for case in queries.cases_public(kind)[:200]]


@router.post("/cases", response=rest.answers(CaseOut, status=201), summary="起草典型案例")
def draft(request: rest.ActorRequest, body: CaseIn) -> Any:
    """Draft a case."""
    return rest.Status(201, _case(operations.draft_case(**body.dict(), by=request.actor, at=clock.now())))


@router.post("/cases/{case_id}/review", response=rest.answers(CaseOut), summary="审核典型案例")
def review(request: rest.ActorRequest, case_id: UUID) -> Any:
    """Confirm as a second person that the evidence holds."""
    return _case(operations.review_case(**_case_common(request, case_id)))


@router.post("/cases/{case_id}/hear", response=rest.answers(CaseOut), summary="陈述意见")
def hear(request: rest.ActorRequest, case_id: UUID, body: CaseWordsIn) -> Any:
    """Say what the unit has to say to its exposure."""
    return _case(operations.hear_unit(statement=body.words, **_case_common(request, case_id)))


@router.post("/cases/{case_id}/publish", response=rest.answers(CaseOut), summary="批准公开典型案例")
def publish(request: rest.ActorRequest, case_id: UUID) -> Any:
    """Approve a case and make it public."""
    return _case(operations.publish_case(**_case_common(request, case_id)))


@router.post("/cases/{case_id}/drop", response=rest.answers(CaseOut), summary="不予公开或者撤回")
def drop(request: rest.ActorRequest, case_id: UUID, body: CaseReasonIn) -> Any:
    """Leave a case unpublished, or withdraw it."""
    return _case(operations.drop_case(reason=body.words, **_case_common(request, case_id)))


def _common(request: rest.ActorRequest, listing_id: UUID) -> dict[str, Any]:
    queries.listing_seen(listing_id, request.actor)
    return {"listing_id": listing_id, "by": request.actor, "at": clock.now()}


def _case_common(request: rest.ActorRequest, case_id: UUID) -> dict[str, Any]:
    queries.case_seen(case_id, request.actor)
    return {"case_id": case_id, "by": request.actor, "at": clock.now()}


def _listing(row: Listing) -> dict[str, Any]:
    fields = ("title", "reason", "level", "deadline", "listed_on", "off_on")
    shown = {name: getattr(row, name) for name in fields}
    return {"id": row.pk, "unit": row.unit.code, "state": row.get_state_display(), **shown}


def _case(row: TypicalCase) -> dict[str, Any]:
    fields = ("kind", "title", "story", "evidence", "statement")
    shown = {name: getattr(row, name) for name in fields}
    return {"id": row.pk, "unit": row.unit.code, "state": row.get_state_display(), **shown}
