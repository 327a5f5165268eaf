"""The authority to supervise over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from yingshang.kernel import access, clock
from yingshang.kernel.web import rest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.rest.routing import router
from yingshang.oversight.supervision.rest.schemas import SupervisionReasonIn


class AuthorityOut(Schema):
    """An approval by which a unit may supervise."""

    id: int
    approval_no: str
    issuer: str
    valid_from: date
    valid_to: date | None
    is_demo: bool
    ended_on: date | None
    ended_reason: str


@router.get("/authorities", response=rest.answers(list[AuthorityOut]), summary="督查授权")
def authorities(request: rest.ActorRequest) -> Any:
    """List the authorities, the latest first."""
    access.permit(request.actor, "supervision.see_work")
    return list(queries.authorities()[:50])


@router.post("/authorities/{authority_id}/end", response=rest.answers(AuthorityOut), summary="终止督查授权")
def end_authority(request: rest.ActorRequest, authority_id: rest.Id, body: SupervisionReasonIn) -> Any:
    """End an authority from today on."""
    return operations.end_authority(authority_id=authority_id, reason=body.reason, by=request.actor, at=clock.now())
