"""Lock a unit's own plan before anything about it is decided.

Plans are locked before obligations, everywhere in this package.
"""

from __future__ import annotations

from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.queries import IN_HAND


def locked_work_plan(work_plan_id: int) -> WorkPlan:
    """Return a plan, locked. Raises NotFound."""
    if not WorkPlan.objects.select_for_update().filter(pk=work_plan_id).exists():
        raise NotFound("这份方案")
    return queries.work_plan(work_plan_id)


def locked_edition(edition_id: int) -> WorkPlanEdition:
    """Return an edition, its plan locked. Raises NotFound."""
    locked_work_plan(queries.edition_with(edition_id).work_plan_id)
    return queries.edition_with(edition_id)


def locked_stage(stage_id: int) -> Stage:
    """Return a stage, its plan locked. Raises NotFound."""
    locked_work_plan(queries.stage_with(stage_id).edition.work_plan_id)
    return queries.stage_with(stage_id)


def refuse_unwritable(edition: WorkPlanEdition, expected_version: int | None) -> None:
    """Refuse to change what was filed; raise Stale when somebody changed the draft meanwhile."""
    if edition.state not in IN_HAND:
        raise Refusal(
            "plan_tasks.not_in_hand",
            f"这一版方案{edition.get_state_display()}，不能直接改。",
            "备案以后要改，请开始新的一版并写明理由；已报备的，请等待审核。",
        )
    refuse_stale(edition, expected_version)


def refuse_stale(edition: WorkPlanEdition, expected_version: int | None) -> None:
    """Raise Stale when the edition is not the one the person saw; None asks nothing."""
    if expected_version is not None and expected_version != edition.version:
        raise Stale("您打开页面以后，本单位有人改过这份方案。")


def changed(edition: WorkPlanEdition) -> None:
    """Count one change of a draft."""
    edition.version += 1
    edition.save(update_fields=["version"])
