"""Who drafts, words, reviews, issues and corrects bulletins."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.bulletins.models import Bulletin


def _needs(actor: Actor, action: str, deed: str) -> Refusal | None:
    if actor.holds(action):
        return None
    return Refusal("bulletins.not_your_post", f"您的岗位不能{deed}。", "请由有相应岗位的人员办理。")


@policy("bulletins.edit", zh="岗位中有起草通报这一项的人员；每月第一个工作日由平台自动起草。")
def may_edit(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the drafting; the platform itself on the first working day of a month."""
    return None if actor == SYSTEM else _needs(actor, "bulletins.edit", "起草和修改通报")


@policy("bulletins.review", zh="岗位中有审核通报这一项、而且没有起草或者改动过这一份的人员。")
def may_review(actor: Actor, bulletin: Bulletin | None) -> Refusal | None:
    """A person whose post carries the review, and who neither worded nor submitted this one."""
    refusal = _needs(actor, "bulletins.review", "审核通报")
    if refusal is None and bulletin is not None and actor.person in (bulletin.edited_by, bulletin.submitted_by):
        return Refusal(
            "bulletins.own_work",
            "这份通报是您起草或者改动过的，不能由您审核。",
            "请由本单位另一位有审核岗位的人员审核。",
        )
    return refusal


@policy("bulletins.issue", zh="岗位中有印发通报这一项的人员。")
def may_issue(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the issuing."""
    return _needs(actor, "bulletins.issue", "印发通报")


@policy("bulletins.see_drafts", zh="岗位中有起草、审核或者印发通报任何一项的人员。")
def may_see_drafts(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries any deed on bulletins."""
    if any(actor.holds(f"bulletins.{deed}") for deed in ("edit", "review", "issue")):
        return None
    return _needs(actor, "bulletins.see_drafts", "查看还没有印发的通报")


@policy("bulletins.see_rows", zh="任何以单位身份办理的人员：各单位之间，谁该办什么不是秘密；公众看数字。")
def may_see_rows(actor: Actor, _: object) -> Refusal | None:
    """Any official: among the units that a plan binds, who owes what is no secret. The public sees the numbers."""
    if actor.unit:
        return None
    return Refusal(
        "bulletins.for_officials", "数字背后的明细只对工作人员开放。", "公众可以看通报全文和每项任务的进度。"
    )
