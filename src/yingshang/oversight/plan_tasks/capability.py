"""The manifest of plan_tasks."""

from yingshang.kernel.registry import Capability

CAPABILITY = Capability(
    name="plan_tasks",
    title="方案任务",
)
