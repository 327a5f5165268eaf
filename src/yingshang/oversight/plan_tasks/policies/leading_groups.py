"""Who keeps the list of the leading group and its special groups."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import LeadingGroup


@policy("plan_tasks.keep_groups", zh="岗位中有管理领导小组和专项组这一项的人员。")
def may_keep_groups(actor: Actor, _: LeadingGroup | None) -> Refusal | None:
    """A person whose post carries the keeping of the groups: seats and unseats members, writes duties."""
    if actor.holds("plan_tasks.keep_groups"):
        return None
    return Refusal("plan_tasks.not_your_post", "您的岗位不能管理领导小组和专项组。", "请由方案管理岗人员办理。")
