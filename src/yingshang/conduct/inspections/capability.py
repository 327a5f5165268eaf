"""The manifest of inspections."""

from yingshang.kernel.registry import Capability

CAPABILITY = Capability(
    name="inspections",
    title="双随机抽查",
    plan_items=[4, 5, 13],
    mission=("4a", "4b", "5c", "13h", "13i"),
)
