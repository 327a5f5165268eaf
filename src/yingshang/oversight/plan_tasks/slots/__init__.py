"""What this package puts on shared pages."""

from yingshang.oversight.plan_tasks.slots.cards import progress, to_do

__all__ = ["progress", "to_do"]
