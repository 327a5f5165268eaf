"""Who works at the desk of a unit: its lists, its saved filters, the papers it issues."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("cases.work_desk", zh="承办单位中有窗口、审查、决定、公示岗位的人员；负责督办的人员只看，不办。")
def may_work_desk(actor: Actor, unit: org.Unit) -> Refusal | None:
    """An officer of the unit whose post carries the desk."""
    if actor.unit != unit.code:
        return Refusal(
            "cases.not_your_unit",
            f"这是“{unit.short_name}”的办件工作台。",
            "请联系该单位，或在本单位的待办中办理。",
        )
    if actor.holds("cases.work_desk"):
        return None
    return Refusal("cases.no_desk", "您的岗位不使用办件工作台。", "请由本单位窗口、审查或者首席代表岗位的人员办理。")
