"""Who may do what in a draw. Nobody may redraw, edit or delete one, so no policy is about that."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.draws.models import Draw, Invitation, Throw
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import ANONYMOUS, SYSTEM, Actor


@policy("draws.seal", zh="本单位有摇号组织岗的人员。")
def may_seal(actor: Actor, unit: org.Unit | None) -> Refusal | None:
    """A host of the unit in whose name the draw is held."""
    if unit is None:
        return Refusal("draws.unit_missing", "摇号以单位的名义组织。", "请切换到单位工作人员的身份后再办理。")
    return _host_of(actor, unit, "draws.seal")


@policy("draws.host", zh="组织这次摇号的单位中有摇号组织岗的人员。")
def may_host(actor: Actor, draw: Draw) -> Refusal | None:
    """A host of the draw's unit: throws the dice and runs the draw."""
    return _host_of(actor, draw.unit, "draws.host")


@policy("draws.witness", zh="组织单位以外的单位中有摇号见证岗的人员；不能是录入骰子的人。")
def may_witness(actor: Actor, draw: Draw) -> Refusal | None:
    """A witness from another unit who entered none of the digits."""
    if not actor.holds("draws.witness"):
        return Refusal("draws.no_witness_post", "您没有摇号见证岗位。", "请由有见证岗的人员确认。")
    if actor.unit == draw.unit.code:
        return Refusal(
            "draws.witness_of_the_same_unit",
            f"见证人不能来自组织摇号的单位“{draw.unit.short_name}”。",
            "请由其他单位有见证岗的人员确认。",
        )
    if Throw.objects.filter(draw=draw, thrown_by=actor.person).exists():
        return Refusal("draws.witness_threw", "录入骰子的人不能给自己见证。", "请由另一人确认。")
    return None


@policy("draws.give_beacon", zh="任何人；信标的签名当场核验，谁贴的都一样。")
def may_give_beacon(actor: Actor, draw: Draw) -> Refusal | None:
    """Anybody: the signature proves itself."""
    return None


@policy("draws.take_part", zh="规则里写明的受邀方：以该单位或当事人身份办理的人员。")
def may_take_part(actor: Actor, invitation: Invitation) -> Refusal | None:
    """Whoever acts for the invited unit or party."""
    if invitation.unit is not None and actor.unit == invitation.unit.code:
        return None
    if invitation.party and actor.party == invitation.party:
        return None
    return Refusal(
        "draws.not_invited", f"这一份随机数由“{invitation.name}”提供。", "如您代表该方，请切换到该身份后再办理。"
    )


@policy("draws.see_result", zh="组织摇号的单位中有摇号组织岗的人员；公布以前其他人都看不到。")
def may_see_result(actor: Actor, draw: Draw) -> Refusal | None:
    """A host of the draw's unit; before the reveal nobody else."""
    if actor is SYSTEM:
        return None
    return _host_of(actor, draw.unit, "draws.see_result")


@policy("draws.substitute", zh="组织摇号的单位中有摇号组织岗的人员。")
def may_substitute(actor: Actor, draw: Draw) -> Refusal | None:
    """A host of the draw's unit."""
    return _host_of(actor, draw.unit, "draws.substitute")


@policy(
    "draws.void", zh="尚未抽取的：组织单位的主要负责人，不能是封存方案的同一个人；约定的信标过时不来的，由平台作废。"
)
def may_void(actor: Actor, draw: Draw) -> Refusal | None:
    """The head of the draw's unit, who did not seal the plan: voiding takes two. The system when the beacon is late."""
    if actor is SYSTEM:
        return None
    if actor.unit != draw.unit.code or not actor.holds("draws.void"):
        return Refusal(
            "draws.no_voiding_post",
            f"作废由{draw.unit.short_name}的主要负责人决定。",
            "请向该单位主要负责人说明情况。",
        )
    if actor.person == draw.committed_by:
        return Refusal("draws.void_takes_two", "封存方案的人不能自己作废这次摇号。", "请由本单位另一位有权的人员决定。")
    return None


@policy("draws.void_drawn", zh="已经抽取的：组织单位以外、有监督岗位的人员，防止抽得不满意就作废重来。")
def may_void_drawn(actor: Actor, draw: Draw) -> Refusal | None:
    """A supervisor of another unit: who drew cannot throw the result away and draw again."""
    if not actor.holds("draws.void_drawn") or actor.unit == draw.unit.code:
        return Refusal(
            "draws.drawn_is_not_the_hosts_to_void",
            "已经抽取的摇号，组织单位不能自己作废，否则可以一直抽到满意为止。",
            "确有法定理由的，请向县营商环境监督部门说明，由其决定。",
        )
    return None


@policy("draws.reveal", zh="组织摇号的单位中有摇号组织岗的人员。")
def may_reveal(actor: Actor, draw: Draw) -> Refusal | None:
    """A host of the draw's unit."""
    if actor is SYSTEM:
        return None
    return _host_of(actor, draw.unit, "draws.reveal")


def _host_of(actor: Actor, unit: org.Unit, action: str) -> Refusal | None:
    if actor is ANONYMOUS or actor.unit != unit.code:
        return Refusal("draws.not_the_hosting_unit", f"这次摇号由{unit.short_name}组织。", f"请联系{unit.short_name}。")
    if not actor.holds(action):
        return Refusal("draws.no_hosting_post", "您的岗位不办理摇号的这一步。", "请由本单位摇号组织岗人员办理。")
    return None
