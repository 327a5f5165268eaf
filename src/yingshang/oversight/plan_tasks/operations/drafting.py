"""Begin a unit's own plan, and begin its next edition."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.work_plan_locks import (
    changed,
    locked_edition,
    locked_work_plan,
    refuse_unwritable,
)
from yingshang.oversight.plan_tasks.rules import PLANNED

COPIED = (
    *("line", "place", "title", "goal_kind", "goal", "baseline", "target", "goal_unit", "target_date", "items"),
    *("source", "measure", "starts_on", "finish_on", "answers", "obligation_id"),
)


@transaction.atomic
def start_work_plan(*, obligation_id: int, by: Actor, on: date, at: datetime) -> WorkPlan:
    """Begin the plan with which a unit answers a duty, with an empty first edition; begun before, return it.

    Raises NotFound, Refusal ``plan_tasks.needs_no_plan``, and whatever the
    policy refuses. Records ``plan_tasks.work_plan_started``.
    """
    begun = queries.work_plan_answering(obligation_id) or _to_begin(obligation_id)
    access.permit(by, "plan_tasks.write_work_plan", begun)
    if begun.pk is None:
        begun, _ = WorkPlan.objects.get_or_create(
            unit=begun.unit,
            plan=begun.plan,
            task_key=begun.task_key,
            year=None,
            defaults={"holder": begun.holder, "obligation_id": obligation_id},
        )
    begun = locked_work_plan(begun.pk)
    if begun.obligation_id != obligation_id:
        begun.obligation_id = obligation_id
        begun.save(update_fields=["obligation"])
    if begun.editions.exists():
        return begun
    WorkPlanEdition.objects.create(work_plan=begun, number=1, started_on=on, started_by=by.person)
    ledger.record(
        "plan_tasks.work_plan_started",
        subject=f"work_plan:{begun.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(begun), "edition": 1},
    )
    return begun


def _to_begin(obligation_id: int) -> WorkPlan:
    """Return the plan that would answer a duty, not stored yet."""
    duty = queries.duty_with(obligation_id)
    if duty.obligation.kind not in PLANNED:
        raise Refusal("plan_tasks.needs_no_plan", f"“{duty.obligation.title}”不用编制方案。", "请在任务页上办理。")
    task = duty.task
    return WorkPlan(
        unit=duty.unit,
        holder=duty.unit,
        plan=task.edition.plan,
        task_key=queries.identity(task),
        obligation=duty.obligation,
    )


@transaction.atomic
def revise_work_plan(*, work_plan_id: int, reason: str, by: Actor, on: date, at: datetime) -> WorkPlanEdition:
    """Begin the next edition of an accepted plan, with the same stages; the accepted one stays in force meanwhile.

    Raises NotFound, Refusal ``plan_tasks.nothing_accepted``,
    ``plan_tasks.edition_in_hand``, ``plan_tasks.change_needs_reason``, and
    whatever the policy refuses. Records ``plan_tasks.work_plan_started``.
    """
    plan = locked_work_plan(work_plan_id)
    access.permit(by, "plan_tasks.write_work_plan", plan)
    before = queries.accepted_edition(plan)
    if before is None:
        raise Refusal("plan_tasks.nothing_accepted", "这份方案还没有备案，没有可以改的版本。", "请先完成并报备第一版。")
    if queries.edition_in_hand(plan) is not None:
        raise Refusal("plan_tasks.edition_in_hand", "新的一版已经在编制或者审核中。", "请在那一版上办理。")
    if not reason.strip():
        raise Refusal("plan_tasks.change_needs_reason", "改动已备案的方案要写明理由。", "请填写理由后再开始新的一版。")
    latest = plan.editions.order_by("-number").values_list("number", flat=True).first() or 0
    fresh = WorkPlanEdition.objects.create(
        work_plan=plan,
        number=latest + 1,
        aim=before.aim,
        change_reason=reason.strip()[:400],
        started_on=on,
        started_by=by.person,
    )
    copy_stages(before, fresh)
    ledger.record(
        "plan_tasks.work_plan_started",
        subject=f"work_plan:{plan.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(plan), "edition": fresh.number},
    )
    return fresh


def copy_stages(before: WorkPlanEdition, fresh: WorkPlanEdition) -> None:
    """Give an edition the stages of another, the same lines with the same dependencies."""
    stages = queries.stages_of(before)
    copies = Stage.objects.bulk_create(
        Stage(edition=fresh, **{name: getattr(stage, name) for name in COPIED}) for stage in stages
    )
    by_line = {copy.line: copy for copy in copies}
    for stage in stages:
        by_line[stage.line].follows.set([by_line[each.line] for each in stage.follows.all()])


@transaction.atomic
def set_aim(
    *, edition_id: int, aim: str, expected_version: int | None = None, by: Actor, at: datetime
) -> WorkPlanEdition:
    """Say what the plan as a whole is to reach (总体目标). A draft is the unit's own paper: nothing is recorded.

    Raises NotFound, Stale, Refusal ``plan_tasks.not_in_hand``, and whatever the policy refuses.
    """
    edition = locked_edition(edition_id)
    access.permit(by, "plan_tasks.write_work_plan", edition.work_plan)
    refuse_unwritable(edition, expected_version)
    edition.aim = aim.strip()
    edition.save(update_fields=["aim"])
    changed(edition)
    return edition


@transaction.atomic
def drop_edition(*, edition_id: int, by: Actor, at: datetime) -> WorkPlanEdition:
    """Give up a change that was begun: the accepted edition simply goes on.

    Raises NotFound, Refusal ``plan_tasks.not_in_hand``, ``plan_tasks.first_edition_stays``,
    and whatever the policy refuses. Records ``plan_tasks.work_plan_dropped``.
    """
    edition = locked_edition(edition_id)
    access.permit(by, "plan_tasks.write_work_plan", edition.work_plan)
    refuse_unwritable(edition, None)
    if edition.number == 1:
        raise Refusal("plan_tasks.first_edition_stays", "第一版方案必须报备，不能放弃。", "请完成后报备。")
    edition.state = WorkPlanEdition.State.DROPPED
    edition.save(update_fields=["state"])
    ledger.record(
        "plan_tasks.work_plan_dropped",
        subject=f"work_plan:{edition.work_plan_id}",
        by=by,
        at=at,
        facts={"title": queries.title_of(edition.work_plan), "edition": edition.number},
    )
    return edition
