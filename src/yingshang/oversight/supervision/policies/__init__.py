"""Who may supervise, answer, review and publish. One module per part; importing them here registers the policies."""

from yingshang.oversight.supervision.policies.authority import may_end_authority, may_enter_authority, may_see_work
from yingshang.oversight.supervision.policies.reports import (
    may_answer_report,
    may_close_unanswered,
    may_file_report,
    may_see_report,
    may_settle_report,
    may_triage_report,
)

__all__ = [
    "may_answer_report",
    "may_close_unanswered",
    "may_end_authority",
    "may_enter_authority",
    "may_file_report",
    "may_see_report",
    "may_see_work",
    "may_settle_report",
    "may_triage_report",
]
