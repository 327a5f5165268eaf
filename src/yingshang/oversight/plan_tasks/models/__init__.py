"""Tables: the reading of a notice, the published plan, who owes what, and the units' own plans under it."""

from yingshang.oversight.plan_tasks.models.deliverable import Deliverable, Enactment
from yingshang.oversight.plan_tasks.models.delivery import Delivery
from yingshang.oversight.plan_tasks.models.leading_group import LeadingGroup, Seat
from yingshang.oversight.plan_tasks.models.plan import (
    Assignment,
    Duty,
    Edition,
    Nomination,
    Passage,
    Plan,
    Section,
    Task,
)
from yingshang.oversight.plan_tasks.models.progress import Progress, TypingDay, TypingRule
from yingshang.oversight.plan_tasks.models.reading import Question, Reading
from yingshang.oversight.plan_tasks.models.work_plans import (
    Filing,
    FilingDecision,
    Letter,
    Stage,
    WorkPlan,
    WorkPlanEdition,
    YearlyDuty,
)

__all__ = [
    "Assignment",
    "Deliverable",
    "Delivery",
    "Duty",
    "Edition",
    "Enactment",
    "Filing",
    "FilingDecision",
    "LeadingGroup",
    "Letter",
    "Nomination",
    "Passage",
    "Plan",
    "Progress",
    "Question",
    "Reading",
    "Seat",
    "Section",
    "Stage",
    "Task",
    "TypingDay",
    "TypingRule",
    "WorkPlan",
    "WorkPlanEdition",
    "YearlyDuty",
]
