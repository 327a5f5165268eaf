"""Who makes, arranges and confirms the digest of a day."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Digest, DigestItem
from yingshang.oversight.supervision.policies.authority import needs_post


@policy("supervision.make_digest", zh="平台每个工作日早上自动生成；也可以由有督办岗位的人员生成。")
def may_make_digest(actor: Actor, _: object) -> Refusal | None:
    """The platform, each working morning, or a supervisor."""
    return None if actor is SYSTEM else needs_post(actor, "supervision.make_digest", "生成督办清单")


@policy("supervision.arrange_item", zh="岗位中有整理督办清单这一项的人员；移出和暂缓都要写明原因。")
def may_arrange_item(actor: Actor, _: DigestItem) -> Refusal | None:
    """A supervisor; taking out and postponing ask for a reason."""
    return needs_post(actor, "supervision.arrange_item", "移出或者暂缓督办事项")


@policy("supervision.confirm_digest", zh="岗位中有确认督办清单这一项的人员。")
def may_confirm_digest(actor: Actor, _: Digest) -> Refusal | None:
    """A supervisor: nothing goes out before a person has confirmed it."""
    return needs_post(actor, "supervision.confirm_digest", "确认督办清单")
