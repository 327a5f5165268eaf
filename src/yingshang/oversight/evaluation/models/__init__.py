"""Tables of evaluation: facts and constraints, no deeds."""

from yingshang.oversight.evaluation.models.asking import Inquiry, Interview
from yingshang.oversight.evaluation.models.evaluation import Evaluation, Interest, Owner
from yingshang.oversight.evaluation.models.evidence import AskedChange, Method, Settlement, Value
from yingshang.oversight.evaluation.models.extraction import Extraction, ExtractionTerms, OfficeHours
from yingshang.oversight.evaluation.models.outcome import Objection, Scoring

__all__ = [
    "AskedChange",
    "Evaluation",
    "Extraction",
    "ExtractionTerms",
    "Inquiry",
    "Interest",
    "Interview",
    "Method",
    "Objection",
    "OfficeHours",
    "Owner",
    "Scoring",
    "Settlement",
    "Value",
]
