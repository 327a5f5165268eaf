"""Tables of supervision: facts and constraints, no deeds."""

from yingshang.oversight.supervision.models.authority import Authority
from yingshang.oversight.supervision.models.reports import ProblemReport, ReportStep

__all__ = ["Authority", "ProblemReport", "ReportStep"]
