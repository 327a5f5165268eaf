"""The leading group and its special groups over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks import operations, queries

router = rest.Router()

Short = Annotated[str, Field(max_length=200)]


class GroupOut(Schema):
    """One group, with how the tasks it looks after stand."""

    code: str
    title: str
    kind: str
    leader: str
    members: int
    tasks: int
    owed: int
    fulfilled: int


class SeatOut(Schema):
    """One seat; ``until`` is the first day on which it is no longer held."""

    id: int
    role: str
    unit_code: str
    unit_name: str
    post: str
    names: str
    since: date | None
    until: date | None
    source: str
    end_reason: str


class SeatIn(rest.Bounded):
    """Who sits there: whoever holds a post of the unit, or a person by pseudonym."""

    role: rest.Code
    unit: rest.Code
    post: rest.Code = ""
    person: rest.Code = ""
    since: date
    source: Short


class HandOverIn(rest.Bounded):
    """Who takes a seat over, from when, and why."""

    unit: rest.Code
    post: rest.Code = ""
    person: rest.Code = ""
    since: date
    source: Short
    reason: Short


class LeaveIn(rest.Bounded):
    """From when a member no longer sits there, and why."""

    last_day_gone: date
    reason: Short


class DescribeIn(rest.Bounded):
    """What a group does and which sections it looks after."""

    duties: rest.Text
    sections: Annotated[list[rest.Count], Field(max_length=100)]


@router.get("/plans/{code}/groups", response=rest.answers(list[GroupOut]))
def groups(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List the leading group and the special groups of a plan."""
    edition = queries.edition_in_force(code)
    return queries.group_rows(queries.leading_groups(code), edition, clock.today())


@router.get("/plans/{code}/groups/{group}/seats", response=rest.answers(list[SeatOut]))
def seats(request: rest.ActorRequest, code: rest.Code, group: rest.Code) -> Any:
    """List who sits in a group; to officials also who sat there before."""
    rows = queries.seat_rows(queries.leading_group(code, group).seats.all(), clock.today())
    return [row for row in rows if request.actor.unit or not row.is_over]


@router.post("/plans/{code}/groups/{group}/seats", response=rest.answers(SeatOut, status=201))
def seat(request: rest.ActorRequest, code: rest.Code, group: rest.Code, body: SeatIn) -> Any:
    """Seat a member."""
    made = operations.seat_member(
        group_id=queries.leading_group(code, group).pk,
        role=body.role,
        unit_code=body.unit,
        post=body.post,
        person=body.person,
        since=body.since,
        source=body.source,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _shown(made.pk))


@router.post("/plans/{code}/groups/{group}/describe", response=rest.answers(list[SeatOut]))
def describe(request: rest.ActorRequest, code: rest.Code, group: rest.Code, body: DescribeIn) -> Any:
    """Write what a group does and which sections it looks after; answers with its seats."""
    operations.describe_group(
        group_id=queries.leading_group(code, group).pk,
        duties=body.duties,
        sections=body.sections,
        by=request.actor,
        at=clock.now(),
    )
    return queries.seat_rows(queries.leading_group(code, group).seats.all(), clock.today())


@router.post("/seats/{seat_id}/leave", response=rest.answers(SeatOut))
def leave(request: rest.ActorRequest, seat_id: rest.Id, body: LeaveIn) -> Any:
    """Let a member leave."""
    left = operations.unseat_member(
        seat_id=seat_id, last_day_gone=body.last_day_gone, reason=body.reason, by=request.actor, at=clock.now()
    )
    return _shown(left.pk)


@router.post("/seats/{seat_id}/hand-over", response=rest.answers(SeatOut, status=201))
def hand_over(request: rest.ActorRequest, seat_id: rest.Id, body: HandOverIn) -> Any:
    """Let another take a seat over in the same role."""
    made = operations.hand_over_seat(
        seat_id=seat_id,
        unit_code=body.unit,
        post=body.post,
        person=body.person,
        since=body.since,
        source=body.source,
        reason=body.reason,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _shown(made.pk))


def _shown(seat_id: int) -> Any:
    return queries.seat_rows([queries.seat_with(seat_id)], clock.today())[0]
