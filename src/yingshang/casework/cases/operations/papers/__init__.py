"""The papers of the office in a case: told by what was done, issued once of each kind, kept as they were handed over.

A paper says what the rows of the case say, so it can be issued at any time
after the deed, also for what the clock did by itself. It is typeset outside of
the deed: nobody waits for a page while a case is locked.
"""

from yingshang.casework.cases.operations.papers.issuing import issue_paper, paper_of
from yingshang.casework.cases.operations.papers.wording import correction_paper

__all__ = ["correction_paper", "issue_paper", "paper_of"]
