"""Tables: what the county settles, who may be drawn, what is planned, and each visit with what was found."""

from yingshang.conduct.inspections.models.enterprise import Alarm, OtherVisit, Rating
from yingshang.conduct.inspections.models.plans import Batch, Permission, Plan, PlanLine
from yingshang.conduct.inspections.models.pools import Exemption, Grading, Inspector, Target, Tie
from yingshang.conduct.inspections.models.settled import Cap, CrewRule, GradeRule, NoticeText, ResultCode, Tag
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
    "Alarm",
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
    "NoticeText",
    "OtherVisit",
    "Outcome",
    "Permission",
    "Photo",
    "Plan",
    "PlanLine",
    "Rating",
    "ResultCode",
    "Scan",
    "Stop",
    "Tag",
    "Target",
    "Tie",
    "Visit",
    "VisitItem",
]
