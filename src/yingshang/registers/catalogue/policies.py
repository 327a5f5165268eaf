"""Who writes, reviews, publishes and moves items."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.registers.catalogue.models import Adoption, Item, ItemVersion

ITEM_13 = "木环组发〔2019〕1号 第13项"


def needs(actor: Actor, action: str, deed: str) -> Refusal | None:
    """Refuse an actor whose post does not carry the action."""
    if actor is SYSTEM or actor.holds(action):
        return None
    return Refusal("catalogue.not_your_post", f"您的岗位不能{deed}。", "请由有相应岗位的人员办理。", source=ITEM_13)


def of_unit(actor: Actor, unit: org.Unit) -> Refusal | None:
    """Refuse an actor of another unit."""
    if actor is SYSTEM or actor.unit == unit.code:
        return None
    return Refusal("catalogue.not_your_unit", f"这个事项由{unit.short_name}管理。", f"请联系{unit.short_name}。")


@policy("catalogue.edit", zh="实施单位中，岗位有编写事项这一项的人员。")
def may_edit(actor: Actor, item: Item | None) -> Refusal | None:
    """A person of the item's unit whose post carries the writing; without an item: of their own unit."""
    refused = needs(actor, "catalogue.edit", "编写事项")
    return refused or (of_unit(actor, item.unit) if item is not None else None)


@policy("catalogue.review", zh="实施单位中，岗位有审核事项这一项的人员；不能审核自己编写的。")
def may_review(actor: Actor, version: ItemVersion) -> Refusal | None:
    """A person of the item's unit whose post carries the review, who did not write it."""
    refused = needs(actor, "catalogue.review", "审核事项") or of_unit(actor, version.item.unit)
    if refused is not None or actor is SYSTEM or actor.person != version.drafted_by:
        return refused
    return Refusal("catalogue.written_by_you", "这一版是您自己编写的。", "请由本单位另一位有审核岗位的人员审核。")


@policy("catalogue.publish", zh="实施单位的公示岗；平台装入县里的数据文件时。")
def may_publish(actor: Actor, item: Item) -> Refusal | None:
    """The publishing post of the item's unit, or the platform when it loads the county's files."""
    return needs(actor, "catalogue.publish", "发布事项") or of_unit(actor, item.unit)


@policy("catalogue.see_drafts", zh="实施单位中编写、审核或者发布事项的人员；统筹全县事项的人员。")
def may_see_drafts(actor: Actor, item: Item | None) -> Refusal | None:
    """Whoever writes, reviews or publishes at the item's unit, and whoever coordinates all items."""
    if actor.holds("catalogue.coordinate"):
        return None
    held = any(actor.holds(f"catalogue.{deed}") for deed in ("edit", "review", "publish"))
    refused = None if held else needs(actor, "catalogue.see_drafts", "查看事项草稿")
    return refused or (of_unit(actor, item.unit) if item is not None else None)


@policy("catalogue.coordinate", zh="岗位中有统筹全县事项这一项的人员。")
def may_coordinate(actor: Actor, _: object) -> Refusal | None:
    """A person of the bureau that keeps the county's catalogue."""
    return needs(actor, "catalogue.coordinate", "统筹全县事项")


@policy("catalogue.delegate", zh="实施单位中，岗位有下放和收回事项这一项的人员。")
def may_delegate(actor: Actor, item: Item) -> Refusal | None:
    """The head of the unit whose power it is."""
    return needs(actor, "catalogue.delegate", "下放和收回事项") or of_unit(actor, item.unit)


@policy("catalogue.adopt", zh="被征询的单位中，岗位有答复改革经验这一项的人员。")
def may_adopt(actor: Actor, adoption: Adoption) -> Refusal | None:
    """A person of the unit that was asked whose post carries the answer."""
    return needs(actor, "catalogue.adopt", "答复改革经验") or of_unit(actor, adoption.unit)
