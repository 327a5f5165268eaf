"""Tables of supervision: facts and constraints, no deeds."""

from yingshang.oversight.supervision.models.answer import Answer, Objection
from yingshang.oversight.supervision.models.authority import Authority
from yingshang.oversight.supervision.models.digest import Digest, DigestItem, DigestUnit
from yingshang.oversight.supervision.models.ladder import Ladder
from yingshang.oversight.supervision.models.letter import Letter, LetterStep, Talk
from yingshang.oversight.supervision.models.reports import ProblemReport, ReportStep
from yingshang.oversight.supervision.models.supervision import Climb, Supervision

__all__ = [
    "Answer",
    "Authority",
    "Climb",
    "Digest",
    "DigestItem",
    "DigestUnit",
    "Ladder",
    "Letter",
    "LetterStep",
    "Objection",
    "ProblemReport",
    "ReportStep",
    "Supervision",
    "Talk",
]
