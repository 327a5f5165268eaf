"""Who confirms what the plan orders to set up, who issues it, and who sees the register."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Deliverable


@policy("plan_tasks.confirm_deliverables", zh="岗位中有确认配套制度台账这一项的人员。")
def may_confirm_deliverables(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the confirmation of the register: confirms, declines, assigns, dates."""
    if actor.holds("plan_tasks.confirm_deliverables"):
        return None
    return Refusal("plan_tasks.not_your_post", "您的岗位不能确认配套制度台账。", "请由方案管理岗人员办理。")


@policy("plan_tasks.issue_deliverable", zh="承担这项制度的单位中，岗位可以登记印发和停用的人员。")
def may_issue_deliverable(actor: Actor, deliverable: Deliverable) -> Refusal | None:
    """An officer of the unit that owns it, whose post carries the issuing."""
    owner = deliverable.owner
    if owner is None or actor.unit != owner.code:
        name = owner.short_name if owner else "承担单位"
        return Refusal("plan_tasks.not_the_owner", f"“{deliverable.title}”由{name}制定。", "请由承担单位的人员登记。")
    if actor.holds("plan_tasks.issue_deliverable"):
        return None
    return Refusal("plan_tasks.not_your_post", "您的岗位不能登记制度的印发和停用。", "请由本单位任务联络员登记。")


@policy("plan_tasks.see_register", zh="县里任何单位的工作人员；公众看已经施行并公开的。")
def may_see_register(actor: Actor, _: object) -> Refusal | None:
    """Any official of a unit of the county; the public sees what is in force and public."""
    if actor.unit:
        return None
    return Refusal("plan_tasks.for_officials", "台账全文只对工作人员开放。", "公众可以查看已经施行并公开的制度。")
