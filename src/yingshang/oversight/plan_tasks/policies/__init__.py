"""Who may do what; importing the package registers every policy."""

from yingshang.oversight.plan_tasks.policies import deliverables, deliveries, plan, work_plans

__all__ = ["deliverables", "deliveries", "plan", "work_plans"]
