"""Bring what units owe into line with what the edition in force asks for on a day."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from yingshang.kernel import clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks.models import Assignment, Duty, Edition, Task
from yingshang.oversight.plan_tasks.queries import duties_standing, identity, tasks_with_assignments
from yingshang.oversight.plan_tasks.rules import CARRY_OUT, NAME_UNITS, SUB_PLAN, Named, Share, shares_of

LIMIT_OF = {SUB_PLAN: "PLAN.SUBPLAN", NAME_UNITS: "PLAN.NAMING"}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Wanted:
    """A duty that the edition asks for on a day."""

    task: Task
    share: Share
    kind: str
    due_date: date | None

    @property
    def key(self) -> Key:
        return (identity(self.task), self.share.unit, self.kind)


def settle(edition: Edition, *, before: Edition | None, by: Actor, on: date, at: datetime) -> int:
    """Open what is asked for and not yet owed, cancel what is asked for no more; returns how many were opened.

    before: the edition just superseded, whose standing duties are taken over;
    None compares with the edition's own. Queries: fixed, but for cancellations.
    """
    wanted = {each.key: each for each in wanted_on(edition, on)}
    standing = {
        (identity(duty.task), duty.unit.code, duty.obligation.kind): duty for duty in duties_standing(before or edition)
    }
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    groups = {group.code: group for group in org.Group.objects.all()}
    for key, duty in standing.items():
        if key not in wanted and duty.obligation.state == work.Obligation.State.OPEN:
            why = "新版方案不再要求。" if before else "该单位已不在分工之内。"
            work.cancel(obligation_id=duty.obligation_id, reason=why, by=SYSTEM, at=at)
    limits = _limits_on(on)
    fresh = [each for key, each in wanted.items() if key not in standing]
    obligations = work.owe_all([_owed(edition, each, units[each.share.unit], limits) for each in fresh], by=by, at=at)
    rows = [_duty(each, units, groups, obligation.pk) for each, obligation in zip(fresh, obligations, strict=True)]
    if before is not None:
        kept = [(each, standing[key].obligation_id) for key, each in wanted.items() if key in standing]
        rows += [_duty(each, units, groups, obligation_id) for each, obligation_id in kept]
    Duty.objects.bulk_create(rows)
    return len(fresh)


def wanted_on(edition: Edition, on: date) -> Iterable[Wanted]:
    """Yield every duty that the edition asks for on a day, each unit once per task and kind."""
    members: dict[str, list[str]] = {}
    for task in tasks_with_assignments(edition):
        assigned = list(task.assignments.all())
        named = [
            (_named(each), _units_meant(each, on, members), each.group.code if each.group else "") for each in assigned
        ]
        due = min((each.due_date for each in task.passages.all() if each.due_date), default=None)
        for share in shares_of(named):
            yield Wanted(task, share, CARRY_OUT if due else SUB_PLAN, due)
        if any(
            each.group and each.group.rule == org.Group.Rule.CONCERNED and not each.nominations.all()
            for each in assigned
        ):
            for lead in [each.unit for each in assigned if each.role == Assignment.Role.LEAD and each.unit]:
                yield Wanted(task, Share(lead.code, "lead"), NAME_UNITS, None)


def _named(assignment: Assignment) -> Named:
    return Named(assignment.role, assignment.printed)  # type: ignore[arg-type]


def _units_meant(assignment: Assignment, on: date, members: dict[str, list[str]]) -> list[str]:
    if assignment.unit is not None:
        heir = org.heir_on(assignment.unit, on)
        return [heir.code] if heir else []
    if assignment.group is None:
        return []
    if assignment.group.rule == org.Group.Rule.CONCERNED:
        return [each.unit.code for each in assignment.nominations.all()]
    code = assignment.group.code
    if code not in members:
        members[code] = [unit.code for unit in org.members_on(code, on)]
    return members[code]


def _owed(edition: Edition, wanted: Wanted, unit: org.Unit, limits: dict[str, clock.Limit]) -> work.Owed:
    number = wanted.task.number or str(wanted.task.place)
    title = {
        SUB_PLAN: f"报送第{number}项任务的子方案",
        CARRY_OUT: f"完成第{number}项任务",
        NAME_UNITS: f"点名第{number}项任务的“有关”单位",
    }[wanted.kind]
    return work.Owed(
        kind=wanted.kind,
        title=title,
        unit=unit,
        limit=limits.get(wanted.kind),
        due_date=wanted.due_date,
        origin=f"plan:{edition.plan.code}:{wanted.task.place}",
        source=f"{edition.document_no} 第{number}项".strip(),
    )


def _limits_on(on: date) -> dict[str, clock.Limit]:
    """Return the county's limits for kinds of duty; a kind without one stays undated."""
    found = {}
    for kind, code in LIMIT_OF.items():
        with contextlib.suppress(NotFound):
            found[kind] = clock.limit_on(code, on)
    return found


def _duty(wanted: Wanted, units: dict[str, org.Unit], groups: dict[str, org.Group], obligation_id: int) -> Duty:
    return Duty(
        task=wanted.task,
        unit=units[wanted.share.unit],
        role=wanted.share.role,
        group=groups.get(wanted.share.group),
        obligation_id=obligation_id,
    )
