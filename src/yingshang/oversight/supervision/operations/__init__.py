"""The deeds, one function per deed."""

from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse, end_authority, enter_authority
from yingshang.oversight.supervision.operations.loading import load
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

__all__ = [
    "Filed",
    "ask_to_close_report",
    "assign_report",
    "authority_or_refuse",
    "close_unanswered_report",
    "confirm_report",
    "end_authority",
    "enter_authority",
    "file_report",
    "load",
    "merge_report",
    "reopen_report",
    "return_report",
    "sign_for_report",
    "turn_away_report",
]
