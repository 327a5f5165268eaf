"""Who may publish a procedure."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.procedures.definition import Definition


@policy("procedures.publish", zh="平台装入县里的数据文件时，或者岗位中有这一项的人员。")
def may_publish(actor: Actor, _definition: Definition) -> Refusal | None:
    """The platform itself when it loads the county's files, or a person whose post carries the action."""
    if actor is SYSTEM or actor.holds("procedures.publish"):
        return None
    return Refusal("procedures.not_your_post", "程序由方案管理岗发布。", "请把改动交给本县方案管理岗审核后发布。")
