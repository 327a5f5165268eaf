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
from yingshang.oversight.supervision.policies.public import (
    may_answer_listing,
    may_approve_case,
    may_approve_listing,
    may_be_heard,
    may_draft_case,
    may_propose_listing,
    may_review_case,
    may_see_case,
    may_verify_listing,
)
from yingshang.oversight.supervision.policies.windows import (
    may_file_problem_list,
    may_fill_self_check,
    may_see_own_look,
)

__all__ = [
    "answers",
    "authority",
    "digests",
    "letters",
    "may_answer_finding",
    "may_answer_listing",
    "may_approve_case",
    "may_approve_check",
    "may_approve_listing",
    "may_be_heard",
    "may_decide_conclusion_review",
    "may_draft_case",
    "may_file_problem_list",
    "may_fill_self_check",
    "may_judge_rectification",
    "may_object_to_conclusion",
    "may_plan_check",
    "may_propose_listing",
    "may_review_case",
    "may_run_check",
    "may_see_case",
    "may_see_check",
    "may_see_own_look",
    "may_verify_listing",
    "reports",
]
