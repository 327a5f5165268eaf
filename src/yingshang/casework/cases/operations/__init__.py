"""Deeds on cases, one function each: find, permit, check, move (which locks), change, record, tell.

The engine locks the step of a case before anything of it is changed; what a
deed adds afterwards is guarded by unique constraints.
"""

from yingshang.casework.cases.operations.accepting import accept, accept_tolerantly, advance
from yingshang.casework.cases.operations.adding import hand_in_correction, hand_in_supplies
from yingshang.casework.cases.operations.at_the_window import take_at_the_window
from yingshang.casework.cases.operations.checking import check_commitment, repair_promise
from yingshang.casework.cases.operations.correcting import ask_to_correct, correct, supply
from yingshang.casework.cases.operations.deciding import accept_on_commitment, decide
from yingshang.casework.cases.operations.demonstrated import load
from yingshang.casework.cases.operations.drafts import (
    answer_question,
    choose_way,
    drop_draft,
    fill_in,
    forget_drafts,
    keep_answers,
    move_to_newer,
    refresh_prefilled,
    start_draft,
)
from yingshang.casework.cases.operations.ending import decline, deliver, not_needed, revoke, withdraw
from yingshang.casework.cases.operations.explaining import explain_overdue, owe_explanation
from yingshang.casework.cases.operations.filings import attempt_refusal
from yingshang.casework.cases.operations.handed_in import Paper
from yingshang.casework.cases.operations.handing_in import hand_in
from yingshang.casework.cases.operations.letters import issue_letter
from yingshang.casework.cases.operations.moving import was_done
from yingshang.casework.cases.operations.papers import correction_paper, issue_paper, paper_of
from yingshang.casework.cases.operations.publishing import publish_decision
from yingshang.casework.cases.operations.results import (
    charge_fees,
    credential_kind,
    credential_of,
    hold_answers,
    issue_credential,
    printed_fields,
)
from yingshang.casework.cases.operations.saved_filters import forget_filter, save_filter
from yingshang.casework.cases.operations.submitting import audience_of_files, enter_paper, submit
from yingshang.casework.cases.operations.timing import approve_extension, ask_extension, resume, stop_clock
from yingshang.casework.cases.operations.together import note_together
from yingshang.casework.cases.operations.uploads import announce, append, remove, settle, take

__all__ = [
    "Paper",
    "accept",
    "accept_on_commitment",
    "accept_tolerantly",
    "advance",
    "announce",
    "answer_question",
    "append",
    "approve_extension",
    "ask_extension",
    "ask_to_correct",
    "attempt_refusal",
    "audience_of_files",
    "charge_fees",
    "check_commitment",
    "choose_way",
    "correct",
    "correction_paper",
    "credential_kind",
    "credential_of",
    "decide",
    "decline",
    "deliver",
    "drop_draft",
    "enter_paper",
    "explain_overdue",
    "fill_in",
    "forget_drafts",
    "forget_filter",
    "hand_in",
    "hand_in_correction",
    "hand_in_supplies",
    "hold_answers",
    "issue_credential",
    "issue_letter",
    "issue_paper",
    "keep_answers",
    "load",
    "move_to_newer",
    "not_needed",
    "note_together",
    "owe_explanation",
    "paper_of",
    "printed_fields",
    "publish_decision",
    "refresh_prefilled",
    "remove",
    "repair_promise",
    "resume",
    "revoke",
    "save_filter",
    "settle",
    "start_draft",
    "stop_clock",
    "submit",
    "supply",
    "take",
    "take_at_the_window",
    "was_done",
    "withdraw",
]
