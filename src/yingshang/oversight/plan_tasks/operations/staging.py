"""Write the stages of a draft: add, change, take out, put in order, say what follows what.

A draft is the unit's own paper: nothing is recorded until it is filed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Progress, Stage, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.work_plan_locks import (
    changed,
    locked_edition,
    locked_stage,
    refuse_unwritable,
)
from yingshang.oversight.plan_tasks.rules import Fault, StagePlan, cycle_in, order_faults, plan_faults, stage_faults

MOST_STAGES = 60
"""A guard for the page and the drawing, not a rule of the county."""


@transaction.atomic
def write_stage(
    *,
    edition_id: int,
    stage: StagePlan,
    stage_id: int | None = None,
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
) -> Stage:
    """Add a stage at the end of a draft, or change the one with ``stage_id``; what it follows is set apart.

    Raises NotFound, Stale, Refusal ``plan_tasks.not_in_hand``,
    ``plan_tasks.stage_signed_off``, ``plan_tasks.too_many_stages``,
    ``plan_tasks.unknown_measure``, whatever is wrong with the stage
    (``rules.stage_faults``), and whatever the policy refuses.
    """
    edition = _writable(edition_id, expected_version, by)
    _refuse_unknown_measure(stage)
    refuse_faults(stage_faults(stage, queries.span_of(edition.work_plan)))
    if stage_id is None:
        places = list(edition.stages.values_list("place", flat=True))
        if len(places) >= MOST_STAGES:
            raise Refusal("plan_tasks.too_many_stages", f"一份方案最多{MOST_STAGES}个阶段。", "请合并相近的阶段。")
        written = Stage.objects.create(edition=edition, place=max(places, default=0) + 1, **columns_of(stage))
    else:
        written = _stage_of(edition, stage_id)
        for name, value in columns_of(stage).items():
            setattr(written, name, value)
        written.save(update_fields=list(columns_of(stage)))
    changed(edition)
    return written


@transaction.atomic
def remove_stage(*, stage_id: int, expected_version: int | None = None, by: Actor, at: datetime) -> WorkPlanEdition:
    """Take a stage out of a draft; the others close up. Raises as ``write_stage``."""
    edition = _writable(locked_stage(stage_id).edition_id, expected_version, by)
    stage = _stage_of(edition, stage_id)
    stage.follows.clear()
    stage.followed_by.clear()
    stage.delete()
    _number(list(edition.stages.order_by("place")))
    changed(edition)
    return edition


@transaction.atomic
def put_stages_in_order(
    *, edition_id: int, stage_ids: Sequence[int], expected_version: int | None = None, by: Actor, at: datetime
) -> WorkPlanEdition:
    """Put the stages of a draft into the given order. Raises as ``write_stage``; NotFound when the ids are others."""
    edition = _writable(edition_id, expected_version, by)
    stages = {stage.pk: stage for stage in edition.stages.all()}
    if set(stage_ids) != set(stages) or len(stage_ids) != len(stages):
        raise NotFound("这些阶段")
    _number([stages[each] for each in stage_ids])
    changed(edition)
    return edition


@transaction.atomic
def set_dependencies(
    *, stage_id: int, follows: Collection[int], expected_version: int | None = None, by: Actor, at: datetime
) -> Stage:
    """Say which stages of the same draft, by their ids, a stage depends on.

    Raises Refusal ``plan_tasks.stages_in_a_cycle`` with the stages on the
    cycle, ``plan_tasks.stage_before_its_dependency``, and as ``write_stage``.
    """
    edition = _writable(locked_stage(stage_id).edition_id, expected_version, by)
    stage = _stage_of(edition, stage_id)
    others = {each.pk: each for each in edition.stages.exclude(pk=stage_id)}
    if not set(follows) <= set(others):
        raise NotFound("要先完成的阶段")
    stage.follows.set([others[each] for each in follows])
    plans = queries.stage_plans(queries.stages_of(edition))
    found = order_faults(plans)
    refuse_faults([fault for fault in found if fault.place == stage.place or cycle_in(plans)])
    changed(edition)
    return stage


@transaction.atomic
def replace_stages(
    *,
    edition_id: int,
    stages: Sequence[StagePlan],
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
) -> WorkPlanEdition:
    """Put the stages of a sheet in place of a draft's, all or nothing; a stage of the same name stays the same line.

    Raises as ``write_stage``, and for the whole as ``rules.plan_faults``.
    """
    edition = _writable(edition_id, expected_version, by)
    if len(stages) > MOST_STAGES:
        raise Refusal("plan_tasks.too_many_stages", f"一份方案最多{MOST_STAGES}个阶段。", "请合并相近的阶段。")
    for stage in stages:
        _refuse_unknown_measure(stage)
    refuse_faults(plan_faults(stages, queries.span_of(edition.work_plan)))
    before = {each.title: each for each in edition.stages.all()}
    for each in before.values():
        _refuse_signed_off(each)
    lines = {title: (each.line, each.obligation_id) for title, each in before.items()}
    for each in before.values():
        each.follows.clear()
    edition.stages.all().delete()
    written = {}
    for place, stage in enumerate(stages, 1):
        row = Stage(edition=edition, place=place, **columns_of(stage))
        if stage.title in lines:
            row.line, row.obligation_id = lines.pop(stage.title)
        row.save()
        written[stage.place] = row
    for stage in stages:
        written[stage.place].follows.set([written[each] for each in stage.follows if each in written])
    changed(edition)
    return edition


def columns_of(stage: StagePlan) -> dict[str, Any]:
    """Return the columns of a stage as planned; a goal's parts that its kind does not use stay empty."""
    goal = stage.goal
    is_number = goal.kind == "number"
    return {
        "title": stage.title.strip(),
        "goal_kind": str(goal.kind),
        "goal": goal.words.strip(),
        "baseline": goal.baseline if is_number else None,
        "target": goal.target if is_number else None,
        "goal_unit": goal.unit.strip() if is_number else "",
        "target_date": goal.target_date if goal.kind == "date" else None,
        "items": list(goal.items) if goal.kind == "list" else [],
        "source": goal.source.strip(),
        "measure": goal.measure if is_number else "",
        "starts_on": stage.starts_on,
        "finish_on": stage.finish_on,
        "answers": stage.answers.strip(),
    }


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Refuse with the first fault."""
    if faults:
        raise faults[0].refusal


def is_signed_off(stage: Stage) -> bool:
    """Return whether the bureau has confirmed that a stage is done."""
    return Progress.objects.filter(line=stage.line, kind=Progress.Kind.SIGNED_OFF).exists()


def _writable(edition_id: int, expected_version: int | None, by: Actor) -> WorkPlanEdition:
    edition = locked_edition(edition_id)
    access.permit(by, "plan_tasks.write_work_plan", edition.work_plan)
    refuse_unwritable(edition, expected_version)
    return edition


def _stage_of(edition: WorkPlanEdition, stage_id: int) -> Stage:
    stage = edition.stages.filter(pk=stage_id).first()
    if stage is None:
        raise NotFound("这个阶段")
    _refuse_signed_off(stage)
    return stage


def _refuse_signed_off(stage: Stage) -> None:
    if is_signed_off(stage):
        raise Refusal(
            "plan_tasks.stage_signed_off", f"“{stage.title}”已经销号，不能再改。", "请改其他阶段，或者增加阶段。"
        )


def _refuse_unknown_measure(stage: StagePlan) -> None:
    if stage.goal.measure and stage.goal.measure not in registry.measures():
        raise Refusal("plan_tasks.unknown_measure", "没有这个指标量。", "请从列出的指标量中选择，或者留空自行填报。")


def _number(stages: Sequence[Stage]) -> None:
    for place, stage in enumerate(stages, 1):
        stage.place = place
    Stage.objects.bulk_update(stages, ["place"])
