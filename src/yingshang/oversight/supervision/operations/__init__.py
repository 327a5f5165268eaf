"""The deeds, one function per deed."""

from yingshang.oversight.supervision.operations.answering import Upload, accept_answer, answer_letter, return_answer
from yingshang.oversight.supervision.operations.approving import decide_letter, next_step, redraft_letter
from yingshang.oversight.supervision.operations.arranging import postpone, put_back, take_out
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse, end_authority, enter_authority
from yingshang.oversight.supervision.operations.checks.drawing import arrange_drawn_checks, seal_random_checks
from yingshang.oversight.supervision.operations.checks.planning import approve_plan, call_off_check, plan_checks
from yingshang.oversight.supervision.operations.checks.rectifying import (
    accept_rectification,
    answer_finding,
    return_rectification,
)
from yingshang.oversight.supervision.operations.checks.reviewing import decide_conclusion_review, object_to_conclusion
from yingshang.oversight.supervision.operations.checks.visiting import add_finding, conclude_check, make_check
from yingshang.oversight.supervision.operations.circulating import publish_circular
from yingshang.oversight.supervision.operations.confirming import confirm_digest
from yingshang.oversight.supervision.operations.correcting import issue_correction
from yingshang.oversight.supervision.operations.digesting import make_digest, sweep_and_make
from yingshang.oversight.supervision.operations.loading import load
from yingshang.oversight.supervision.operations.notifying import send_waiting
from yingshang.oversight.supervision.operations.objecting import decide_objection, object_to_letter
from yingshang.oversight.supervision.operations.public.cases import (
    draft_case,
    drop_case,
    hear_unit,
    publish_case,
    review_case,
)
from yingshang.oversight.supervision.operations.public.listing import (
    decide_listing,
    propose_listing,
    report_listing,
    verify_listing,
)
from yingshang.oversight.supervision.operations.rendering import render_letter, render_waiting, seal_letter
from yingshang.oversight.supervision.operations.reports.answering import (
    ask_to_close_report,
    return_report,
    sign_for_report,
)
from yingshang.oversight.supervision.operations.reports.filing import Filed, file_report
from yingshang.oversight.supervision.operations.reports.settling import (
    close_unanswered_report,
    confirm_report,
    reopen_report,
)
from yingshang.oversight.supervision.operations.reports.triage import assign_report, merge_report, turn_away_report
from yingshang.oversight.supervision.operations.settling import Settled, settle
from yingshang.oversight.supervision.operations.talking import record_talk
from yingshang.oversight.supervision.operations.windows.naming import Problem, file_problem_list
from yingshang.oversight.supervision.operations.windows.opening import open_periods
from yingshang.oversight.supervision.operations.windows.self_checking import fill_self_check, fix_item

__all__ = [
    "Filed",
    "Problem",
    "Settled",
    "Upload",
    "accept_answer",
    "accept_rectification",
    "add_finding",
    "answer_finding",
    "answer_letter",
    "approve_plan",
    "arrange_drawn_checks",
    "ask_to_close_report",
    "assign_report",
    "authority_or_refuse",
    "call_off_check",
    "close_unanswered_report",
    "conclude_check",
    "confirm_digest",
    "confirm_report",
    "decide_conclusion_review",
    "decide_letter",
    "decide_listing",
    "decide_objection",
    "draft_case",
    "drop_case",
    "end_authority",
    "enter_authority",
    "file_problem_list",
    "file_report",
    "fill_self_check",
    "fix_item",
    "hear_unit",
    "issue_correction",
    "load",
    "make_check",
    "make_digest",
    "merge_report",
    "next_step",
    "object_to_conclusion",
    "object_to_letter",
    "open_periods",
    "plan_checks",
    "postpone",
    "propose_listing",
    "publish_case",
    "publish_circular",
    "put_back",
    "record_talk",
    "redraft_letter",
    "render_letter",
    "render_waiting",
    "reopen_report",
    "report_listing",
    "return_answer",
    "return_rectification",
    "return_report",
    "review_case",
    "seal_letter",
    "seal_random_checks",
    "send_waiting",
    "settle",
    "sign_for_report",
    "sweep_and_make",
    "take_out",
    "turn_away_report",
    "verify_listing",
]
