"""The manifest of inspections."""

from yingshang.kernel.registry import Capability, Strict

CAPABILITY = Capability(
    name="inspections",
    title="双随机抽查",
    plan_items=[4, 5, 13],
    ledger={
        "inspections.visit_planned": "安排了一次入企检查，检查日期{on}，共{items}个事项",
        "inspections.attempt_stopped": Strict("制止了{unit}的一次检查（{refusal}）"),
    },
    mission=("4a", "4b", "5c", "13h", "13i"),
)
