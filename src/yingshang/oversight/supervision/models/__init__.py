"""Tables of supervision: facts and constraints, no deeds."""

from yingshang.oversight.supervision.models.answer import Answer, Objection
from yingshang.oversight.supervision.models.authority import Authority
from yingshang.oversight.supervision.models.cases import TypicalCase
from yingshang.oversight.supervision.models.checks import (
    Check,
    CheckMember,
    CheckPlan,
    ConclusionObjection,
    Finding,
    RectificationAnswer,
)
from yingshang.oversight.supervision.models.digest import Digest, DigestItem, DigestUnit
from yingshang.oversight.supervision.models.ladder import Ladder
from yingshang.oversight.supervision.models.letter import Letter, LetterStep, Talk
from yingshang.oversight.supervision.models.listings import Listing, ListingStep
from yingshang.oversight.supervision.models.outside import OutsideNotice
from yingshang.oversight.supervision.models.problem_lists import NamedProblem, ProblemList
from yingshang.oversight.supervision.models.reports import ProblemReport, ReportStep
from yingshang.oversight.supervision.models.self_checks import SelfCheck, SelfCheckItem
from yingshang.oversight.supervision.models.supervision import Climb, Supervision

__all__ = [
    "Answer",
    "Authority",
    "Check",
    "CheckMember",
    "CheckPlan",
    "Climb",
    "ConclusionObjection",
    "Digest",
    "DigestItem",
    "DigestUnit",
    "Finding",
    "Ladder",
    "Letter",
    "LetterStep",
    "Listing",
    "ListingStep",
    "NamedProblem",
    "Objection",
    "OutsideNotice",
    "ProblemList",
    "ProblemReport",
    "RectificationAnswer",
    "ReportStep",
    "SelfCheck",
    "SelfCheckItem",
    "Supervision",
    "Talk",
    "TypicalCase",
]
