"""Tables of cases."""

from yingshang.casework.cases.models.case import Case, CaseMaterial, Channel
from yingshang.casework.cases.models.commitments import Commitment
from yingshang.casework.cases.models.desk import CasePaper, ManyAtOnce, SavedFilter
from yingshang.casework.cases.models.drafts import Draft, Upload
from yingshang.casework.cases.models.handling import CorrectionNotice, ExtensionRequest, FilingViolation, Letter
from yingshang.casework.cases.models.outcomes import Decision, Explanation, Revocation

__all__ = [
    "Case",
    "CaseMaterial",
    "CasePaper",
    "Channel",
    "Commitment",
    "CorrectionNotice",
    "Decision",
    "Draft",
    "Explanation",
    "ExtensionRequest",
    "FilingViolation",
    "Letter",
    "ManyAtOnce",
    "Revocation",
    "SavedFilter",
    "Upload",
]
