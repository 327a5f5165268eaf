"""Writes: one function per deed."""

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
from yingshang.conduct.inspections.operations.scheduling import keep_attempt, plan_visit

__all__ = [
    "add_line",
    "ask_permission",
    "decide_permission",
    "decide_plan",
    "draft_plan",
    "keep_attempt",
    "load",
    "plan_visit",
    "publish_plan",
    "remove_line",
    "submit_plan",
]
