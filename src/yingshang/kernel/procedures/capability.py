"""Procedures introduce themselves."""

from yingshang.kernel.registry import Capability, Strict

CAPABILITY = Capability(
    name="procedures",
    title="办理程序",
    plan_items=[13],
    actions={"procedures.publish": "发布办理程序"},
    ledger={"procedures.published": Strict("发布了程序“{title}”第{version}版")},
)
