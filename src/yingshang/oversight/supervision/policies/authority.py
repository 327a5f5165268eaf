"""Who keeps the authority, and who sees the work of the supervisors."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Authority

SEE_WORK = "supervision.see_work"
ARTICLE_7 = "《政府督查工作条例》第七条"


def needs_post(actor: Actor, action: str, deed: str) -> Refusal | None:
    """Return None when a post of the actor carries the action, else the refusal that names the deed."""
    if actor.holds(action):
        return None
    return Refusal("supervision.not_your_post", f"您的岗位不能{deed}。", "请由有相应岗位的人员办理。")


@policy("supervision.enter_authority", zh="承担督办的单位的主要负责人。")
def may_enter_authority(actor: Actor, _: object) -> Refusal | None:
    """The head of the unit that supervises, whose post carries it."""
    return needs_post(actor, "supervision.enter_authority", "登记督查授权")


@policy("supervision.end_authority", zh="登记这项授权的单位的主要负责人。")
def may_end_authority(actor: Actor, authority: Authority) -> Refusal | None:
    """The head of the unit that the authority was given to."""
    if actor.unit != authority.unit.code:
        return Refusal("supervision.not_your_unit", f"这项授权属于{authority.unit.short_name}。", "请由该单位办理。")
    return needs_post(actor, "supervision.end_authority", "终止督查授权")


@policy("supervision.see_work", zh="承担督办的单位中，岗位有督办、审核或者批准任何一项的人员。")
def may_see_work(actor: Actor, _: object) -> Refusal | None:
    """Whoever supervises, or approves what a supervisor drafts."""
    return needs_post(actor, "supervision.see_work", "查看督办工作")
