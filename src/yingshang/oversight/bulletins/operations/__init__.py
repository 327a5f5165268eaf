"""Writes: one function per deed."""

from yingshang.oversight.bulletins.operations.county import load
from yingshang.oversight.bulletins.operations.drafting import correct, draft, draft_if_due, edit, take_again
from yingshang.oversight.bulletins.operations.issuing import issue
from yingshang.oversight.bulletins.operations.reviewing import approve, send_back, submit

__all__ = ["approve", "correct", "draft", "draft_if_due", "edit", "issue", "load", "send_back", "submit", "take_again"]
