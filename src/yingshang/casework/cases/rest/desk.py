"""What officers do with a case, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.rest.shapes import CaseDeedIn, Key, Reason, ServiceCaseOut, deed, shown
from yingshang.kernel import clock
from yingshang.kernel.web import rest

router = rest.Router()


class CaseAcceptIn(CaseDeedIn):
    """accepted_on: the earlier day on which a paper application was accepted."""

    accepted_on: date | None = None


class TolerantAcceptanceIn(CaseDeedIn):
    """missing: keys of the materials that come later; promise: what the applicant signed."""

    missing: Annotated[list[Key], Field(max_length=50)]
    promise: Reason


class CommitmentAcceptanceIn(CaseDeedIn):
    """promise: the text, where it was not handed in with the application."""

    promise: Reason = ""


class CaseDefectIn(rest.Bounded):
    """One thing to be corrected. material: its key; empty: the form."""

    material: Key | Literal[""] = ""
    what: Annotated[str, Field(max_length=400)]
    remedy: Annotated[str, Field(max_length=400)] = ""


class CorrectionNoticeIn(CaseDeedIn):
    """All that is to be corrected, once."""

    defects: Annotated[list[CaseDefectIn], Field(max_length=100)]


class RefusalIn(CaseDeedIn):
    """Reasons, and what may be done against the decision."""

    reason: Reason
    remedy: Reason = ""


class CaseOpinionIn(CaseDeedIn):
    """On to the next step, with an opinion."""

    opinion: Annotated[str, Field(max_length=1_000)] = ""


class CaseDecisionIn(CaseDeedIn):
    """The decision. A refusal gives reason and remedy."""

    granted: bool
    content: Reason = ""
    reason: Reason = ""
    remedy: Reason = ""
    document_no: Annotated[str, Field(max_length=60)] = ""
    valid_from: date | None = None
    valid_to: date | None = None


class CaseDeliveryIn(CaseDeedIn):
    """how: window, post, online or other."""

    how: Annotated[str, Field(max_length=20)]
    tracking_no: Annotated[str, Field(max_length=60)] = ""


class LetterInLieuIn(rest.Bounded):
    """A letter in lieu; text empty: the item's own wording."""

    text: Reason = ""
    valid_to: date | None = None


class LetterInLieuOut(Schema):
    """A letter in lieu."""

    official_no: str
    text: str
    valid_to: date | None


class CaseCredentialIn(rest.Bounded):
    """Fields to print, beside or in the place of those that the form says."""

    fields: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=400)]], Field(max_length=30)
    ] = {}


class CaseCredentialOut(Schema):
    """The license that was issued."""

    id: UUID
    number: str
    title: str


class CaseChargesOut(Schema):
    """How many rows of the fee list were charged now, and their sum."""

    charged: int
    amount_fen: int


class CasePublicationOut(Schema):
    """The disclosure of a decision."""

    disclosure_id: int


@router.post("/cases/{case_id}/accept", response=rest.answers(ServiceCaseOut))
def accept(request: rest.ActorRequest, case_id: rest.Id, body: CaseAcceptIn) -> Any:
    """Accept an application."""
    return _done(request, case_id, operations.accept, body, accepted_on=body.accepted_on)


@router.post("/cases/{case_id}/accept-tolerantly", response=rest.answers(ServiceCaseOut))
def accept_tolerantly(request: rest.ActorRequest, case_id: rest.Id, body: TolerantAcceptanceIn) -> Any:
    """Accept although materials that the item marks are still missing."""
    deed_of = operations.accept_tolerantly
    return _done(request, case_id, deed_of, body, missing=body.missing, promise=body.promise)


@router.post("/cases/{case_id}/accept-on-commitment", response=rest.answers(ServiceCaseOut))
def accept_on_commitment(request: rest.ActorRequest, case_id: rest.Id, body: CommitmentAcceptanceIn) -> Any:
    """Grant at once on the applicant's written promise."""
    return _done(request, case_id, operations.accept_on_commitment, body, promise=body.promise)


@router.post("/cases/{case_id}/ask-to-correct", response=rest.answers(ServiceCaseOut))
def ask_to_correct(request: rest.ActorRequest, case_id: rest.Id, body: CorrectionNoticeIn) -> Any:
    """Tell the applicant once everything to be corrected."""
    defects = [each.dict() for each in body.defects]
    return _done(request, case_id, operations.ask_to_correct, body, defects=defects)


