"""Who may look at deliveries and try them again."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.events.models import Delivery
from yingshang.kernel.parties import SYSTEM, Actor

OPERATORS_ONLY = Refusal(
    "events.operators_only", "消息送达情况由系统运行人员查看和处理。", "如发现数据没有更新，请联系系统运行人员。"
)


@policy("events.see_deliveries", zh="系统管理员，或者岗位中有这一项的人员。页面只有编号，没有内容。")
def may_see_deliveries(actor: Actor, _subject: object) -> Refusal | None:
    """A person whose post carries the action: those who run the machine. A delivery shows ids, never contents."""
    return None if actor is SYSTEM or actor.holds("events.see_deliveries") else OPERATORS_ONLY


@policy("events.try_again", zh="系统管理员，或者岗位中有这一项的人员。")
def may_try_again(actor: Actor, _delivery: Delivery | None) -> Refusal | None:
    """A person whose post carries the action: those who run the machine."""
    return None if actor is SYSTEM or actor.holds("events.try_again") else OPERATORS_ONLY
