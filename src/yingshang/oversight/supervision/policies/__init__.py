"""Who may supervise, answer, review and publish. One module per part; importing them here registers the policies."""

from yingshang.oversight.supervision.policies import answers, authority, digests, letters, reports
from yingshang.oversight.supervision.policies.checks import (
    may_answer_finding,
    may_approve_check,
    may_decide_conclusion_review,
    may_judge_rectification,
    may_object_to_conclusion,
    may_plan_check,
    may_run_check,
    may_see_check,
)

__all__ = [
    "answers",
    "authority",
    "digests",
    "letters",
    "may_answer_finding",
    "may_approve_check",
    "may_decide_conclusion_review",
    "may_judge_rectification",
    "may_object_to_conclusion",
    "may_plan_check",
    "may_run_check",
    "may_see_check",
    "reports",
]
