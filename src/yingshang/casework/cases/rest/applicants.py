"""What an applicant does, over the API."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Channel
from yingshang.casework.cases.rest.shapes import (
    Answers,
    Attempt,
    CaseDeedIn,
    Papers,
    Reason,
    ServiceCaseOut,
    Situation,
    deed,
    papers_of,
    shown,
)
from yingshang.kernel import clock, parties
from yingshang.kernel.web import rest

router = rest.Router()


class CaseReceiptOut(Schema):
    """The receipt: number and secret open the state of the case without logging in."""

    id: int
    number: str
    secret: str
    state: str


class ApplicationIn(rest.Bounded):
    """An application. version: of the item, as it was filled in; attempt: names it, sent twice it is one case."""

    version: rest.Id
    applicant: UUID
    answers: Answers = {}
    situation: Situation = {}
    papers: Papers = []
    channel: Channel = Channel.COMPUTER
    attempt: Attempt
    place: rest.Code = ""
    promise: Annotated[str, Field(max_length=4_000)] = ""


class PaperApplicationIn(ApplicationIn):
    """An application that came in on paper earlier."""

    received_at: rest.Moment
    paper_no: Annotated[str, Field(max_length=60)] = ""
    because: Annotated[str, Field(max_length=200)]


class CaseCorrectionIn(CaseDeedIn):
    """A correction: papers, and the whole form where it was to be corrected."""

    papers: Papers = []
    answers: Answers | None = None
    at_the_window: bool = False


class CaseSupplyIn(rest.Bounded):
    """Papers that were to come later."""

    papers: Papers
    at_the_window: bool = False
    retry_key: Annotated[str, Field(max_length=80)] = ""


class CaseWithdrawalIn(CaseDeedIn):
    """A deed with its reason."""

    reason: Reason = ""


@router.post("/cases", response=rest.answers(CaseReceiptOut, status=201))
def submit(request: rest.ActorRequest, body: ApplicationIn) -> Any:
    """Hand in an application or a filing."""
    case = operations.submit(**_application(body), by=request.actor, at=clock.now(), promise=body.promise)
    return rest.Status(201, _receipt(case))


@router.post("/paper", response=rest.answers(CaseReceiptOut, status=201))
def enter_paper(request: rest.ActorRequest, body: PaperApplicationIn) -> Any:
    """Enter what came in on paper earlier; clocks run from the real receipt."""
    case = operations.enter_paper(
        **_application(body),
        received_at=body.received_at,
        paper_no=body.paper_no,
        because=body.because,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _receipt(case))


@router.post("/cases/{case_id}/correct", response=rest.answers(ServiceCaseOut))
def correct(request: rest.ActorRequest, case_id: rest.Id, body: CaseCorrectionIn) -> Any:
    """Hand in a correction."""
    queries.one_case(case_id, request.actor)
    case = operations.correct(
        case_id=case_id,
        papers=papers_of(body.papers),
        answers=body.answers,
        at_the_window=body.at_the_window,
        by=request.actor,
        at=clock.now(),
        **deed(body),
    )
    return shown(case)


@router.post("/cases/{case_id}/supply", response=rest.answers(ServiceCaseOut))
def supply(request: rest.ActorRequest, case_id: rest.Id, body: CaseSupplyIn) -> Any:
    """Hand in what was missing at a tolerant acceptance."""
    queries.one_case(case_id, request.actor)
    case = operations.supply(
        case_id=case_id,
        papers=papers_of(body.papers),
        at_the_window=body.at_the_window,
        retry_key=body.retry_key,
        by=request.actor,
        at=clock.now(),
    )
    return shown(case)


@router.post("/cases/{case_id}/withdraw", response=rest.answers(ServiceCaseOut))
def withdraw(request: rest.ActorRequest, case_id: rest.Id, body: CaseWithdrawalIn) -> Any:
    """Take an application back before it is decided."""
    queries.one_case(case_id, request.actor)
    case = operations.withdraw(case_id=case_id, reason=body.reason, by=request.actor, at=clock.now(), **deed(body))
    return shown(case)


def _application(body: ApplicationIn) -> dict[str, Any]:
    return {
        "version": body.version,
        "applicant": parties.party(str(body.applicant)),
        "answers": body.answers,
        "situation": body.situation,
        "papers": papers_of(body.papers),
        "channel": body.channel,
        "idempotency_key": body.attempt,
        "place": body.place,
    }


def _receipt(case: Any) -> dict[str, Any]:
    return {"id": case.pk, "number": case.number, "secret": queries.secret_of(case.number), "state": case.state}
