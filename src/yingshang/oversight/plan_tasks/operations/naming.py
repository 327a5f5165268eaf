"""Name the units that “有关” means in a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks.models import Assignment, Duty, Nomination, Task
from yingshang.oversight.plan_tasks.operations.duties import settle
from yingshang.oversight.plan_tasks.rules import NAME_UNITS


@transaction.atomic
def name_units(*, assignment_id: int, unit_codes: Sequence[str], by: Actor, on: date, at: datetime) -> list[Nomination]:
    """Name units for a group *concerned*; each owes its share from that day.

    unit_codes: one or more, from ``org.candidates_on``. Named units are added to
    those named before. One lead names for all leads of the task; the naming is
    done once every group *concerned* of the task has a unit. Raises NotFound,
    Refusal ``plan_tasks.nothing_to_name``, ``plan_tasks.unit_not_in_group``,
    and whatever the policy refuses.
    Records ``plan_tasks.units_named``.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("task__edition__plan", "group")
        .filter(pk=assignment_id)
        .first()
    )
    if assignment is None:
        raise NotFound("这一项分工")
    task = assignment.task
    access.permit(by, "plan_tasks.name_units", task)
    if assignment.group is None or assignment.group.rule != org.Group.Rule.CONCERNED or task.edition.superseded_on:
        raise Refusal("plan_tasks.nothing_to_name", "这一项不需要点名单位。", "请返回任务页查看最新分工。")
    candidates = {unit.code: unit for unit in org.candidates_on(assignment.group.code, on)}
    outside = [code for code in unit_codes if code not in candidates]
    if outside or not unit_codes:
        said = f"“{'、'.join(outside)}”不在“{assignment.printed}”可选的单位之内。" if outside else "还没有选择单位。"
        raise Refusal("plan_tasks.unit_not_in_group", said, "请从列出的单位中选择。")
    rows = [
        Nomination(assignment=assignment, unit=candidates[code], named_by=by.person, named_on=on)
        for code in dict.fromkeys(unit_codes)
    ]
    Nomination.objects.bulk_create(rows, ignore_conflicts=True)
    if not task.assignments.filter(group__rule=org.Group.Rule.CONCERNED, nominations=None).exists():
        _close_naming(task, evidence="已点名：" + "、".join(unit_codes), by=by, at=at)
    settle(task.edition, before=None, by=by, on=on, at=at)
    ledger.record(
        "plan_tasks.units_named",
        subject=f"plan:{task.edition.plan.code}",
        by=by,
        at=at,
        facts={"task": task.place, "printed": assignment.printed, "units": list(unit_codes)},
    )
    return rows


def _close_naming(task: Task, *, evidence: str, by: Actor, at: datetime) -> None:
    """Fulfill the naming that every lead of a task owes: the actor's unit its own, the platform that of the others."""
    duties = Duty.objects.filter(task=task, obligation__kind=NAME_UNITS, obligation__state=work.Obligation.State.OPEN)
    for duty in duties.select_related("unit").order_by("obligation_id"):
        closer = by if duty.unit.code == by.unit else SYSTEM
        work.fulfill(obligation_id=duty.obligation_id, by=closer, at=at, evidence=evidence)
