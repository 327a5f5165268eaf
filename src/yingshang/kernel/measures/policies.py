"""Who may read measures, freeze and correct them."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor


@policy("measures.read", zh="任何以单位身份办理的人员：每个单位都可以看自己和其他单位的指标。")
def may_read(actor: Actor, _: object) -> Refusal | None:
    """Whoever acts for a unit: every unit may see what it and the others are measured by."""
    if actor.unit or actor == SYSTEM:
        return None
    return Refusal("measures.officials_only", "指标量供各单位工作人员查看。", "对外公布的结果请看通报和公示。")


@policy("measures.freeze", zh="平台在期末自动办理，或者岗位中有这一项的人员。")
def may_freeze(actor: Actor, _: object) -> Refusal | None:
    """The system at the end of a period, or a person whose post keeps the measures."""
    return _keeper(actor, "measures.freeze")


@policy("measures.correct", zh="岗位中有这一项的人员；平台不能自行更正。")
def may_correct(actor: Actor, _: object) -> Refusal | None:
    """A person whose post keeps the measures; never the system by itself."""
    if actor == SYSTEM:
        return Refusal("measures.person_needed", "更正冻结值要由人决定。", "请由指标管理岗办理。")
    return _keeper(actor, "measures.correct")


def _keeper(actor: Actor, action: str) -> Refusal | None:
    if actor == SYSTEM or actor.holds(action):
        return None
    return Refusal("measures.no_measure_post", "您没有指标管理岗位。", "请联系县营商环境主管部门的指标管理岗。")
