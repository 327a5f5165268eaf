"""Who opens a delivered notice, signs for it, sees who has not, and delivers to more units."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Delivery, Edition


@policy("plan_tasks.open_delivery", zh="收到通知的单位的工作人员，不限岗位。")
def may_open_delivery(actor: Actor, delivery: Delivery) -> Refusal | None:
    """Any official of the unit that it was delivered to."""
    if actor.unit and actor.unit == delivery.unit.code:
        return None
    return Refusal(
        "plan_tasks.delivered_to_another", f"这份通知送达的是{delivery.unit.short_name}。", "请由该单位的人员打开。"
    )


@policy("plan_tasks.sign_delivery", zh="收到通知的单位中，岗位可以签收的人员。")
def may_sign_delivery(actor: Actor, delivery: Delivery) -> Refusal | None:
    """An officer of the unit that it was delivered to, whose post carries the signing."""
    if (refusal := may_open_delivery(actor, delivery)) is not None:
        return refusal
    if actor.holds("plan_tasks.sign_delivery"):
        return None
    return Refusal("plan_tasks.not_your_post", "您的岗位不能签收通知。", "请由本单位任务联络员或者主要负责人签收。")


@policy("plan_tasks.see_deliveries", zh="岗位中有查看送达和签收情况这一项的人员。")
def may_see_deliveries(actor: Actor, _: Edition | None) -> Refusal | None:
    """A person whose post carries the watching of who has signed."""
    if actor.holds("plan_tasks.see_deliveries"):
        return None
    return Refusal(
        "plan_tasks.not_your_post", "您的岗位不能查看各单位的签收情况。", "请由营商环境监督局有相应岗位的人员查看。"
    )


@policy("plan_tasks.deliver", zh="岗位中有补送通知这一项的人员。")
def may_deliver(actor: Actor, _: Edition) -> Refusal | None:
    """A person whose post carries the delivery to more units."""
    if actor.holds("plan_tasks.deliver"):
        return None
    return Refusal("plan_tasks.not_your_post", "您的岗位不能补送通知。", "请由方案管理岗人员办理。")
