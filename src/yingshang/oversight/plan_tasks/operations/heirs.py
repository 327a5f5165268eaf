"""A merged unit's plans go on with its heir; those of an abolished unit, or of a task that is gone, end."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import ledger, org, work
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Duty, Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.announced_plans import let_find, let_find_no_more
from yingshang.oversight.plan_tasks.operations.stage_duties import open_stages
from yingshang.oversight.plan_tasks.rules import CARRY_OUT

OPEN = work.Obligation.State.OPEN


@transaction.atomic
def follow_units(*, by: Actor, on: date, at: datetime) -> int:
    """Hand plans of units that ended to their heirs, end those that nobody takes over; return how many changed.

    A stage still open is cancelled for the old unit and opened for the heir
    with the same date. Records ``plan_tasks.work_plan_handed_over`` or
    ``plan_tasks.work_plan_ended``.
    """
    changed = 0
    in_force = queries.tasks_in_force()
    plans = WorkPlan.objects.select_for_update(of=("self",)).filter(ended_on=None)
    for plan in plans.select_related("unit", "holder", "plan", "obligation").order_by("pk"):
        heir = org.heir_on(plan.holder, on)
        if heir is None:
            changed += _end(plan, "单位已撤销，没有承接单位。", by=by, on=on, at=at)
        elif heir != plan.holder:
            changed += _hand_over(plan, heir, by=by, on=on, at=at)
        elif (plan.plan.code, plan.task_key) not in in_force:
            changed += _end(plan, "方案不再有这项任务。", by=by, on=on, at=at)
    return changed


def _hand_over(plan: WorkPlan, heir: org.Unit, *, by: Actor, on: date, at: datetime) -> int:
    was = plan.holder
    plan.holder = heir
    _take_up_duty(plan, was, heir, by=by, at=at)
    plan.save(update_fields=["holder", "obligation"])
    accepted = queries.accepted_edition(plan)
    if accepted is not None:
        open_ones = [
            stage for stage in queries.stages_of(accepted) if stage.obligation and stage.obligation.state == OPEN
        ]
        for stage in open_ones:
            _cancel(stage.obligation_id, f"已由{heir.short_name}承接。", at)
        open_stages(plan, open_ones, by=by, at=at)
        Stage.objects.bulk_update(open_ones, ["obligation"])
        let_find(accepted, at=at)
    ledger.record(
        "plan_tasks.work_plan_handed_over",
        subject=f"work_plan:{plan.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(plan), "unit": was.code, "heir": heir.code},
    )
    return 1


def _take_up_duty(plan: WorkPlan, was: org.Unit, heir: org.Unit, *, by: Actor, at: datetime) -> None:
    """Let the plan answer the heir's own duty for the same task, or a new one in place of the old unit's."""
    old = plan.obligation
    own = None
    if plan.year is None:
        duties = Duty.objects.filter(unit=heir, obligation__kind=old.kind, task__edition__plan=plan.plan_id)
        related = duties.select_related("task", "obligation").order_by("-pk")
        own = next((duty.obligation for duty in related if queries.identity(duty.task) == plan.task_key), None)
    taken = own is not None and WorkPlan.objects.filter(obligation=own).exists()
    if own is not None and not taken:
        plan.obligation = own
        if own.state == OPEN and own.kind != CARRY_OUT and queries.accepted_edition(plan) is not None:
            evidence = f"承接{was.short_name}已备案的方案"
            work.fulfill(obligation_id=own.pk, by=SYSTEM, at=at, evidence=evidence)
    if old.state == OPEN and old.unit_id == was.pk:
        _cancel(old.pk, f"已由{heir.short_name}承接。", at)
        has_own_year = plan.year and WorkPlan.objects.filter(unit=heir, plan=plan.plan_id, year=plan.year).exists()
        if own is None and not has_own_year:
            owed = work.Owed(
                kind=old.kind,
                title=old.title,
                unit=heir,
                due_date=old.due_date,
                origin=old.origin,
                source=old.source,
            )
            plan.obligation = work.owe_all([owed], by=by, at=at)[0]


def _end(plan: WorkPlan, reason: str, *, by: Actor, on: date, at: datetime) -> int:
    let_find_no_more(plan)
    plan.ended_on = on
    plan.save(update_fields=["ended_on"])
    accepted = queries.accepted_edition(plan)
    stages = queries.stages_of(accepted) if accepted else []
    owed = [stage.obligation for stage in stages] + [accepted.letter_obligation if accepted else None, plan.obligation]
    for obligation in owed:
        if obligation is not None and obligation.state == OPEN:
            _cancel(obligation.pk, reason, at)
    in_hand = queries.edition_in_hand(plan)
    if in_hand is not None:
        in_hand.state = WorkPlanEdition.State.DROPPED
        in_hand.save(update_fields=["state"])
    ledger.record(
        "plan_tasks.work_plan_ended",
        subject=f"work_plan:{plan.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(plan), "unit": plan.holder.code},
    )
    return 1


def _cancel(obligation_id: int | None, reason: str, at: datetime) -> None:
    assert obligation_id is not None  # the caller has looked
    work.cancel(obligation_id=obligation_id, reason=reason, by=SYSTEM, at=at)
