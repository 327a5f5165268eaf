"""Merging over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.conduct.inspections import operations, queries
from yingshang.kernel import access, clock
from yingshang.kernel.web import rest

router = rest.Router()


class ProposalOut(Schema):
    """Visits to one enterprise that could be one, and the days they share."""

    code: str
    visits: list[int]
    units: list[str]
    first: date
    last: date


class MergeVisitsIn(rest.Bounded):
    """Which visits, who leads, and from which day on."""

    visits: Annotated[list[rest.Id], Field(min_length=2, max_length=20)]
    lead_unit: rest.Code
    planned_on: date


class MergedOut(Schema):
    """The one visit."""

    id: int
    public_id: str
    planned_on: date
    planned_to: date


@router.get("/merging", response=rest.answers(list[ProposalOut]))
def proposals(request: rest.ActorRequest) -> Any:
    """List which planned visits could be one: those of one's unit, of all units to whoever coordinates."""
    access.permit(request.actor, "inspections.see_office")
    sees_all = access.may(request.actor, "inspections.coordinate", None) is None
    return [
        {
            "code": each.visits[0].target.code,
            "visits": each.ids,
            "units": list(dict.fromkeys(visit.lead_unit.code for visit in each.visits)),
            "first": each.first,
            "last": each.last,
        }
        for each in queries.proposals_on(clock.today(), unit="" if sees_all else request.actor.unit)
    ]


@router.post("/merging", response=rest.answers(MergedOut, status=201))
def merge(request: rest.ActorRequest, body: MergeVisitsIn) -> Any:
    """Merge visits into one."""
    kept = operations.merge_visits(
        visit_ids=body.visits,
        lead_unit=body.lead_unit,
        planned_on=body.planned_on,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(
        201,
        {
            "id": kept.pk,
            "public_id": str(kept.public_id),
            "planned_on": kept.planned_on,
            "planned_to": kept.planned_to,
        },
    )
