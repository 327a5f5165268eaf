"""Seat members in the leading group and its special groups, let them leave, hand a seat over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import LeadingGroup, Seat
from yingshang.oversight.plan_tasks.queries import edition_or_none


@transaction.atomic
def seat_member(
    *,
    group_id: int,
    role: str,
    unit_code: str,
    post: str = "",
    person: str = "",
    since: date,
    source: str,
    by: Actor,
    at: datetime,
) -> Seat:
    """Seat a member from a day on and return the seat.

    post: code of a post in the unit, so that whoever holds it sits there; or
    person: pseudonym of one who works in the unit on that day. source: the
    document that says so. Raises NotFound, Refusal
    ``plan_tasks.post_or_person``, ``plan_tasks.not_in_that_unit``,
    ``plan_tasks.unit_not_standing``, ``plan_tasks.seated_already``,
    ``plan_tasks.leader_seated``, ``plan_tasks.source_missing``, and whatever
    the policy refuses. Records ``plan_tasks.member_seated``.
    """
    group = _locked(group_id)
    access.permit(by, "plan_tasks.keep_groups", group)
    return _seat(group, role, unit_code, post, person, since, source, None, by, at)


@transaction.atomic
def unseat_member(*, seat_id: int, last_day_gone: date, reason: str, by: Actor, at: datetime) -> Seat:
    """Let a member leave; the seat stays in the history.

    last_day_gone: the first day on which the seat is no longer held. Raises
    NotFound, Refusal ``plan_tasks.seat_over``, ``plan_tasks.leaves_before_coming``,
    ``plan_tasks.reason_missing``, and whatever the policy refuses. Records
    ``plan_tasks.member_left``.
    """
    seat = _locked_seat(seat_id)
    access.permit(by, "plan_tasks.keep_groups", seat.group)
    return _unseat(seat, last_day_gone, reason, by, at)


@transaction.atomic
def hand_over_seat(
    *,
    seat_id: int,
    unit_code: str,
    post: str = "",
    person: str = "",
    since: date,
    source: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Seat:
    """Let another take a seat in the same role from a day on, and return the new seat, which names the old one.

    Raises and records as ``unseat_member`` and ``seat_member``.
    """
    seat = _locked_seat(seat_id)
    access.permit(by, "plan_tasks.keep_groups", seat.group)
    _unseat(seat, since, reason, by, at)
    return _seat(seat.group, seat.role, unit_code, post, person, since, source, seat, by, at)


@transaction.atomic
def describe_group(*, group_id: int, duties: str, sections: Sequence[int], by: Actor, at: datetime) -> LeadingGroup:
    """Write what a group does and which sections of the plan it looks after; return it.

    Raises NotFound, Refusal ``plan_tasks.no_such_section``, and whatever the
    policy refuses. Records ``plan_tasks.group_described``.
    """
    group = _locked(group_id)
    access.permit(by, "plan_tasks.keep_groups", group)
    edition = edition_or_none(group.plan.code)
    known = set(edition.sections.values_list("place", flat=True)) if edition else set()
    if unknown := sorted(set(sections) - known):
        said = "、".join(map(str, unknown))
        raise Refusal("plan_tasks.no_such_section", f"方案没有第{said}部分。", "请从列出的部分中选择。")
    group.duties, group.sections = duties.strip(), sorted(set(sections))
    group.save(update_fields=["duties", "sections"])
    facts = {"title": group.title, "sections": group.sections}
    ledger.record("plan_tasks.group_described", subject=_subject(group), by=by, at=at, facts=facts)
    return group


def _seat(
    group: LeadingGroup,
    role: str,
    unit_code: str,
    post: str,
    person: str,
    since: date,
    source: str,
    follows: Seat | None,
    by: Actor,
    at: datetime,
) -> Seat:
    unit = org.unit(unit_code)
    if bool(post) == bool(person) or role not in Seat.Role.values:
        raise Refusal(
            "plan_tasks.post_or_person", "成员要么写岗位，要么写到人，二者选一。", "请选择组内职务，再选岗位或者人员。"
        )
    if not source.strip():
        raise Refusal("plan_tasks.source_missing", "没有写依据。", "请填写确定成员的文件，例如文号。")
    if not unit.holds(since):
        raise Refusal("plan_tasks.unit_not_standing", f"{unit.short_name}在那一天不存在。", "请选择当天在册的单位。")
    somebody = _who(unit, post, person, since)
    held = Seat.objects.filter(group=group, valid_to=None)
    if role == Seat.Role.LEADER and held.filter(role=role).exists():
        raise Refusal("plan_tasks.leader_seated", f"{group.title}已经有组长。", "请先办理原组长离任，或者移交。")
    if held.filter(unit=unit, post=post, person=somebody).exists():
        raise Refusal("plan_tasks.seated_already", "这位成员已经在组里。", "职务有变的，请先办理离任。")
    seat = Seat.objects.create(
        group=group,
        role=role,
        unit=unit,
        post=post,
        person=somebody,
        valid_from=since,
        follows=follows,
        source=source.strip()[:200],
        seated_at=at,
        seated_by=by.person,
    )
    _record("plan_tasks.member_seated", seat, by, at)
    return seat


def _who(unit: org.Unit, post: str, person: str, since: date) -> org.Person | None:
    """Return the person, who must work in the unit on the day; None for a post, which the unit must have."""
    if post:
        if org.Post.objects.filter(unit=unit, code=post).on(since).exists():
            return None
        raise Refusal("plan_tasks.not_in_that_unit", f"{unit.short_name}没有这个岗位。", "请从列出的岗位中选择。")
    found = org.Person.objects.filter(pseudonym=person).first()
    if found is None:
        raise NotFound("这位人员")
    if not org.posts_held(found, since, in_unit=unit).exists():
        raise Refusal(
            "plan_tasks.not_in_that_unit", f"{found.name}那一天不在{unit.short_name}任职。", "请核对单位和人员。"
        )
    return found


def _unseat(seat: Seat, gone_on: date, reason: str, by: Actor, at: datetime) -> Seat:
    if seat.valid_to is not None:
        raise Refusal("plan_tasks.seat_over", "这位成员已经离任。", "请刷新页面查看最新名单。")
    assert seat.valid_from is not None  # held by a constraint of the table
    if gone_on <= seat.valid_from:
        raise Refusal("plan_tasks.leaves_before_coming", "离任日要晚于任职日。", "请核对日期。")
    if not reason.strip():
        raise Refusal("plan_tasks.reason_missing", "离任要写明原因。", "请填写原因后再提交。")
    seat.valid_to, seat.end_reason, seat.ended_at, seat.ended_by = gone_on, reason.strip()[:200], at, by.person
    seat.save(update_fields=["valid_to", "end_reason", "ended_at", "ended_by"])
    _record("plan_tasks.member_left", seat, by, at)
    return seat


def _locked(group_id: int) -> LeadingGroup:
    rows = LeadingGroup.objects.select_for_update(of=("self",)).select_related("plan")
    group = rows.filter(pk=group_id).first()
    if group is None:
        raise NotFound("这个小组")
    return group


def _locked_seat(seat_id: int) -> Seat:
    """Return a seat, its group locked first, so that two deeds on one group follow each other."""
    seen = Seat.objects.filter(pk=seat_id).first()
    if seen is None:
        raise NotFound("这位成员")
    _locked(seen.group_id)
    return Seat.objects.select_related("group__plan", "unit").get(pk=seat_id)


def _subject(group: LeadingGroup) -> str:
    return f"leading_group:{group.pk}"


def _record(kind: str, seat: Seat, by: Actor, at: datetime) -> None:
    facts = {
        "group": seat.group.title,
        "role": seat.get_role_display(),
        "unit": seat.unit.code,
        "from": str(seat.valid_from),
        "to": str(seat.valid_to or ""),
    }
    ledger.record(kind, subject=_subject(seat.group), by=by, at=at, facts=facts)
