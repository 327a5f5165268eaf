"""Writes: one function per deed."""

from yingshang.conduct.inspections.operations.answering import (
    explain_alarm,
    note_other_visit,
    raise_alarm,
    rate_visit,
)
from yingshang.conduct.inspections.operations.arranging import arrange_visit
from yingshang.conduct.inspections.operations.batches import TakenOver, seal_batch, take_over
from yingshang.conduct.inspections.operations.following import finish_follow_up, report_rectified
from yingshang.conduct.inspections.operations.loading import load
from yingshang.conduct.inspections.operations.merging import merge_visits
from yingshang.conduct.inspections.operations.papers import issue_notice, issue_report
from yingshang.conduct.inspections.operations.permissions import ask_permission, decide_permission
from yingshang.conduct.inspections.operations.plans import (
    Task,
    add_line,
    change_line,
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
from yingshang.conduct.inspections.operations.publishing import correct_results, publish_results
from yingshang.conduct.inspections.operations.recording import Marked, Sheet, record_visit
from yingshang.conduct.inspections.operations.scheduling import keep_attempt, plan_visit
from yingshang.conduct.inspections.operations.substituting import Evidence, substitute
from yingshang.conduct.inspections.operations.taking_in import TakenIn, TargetRow, take_in_targets
from yingshang.conduct.inspections.operations.visiting import start_visit, stop_visit

__all__ = [
    "Evidence",
    "Marked",
    "Sheet",
    "TakenIn",
    "TakenOver",
    "TargetRow",
    "Task",
    "add_inspector",
    "add_line",
    "add_target",
    "arrange_visit",
    "ask_permission",
    "change_line",
    "correct_results",
    "decide_permission",
    "decide_plan",
    "declare_tie",
    "draft_plan",
    "end_observation",
    "explain_alarm",
    "finish_follow_up",
    "grade_target",
    "issue_notice",
    "issue_report",
    "keep_attempt",
    "load",
    "merge_visits",
    "note_other_visit",
    "observe_target",
    "plan_visit",
    "publish_plan",
    "publish_results",
    "raise_alarm",
    "rate_visit",
    "record_visit",
    "remove_line",
    "remove_target",
    "report_rectified",
    "restore_inspector",
    "seal_batch",
    "start_visit",
    "stop_visit",
    "submit_plan",
    "substitute",
    "suspend_inspector",
    "take_in_targets",
    "take_over",
]
