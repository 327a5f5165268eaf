"""The leading group and its special groups, who sits in them on a day, and how the tasks they look after stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.oversight.plan_tasks.models import Edition, LeadingGroup, Seat
from yingshang.oversight.plan_tasks.queries.rows import TaskRow, task_rows

_Key = tuple[int, str]
"""A unit's id and the code of a post in it."""


@dataclass(frozen=True)
class SeatRow:
    """One seat as a list shows it: for a seat that goes with a post, whoever holds the post that day."""

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
    is_over: bool


@dataclass(frozen=True)
class GroupRow:
    """One group with who leads it, how many sit in it, and how its tasks stand."""

    code: str
    title: str
    kind: str
    leader: str
    members: int
    tasks: int
    owed: int
    fulfilled: int


def leading_groups(plan_code: str) -> QuerySet[LeadingGroup]:
    """Return the groups of a plan, the leading group first, with their seats. Queries: 2."""
    seats = Prefetch("seats", Seat.objects.select_related("unit", "person").order_by("pk"))
    return LeadingGroup.objects.filter(plan__code=plan_code).select_related("plan", "unit").prefetch_related(seats)


def leading_group(plan_code: str, code: str) -> LeadingGroup:
    """Return one group with its seats. Raises NotFound."""
    found = leading_groups(plan_code).filter(code=code).first()
    if found is None:
        raise NotFound("这个小组")
    return found


def seat_with(seat_id: int) -> Seat:
    """Return one seat with its group. Raises NotFound."""
    found = Seat.objects.select_related("group__plan", "unit", "person").filter(pk=seat_id).first()
    if found is None:
        raise NotFound("这位成员")
    return found


def seat_rows(seats: Iterable[Seat], on: date) -> list[SeatRow]:
    """Return the lines of seats, those held on the day first, by role. Queries: 3, whatever their number."""
    rows = list(seats)
    titles, holders = _posts(rows, on)
    lines = [_line(seat, titles, holders, on) for seat in rows]
    place = {role.label: number for number, role in enumerate(Seat.Role)}
    return sorted(lines, key=lambda line: (line.is_over, place[line.role]))


def tasks_of_group(group: LeadingGroup, edition: Edition) -> list[TaskRow]:
    """Return the tasks of the sections that a group looks after; all of them for the leading group. Queries: 6."""
    rows = task_rows(edition)
    if group.kind == LeadingGroup.Kind.LEADING:
        return rows
    wanted = set(edition.sections.filter(place__in=group.sections).values_list("pk", flat=True))
    return [row for row in rows if row.section_id in wanted]


def group_rows(groups: Iterable[LeadingGroup], edition: Edition, on: date) -> list[GroupRow]:
    """Return the lines of the groups of a plan. Queries: 9, whatever their number."""
    found = list(groups)
    tasks, places = task_rows(edition), dict(edition.sections.values_list("pk", "place"))
    lines = {line.id: line for line in seat_rows((seat for group in found for seat in group.seats.all()), on)}
    rows = []
    for group in found:
        seats = [lines[seat.pk] for seat in group.seats.all() if not lines[seat.pk].is_over]
        everything = group.kind == LeadingGroup.Kind.LEADING
        own = [task for task in tasks if everything or places.get(task.section_id or 0) in group.sections]
        leader = next((seat for seat in seats if seat.role == Seat.Role.LEADER.label), None)
        rows.append(
            GroupRow(
                code=group.code,
                title=group.title,
                kind=group.get_kind_display(),
                leader=(leader.names or leader.unit_name) if leader else "",
                members=len(seats),
                tasks=len(own),
                owed=sum(task.owed for task in own),
                fulfilled=sum(task.fulfilled for task in own),
            )
        )
    return rows


def groups_of_unit(unit_code: str, on: date) -> list[LeadingGroup]:
    """Return the groups in which somebody of a unit sits on a day, under plans in force. Queries: 1."""
    held = Seat.objects.filter(unit__code=unit_code).on(on).values("group_id")
    in_force = {"plan__editions__superseded_on": None, "plan__editions__isnull": False}
    return list(LeadingGroup.objects.filter(pk__in=held, **in_force).select_related("plan").order_by("plan", "pk"))


def _posts(seats: Iterable[Seat], on: date) -> tuple[Mapping[_Key, str], Mapping[_Key, list[str]]]:
    """Return, by unit and post, the title of the post and who holds it on the day. Queries: 2."""
    wanted = {(seat.unit_id, seat.post) for seat in seats if seat.post}
    posts = org.Post.objects.filter(unit__in={unit for unit, _ in wanted}, code__in={code for _, code in wanted})
    by_pk = {post.pk: post for post in posts.on(on)}
    holders: dict[_Key, list[str]] = {}
    for each in org.Appointment.objects.filter(post__in=by_pk).on(on).select_related("person").order_by("pk"):
        post = by_pk[each.post_id]
        holders.setdefault((post.unit_id, post.code), []).append(each.person.name)
    return {(post.unit_id, post.code): post.title for post in by_pk.values()}, holders


def _line(
    seat: Seat,
    titles: Mapping[_Key, str],
    holders: Mapping[_Key, list[str]],
    on: date,
) -> SeatRow:
    key = (seat.unit_id, seat.post)
    is_over = seat.is_over(on)
    names = seat.person.name if seat.person else "" if is_over else "、".join(holders.get(key, []))
    return SeatRow(
        id=seat.pk,
        role=seat.get_role_display(),
        unit_code=seat.unit.code,
        unit_name=seat.unit.short_name,
        post=titles.get(key, seat.post),
        names=names,
        since=seat.valid_from,
        until=seat.valid_to,
        source=seat.source,
        end_reason=seat.end_reason,
        is_over=is_over,
    )
