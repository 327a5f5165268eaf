"""Procedures introduce themselves."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="procedures",
    title="办理程序",
    mission=("13m",),
    plan_items=[13],
    actions={"procedures.publish": "发布办理程序"},
    menu=[MenuLine("办理程序", "procedures:list", MenuGroup.RULES, public=True)],
    slots={"law.unsourced": "yingshang.kernel.procedures.slots.unsourced"},
    ledger={"procedures.published": Strict("发布了程序“{title}”第{version}版")},
)
