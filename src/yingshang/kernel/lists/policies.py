"""Who may draft, review and publish lists. County files come in as the system."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.lists.models import Edition, PublishedList
from yingshang.kernel.parties import SYSTEM, Actor


@policy("lists.declare", zh="只由平台按县里的数据文件办理；清单的样式在文件中审核。")
def may_declare(actor: Actor, of: PublishedList | None) -> Refusal | None:
    """The system, from the county's files: what a list is like is reviewed where the files are kept."""
    if actor == SYSTEM:
        return None
    return Refusal("lists.declared_in_files", "清单的栏目由县域数据文件规定。", "请联系系统管理员修改数据文件。")


@policy("lists.draft", zh="清单主管单位中有起草岗位的人员。")
def may_draft(actor: Actor, of: PublishedList) -> Refusal | None:
    """A person of the unit that owns the list who holds a drafting post."""
    return _of_the_owner(actor, of, "lists.draft")


@policy("lists.review", zh="清单主管单位的审核人员，不能是起草人本人。")
def may_review(actor: Actor, edition: Edition) -> Refusal | None:
    """A reviewer of the owning unit who is not the one who drafted it."""
    if actor != SYSTEM and actor.person == edition.drafted_by:
        return Refusal("lists.own_draft", "自己起草的清单不能由自己审核。", "请由本单位另一位审核人员审核。")
    return _of_the_owner(actor, edition.of, "lists.review")


@policy("lists.publish", zh="清单主管单位中有公示岗位的人员。")
def may_publish(actor: Actor, edition: Edition) -> Refusal | None:
    """A publisher of the owning unit."""
    return _of_the_owner(actor, edition.of, "lists.publish")


def _of_the_owner(actor: Actor, of: PublishedList, action: str) -> Refusal | None:
    if actor == SYSTEM:
        return None
    if actor.unit != of.owner.code:
        return Refusal(
            "lists.not_owner_unit",
            f"《{of.title}》由{of.owner.short_name}负责。",
            f"请把意见转给{of.owner.short_name}。",
        )
    if not actor.holds(action):
        return Refusal("lists.no_list_post", "您没有办理清单的岗位。", "请由本单位的清单管理人员办理。")
    return None
