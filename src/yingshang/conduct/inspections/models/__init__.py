"""Tables: what the county settles, who may be drawn, what is planned, and each visit with what was found."""

from yingshang.conduct.inspections.models.plans import Batch, Permission, Plan, PlanLine
from yingshang.conduct.inspections.models.pools import Exemption, Grading, Inspector, Target, Tie
from yingshang.conduct.inspections.models.settled import Cap, CrewRule, GradeRule, ResultCode, Tag
from yingshang.conduct.inspections.models.visits import (
    Answer,
    Crew,
    FollowUp,
    Outcome,
    Photo,
    Scan,
    Stop,
    Visit,
    VisitItem,
)

__all__ = [
    "Answer",
    "Batch",
    "Cap",
    "Crew",
    "CrewRule",
    "Exemption",
    "FollowUp",
    "GradeRule",
    "Grading",
    "Inspector",
    "Outcome",
    "Permission",
    "Photo",
    "Plan",
    "PlanLine",
    "ResultCode",
    "Scan",
    "Stop",
    "Tag",
    "Target",
    "Tie",
    "Visit",
    "VisitItem",
]