@router.post("/cases/{case_id}/decline", response=rest.answers(ServiceCaseOut))
def decline(request: rest.ActorRequest, case_id: rest.Id, body: RefusalIn) -> Any:
    """Decline an application with reasons."""
    return _done(request, case_id, operations.decline, body, reason=body.reason, remedy=body.remedy)


@router.post("/cases/{case_id}/not-needed", response=rest.answers(ServiceCaseOut))
def not_needed(request: rest.ActorRequest, case_id: rest.Id, body: RefusalIn) -> Any:
    """Say that nothing needs to be applied for."""
    return _done(request, case_id, operations.not_needed, body, reason=body.reason)


@router.post("/cases/{case_id}/advance", response=rest.answers(ServiceCaseOut))
def advance(request: rest.ActorRequest, case_id: rest.Id, body: CaseOpinionIn) -> Any:
    """Send a case on to its next step."""
    return _done(request, case_id, operations.advance, body, opinion=body.opinion)


@router.post("/cases/{case_id}/decide", response=rest.answers(ServiceCaseOut))
def decide(request: rest.ActorRequest, case_id: rest.Id, body: CaseDecisionIn) -> Any:
    """Decide a case."""
    said = body.dict(exclude={"expected_version", "retry_key"})
    return _done(request, case_id, operations.decide, body, **said)


@router.post("/cases/{case_id}/deliver", response=rest.answers(ServiceCaseOut))
def deliver(request: rest.ActorRequest, case_id: rest.Id, body: CaseDeliveryIn) -> Any:
    """Hand over the result, or put a filing on file."""
    return _done(request, case_id, operations.deliver, body, how=body.how, tracking_no=body.tracking_no)


@router.post("/cases/{case_id}/revoke", response=rest.answers(ServiceCaseOut))
def revoke(request: rest.ActorRequest, case_id: rest.Id, body: RefusalIn) -> Any:
    """Take back what was granted."""
    return _done(request, case_id, operations.revoke, body, reason=body.reason, remedy=body.remedy)


@router.post("/cases/{case_id}/letter", response=rest.answers(LetterInLieuOut, status=201))
def issue_letter(request: rest.ActorRequest, case_id: rest.Id, body: LetterInLieuIn) -> Any:
    """Issue the letter that stands in for the license."""
    queries.one_case(case_id, request.actor)
    letter = operations.issue_letter(
        case_id=case_id, text=body.text, valid_to=body.valid_to, by=request.actor, at=clock.now()
    )
    return rest.Status(201, {"official_no": letter.official_no, "text": letter.text, "valid_to": letter.valid_to})


@router.post("/cases/{case_id}/credential", response=rest.answers(CaseCredentialOut, status=201))
def issue_credential(request: rest.ActorRequest, case_id: rest.Id, body: CaseCredentialIn) -> Any:
    """Issue the license that a grant gives, sealed."""
    queries.one_case(case_id, request.actor)
    issued = operations.issue_credential(case_id=case_id, fields=body.fields, by=request.actor, at=clock.now())
    return rest.Status(201, {"id": issued.pk, "number": issued.number, "title": issued.title})


@router.post("/cases/{case_id}/charges", response=rest.answers(CaseChargesOut))
def charge_fees(request: rest.ActorRequest, case_id: rest.Id) -> Any:
    """Charge what the item charges in this situation."""
    queries.one_case(case_id, request.actor)
    made = operations.charge_fees(case_id=case_id, by=request.actor, at=clock.now())
    return {"charged": len(made), "amount_fen": sum(charge.amount_fen for charge in made)}


@router.post("/cases/{case_id}/publication", response=rest.answers(CasePublicationOut))
def publish_decision(request: rest.ActorRequest, case_id: rest.Id) -> Any:
    """Publish what was granted."""
    queries.one_case(case_id, request.actor)
    shown_now = operations.publish_decision(case_id=case_id, by=request.actor, at=clock.now())
    return {"disclosure_id": shown_now.pk}


def _done(request: rest.ActorRequest, case_id: int, deed_of: Any, body: CaseDeedIn, **said: Any) -> dict[str, Any]:
    """Do a deed on a case that the actor may see, and show what became of it."""
    queries.one_case(case_id, request.actor)
    return shown(deed_of(case_id=case_id, by=request.actor, at=clock.now(), **deed(body), **said))
