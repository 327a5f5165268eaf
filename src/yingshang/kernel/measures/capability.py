"""Measures (指标量): computed live, frozen per period."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="measures",
    title="指标量",
    actions={
        "measures.read": "查看指标量",
        "measures.freeze": "冻结指标量",
        "measures.correct": "更正冻结值",
    },
    ledger={
        "measures.frozen": Strict("冻结了“{title}”{periods}的{values}个值"),
        "measures.corrected": Strict("更正了{unit}“{title}”{period}的值"),
    },
    menu=[MenuLine("指标量", "measures:index", MenuGroup.RUNNING, needs="measures.freeze")],
)
