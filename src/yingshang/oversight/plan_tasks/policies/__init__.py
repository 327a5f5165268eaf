"""Who may do what; importing the package registers every policy."""

from yingshang.oversight.plan_tasks.policies import deliverables, deliveries, leading_groups, plan, work_plans

__all__ = ["deliverables", "deliveries", "leading_groups", "plan", "work_plans"]
