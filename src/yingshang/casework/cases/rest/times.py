"""Special procedures, the extension and the explanation of a late case, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Explanation, ExtensionRequest
from yingshang.casework.cases.rest.shapes import Key, Reason, ServiceCaseOut, shown
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import rest

router = rest.Router()


class SpecialProcedureIn(rest.Bounded):
    """key: of the item's special procedures. notice: how the applicant was told. on, until: days that do not count."""

    key: Key
    notice: Reason
    on: date | None = None
    until: date | None = None


class ResumptionIn(rest.Bounded):
    """on: the first day that may count again."""

    key: Key
    on: date | None = None


class ExtensionRequestIn(rest.Bounded):
    """Why more time is needed."""

    reason: Annotated[str, Field(max_length=400)]


class ExtensionAnswerIn(rest.Bounded):
    """What the head says."""

    approved: bool
    answer: Annotated[str, Field(max_length=400)] = ""


class ExtensionRequestOut(Schema):
    """A request for more time; is_approved null: not decided."""

    id: int
    reason: str
    is_approved: bool | None
    answer: str


class LateCaseExplanationIn(rest.Bounded):
    """Why a case was late; expected_on: when it is now expected to be decided."""

    reason: Reason
    expected_on: date | None = None


class LateCaseExplanationOut(Schema):
    """Why a case was late; empty until it is said."""

    id: int
    reason: str
    expected_on: date | None


@router.post("/cases/{case_id}/stop", response=rest.answers(ServiceCaseOut))
def stop_clock(request: rest.ActorRequest, case_id: rest.Id, body: SpecialProcedureIn) -> Any:
    """Begin a special procedure whose time does not count."""
    queries.one_case(case_id, request.actor)
    case = operations.stop_clock(case_id=case_id, by=request.actor, at=clock.now(), **body.dict())
    return shown(case)


@router.post("/cases/{case_id}/resume", response=rest.answers(ServiceCaseOut))
def resume(request: rest.ActorRequest, case_id: rest.Id, body: ResumptionIn) -> Any:
    """End a special procedure."""
    queries.one_case(case_id, request.actor)
    case = operations.resume(case_id=case_id, key=body.key, on=body.on, by=request.actor, at=clock.now())
    return shown(case)


@router.post("/cases/{case_id}/extensions", response=rest.answers(ExtensionRequestOut, status=201))
def ask_extension(request: rest.ActorRequest, case_id: rest.Id, body: ExtensionRequestIn) -> Any:
    """Ask the head for the one extension."""
    queries.one_case(case_id, request.actor)
    asked = operations.ask_extension(case_id=case_id, reason=body.reason, by=request.actor, at=clock.now())
    return rest.Status(201, _request(asked))


@router.post("/extensions/{request_id}", response=rest.answers(ExtensionRequestOut))
def approve_extension(request: rest.ActorRequest, request_id: rest.Id, body: ExtensionAnswerIn) -> Any:
    """Decide a request for more time."""
    _own(ExtensionRequest.objects.filter(pk=request_id).values_list("case_id", flat=True).first(), request.actor)
    answered = operations.approve_extension(
        request_id=request_id, approved=body.approved, answer=body.answer, by=request.actor, at=clock.now()
    )
    return _request(answered)


@router.post("/explanations/{explanation_id}", response=rest.answers(LateCaseExplanationOut))
def explain_overdue(request: rest.ActorRequest, explanation_id: rest.Id, body: LateCaseExplanationIn) -> Any:
    """Publish why a case was late."""
    _own(Explanation.objects.filter(pk=explanation_id).values_list("case_id", flat=True).first(), request.actor)
    said = operations.explain_overdue(
        explanation_id=explanation_id,
        reason=body.reason,
        expected_on=body.expected_on,
        by=request.actor,
        at=clock.now(),
    )
    return {"id": said.pk, "reason": said.reason, "expected_on": said.expected_on}


def _own(case_id: int | None, actor: Actor) -> None:
    """Raise NotFound where there is no such thing, or it belongs to a case that the actor may not see."""
    if case_id is None:
        raise NotFound("这件办件")
    queries.one_case(case_id, actor)


def _request(asked: ExtensionRequest) -> dict[str, Any]:
    return {"id": asked.pk, "reason": asked.reason, "is_approved": asked.is_approved, "answer": asked.answer}
