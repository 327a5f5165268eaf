"""What this package puts on shared pages, and what it answers to those who ask without knowing it."""

from yingshang.oversight.plan_tasks.slots.cards import progress, to_do
from yingshang.oversight.plan_tasks.slots.filing import unsourced
from yingshang.oversight.plan_tasks.slots.sentences import grounds

__all__ = ["grounds", "progress", "to_do", "unsourced"]
