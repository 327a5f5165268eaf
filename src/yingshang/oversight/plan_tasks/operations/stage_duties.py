"""What an accepted edition makes a unit owe: each stage by its finish date, and the letter."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime

from yingshang.kernel import clock, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import FINISH_STAGE, SIGN_LETTER

LETTER = "PLAN.LETTER"
OPEN = work.Obligation.State.OPEN


def owe_stages(edition: WorkPlanEdition, before: WorkPlanEdition | None, *, by: Actor, at: datetime) -> None:
    """Open one obligation for each stage, due on its finish date.

    A line that the edition before has too keeps its obligation when its
    finish date is the same or it is finished; with another date, or gone, the
    old one is cancelled with that reason.
    """
    stages = queries.stages_of(edition)
    old = {stage.line: stage for stage in queries.stages_of(before)} if before else {}
    fresh = []
    for stage in stages:
        was = old.pop(stage.line, None)
        stage.obligation = was.obligation if was else None
        if was is None or was.obligation is None or (_is_open(was) and was.finish_on != stage.finish_on):
            fresh.append(stage)
            if was is not None and _is_open(was):
                _cancel(was, f"第{edition.number}版改期到{stage.finish_on}。", at)
    for gone in old.values():
        if _is_open(gone):
            _cancel(gone, f"第{edition.number}版不再有这个阶段。", at)
    open_stages(edition.work_plan, fresh, by=by, at=at)
    Stage.objects.bulk_update(stages, ["obligation"])


def open_stages(plan: WorkPlan, stages: Iterable[Stage], *, by: Actor, at: datetime) -> None:
    """Open the obligations of stages for the unit that answers for the plan now, and set them on the stages."""
    rows = list(stages)
    title = queries.title_of(plan)
    owed = [
        work.Owed(
            kind=FINISH_STAGE,
            title=f"完成{title}{stage}",
            unit=plan.holder,
            due_date=stage.finish_on,
            origin=plan.obligation.origin,
            source=plan.obligation.source,
        )
        for stage in rows
    ]
    for stage, obligation in zip(rows, work.owe_all(owed, by=by, at=at), strict=True):
        stage.obligation = obligation


def owe_letter(edition: WorkPlanEdition, before: WorkPlanEdition | None, *, by: Actor, at: datetime) -> None:
    """Open the duty of the unit's head to sign the letter; one still owed for the edition before is cancelled."""
    plan = edition.work_plan
    owed = before.letter_obligation if before else None
    if owed is not None and owed.state == OPEN:
        work.cancel(obligation_id=owed.pk, reason=f"已被第{edition.number}版替换。", by=SYSTEM, at=at)
    limit = None
    with contextlib.suppress(NotFound):
        limit = clock.limit_on(LETTER, clock.beijing_date(at))
    edition.letter_obligation = work.owe(
        kind=SIGN_LETTER,
        title=f"签署{queries.title_of(plan)}责任书",
        unit=plan.holder,
        limit=limit,
        origin=plan.obligation.origin,
        source=plan.obligation.source,
        by=by,
        at=at,
    )
    edition.save(update_fields=["letter_obligation"])


def _is_open(stage: Stage) -> bool:
    return stage.obligation is not None and stage.obligation.state == OPEN


def _cancel(stage: Stage, reason: str, at: datetime) -> None:
    assert stage.obligation_id is not None  # the caller has looked
    work.cancel(obligation_id=stage.obligation_id, reason=reason, by=SYSTEM, at=at)
