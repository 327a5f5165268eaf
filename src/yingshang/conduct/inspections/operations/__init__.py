"""Writes: one function per deed."""

from yingshang.conduct.inspections.operations.batches import TakenOver, seal_batch, take_over
from yingshang.conduct.inspections.operations.loading import load
from yingshang.conduct.inspections.operations.permissions import ask_permission, decide_permission
from yingshang.conduct.inspections.operations.plans import (
    add_line,
    decide_plan,
    draft_plan,
    publish_plan,
    remove_line,
    submit_plan,
)
from yingshang.conduct.inspections.operations.pools import (
    add_inspector,
    add_target,
    declare_tie,
    end_observation,
    grade_target,
    observe_target,
    remove_target,
    restore_inspector,
    suspend_inspector,
)
from yingshang.conduct.inspections.operations.scheduling import keep_attempt, plan_visit

__all__ = [
    "TakenOver",
    "add_inspector",
    "add_line",
    "add_target",
    "ask_permission",
    "decide_permission",
    "decide_plan",
    "declare_tie",
    "draft_plan",
    "end_observation",
    "grade_target",
    "keep_attempt",
    "load",
    "observe_target",
    "plan_visit",
    "publish_plan",
    "remove_line",
    "remove_target",
    "restore_inspector",
    "seal_batch",
    "submit_plan",
    "suspend_inspector",
    "take_over",
]
