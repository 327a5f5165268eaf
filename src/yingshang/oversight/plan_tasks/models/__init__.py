"""Tables: the reading of a notice, what a person must settle, the published plan, and who owes what."""

from yingshang.oversight.plan_tasks.models.delivery import Delivery
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
from yingshang.oversight.plan_tasks.models.reading import Question, Reading

__all__ = [
    "Assignment",
    "Delivery",
    "Duty",
    "Edition",
    "Nomination",
    "Passage",
    "Plan",
    "Question",
    "Reading",
    "Section",
    "Task",
]
