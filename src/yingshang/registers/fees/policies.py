"""Who may charge, take payment, look for wrong charges and pay back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.rules import ARTICLE_25


@dataclass(frozen=True)
class Intended:
    """A charge about to be made. unit: code of the unit that the row names."""

    unit: str
    name: str


@policy("fees.charge", zh="清单写明的收费单位中，岗位有收费这一项的人员。")
def may_charge(actor: Actor, intended: Intended) -> Refusal | None:
    """An officer of the unit that the row names, whose post carries charging."""
    if actor is SYSTEM or (actor.unit == intended.unit and actor.holds("fees.charge")):
        return None
    return Refusal(
        "fees.not_charging_unit",
        f"“{intended.name}”由清单写明的单位收取，您的单位或者岗位不能收。",
        "请由该单位有收费岗位的人员办理。",
        source=ARTICLE_25,
    )


@policy("fees.void", zh="收费单位中岗位有收费这一项的人员；已经缴费的不能作废，只能退费。")
def may_void(actor: Actor, charge: Charge) -> Refusal | None:
    """An officer of the charging unit whose post carries charging."""
    return _of_the_unit(actor, charge, "fees.charge")


@policy("fees.pay", zh="缴费人本人或者受托人；缴费渠道的回执由平台记下。")
def may_pay(actor: Actor, charge: Charge) -> Refusal | None:
    """The payer or who acts for them; the channel's own word comes in as the system."""
    if actor is SYSTEM or (actor.party and actor.party == str(charge.payer.public_id)):
        return None
    return Refusal("fees.not_the_payer", "这笔费用由缴费人本人或者受托人缴纳。", "请以缴费人的身份登录。")


@policy("fees.adopt", zh="收费单位中岗位有收费这一项的人员，按渠道对账单补记。")
def may_adopt(actor: Actor, charge: Charge) -> Refusal | None:
    """An officer of the charging unit, for a payment that stands in the channel's statement."""
    return _of_the_unit(actor, charge, "fees.charge")


@policy("fees.refund", zh="收费单位中岗位有退费这一项的人员。")
def may_refund(actor: Actor, refund: Refund) -> Refusal | None:
    """An officer of the unit that charged, whose post carries paying back."""
    return _of_the_unit(actor, refund.charge, "fees.refund")


@policy("fees.check", zh="岗位中有核对收费这一项的人员；每天由平台自动核对一次。")
def may_check(actor: Actor, _: object) -> Refusal | None:
    """Who keeps the fee list, or the system every day."""
    if actor is SYSTEM or actor.holds("fees.check"):
        return None
    return Refusal("fees.not_your_post", "您的岗位不能核对全县的收费。", "请由清单主管单位的人员办理。")


@policy("fees.see_charge", zh="缴费人本人或者受托人，收费单位有收费、退费岗位的人员，核对全县收费的人员。")
def may_see_charge(actor: Actor, charge: Charge) -> Refusal | None:
    """The payer, officers of the unit that charged, and who checks the county's charges."""
    if charges_seen(actor).filter(pk=charge.pk).exists():
        return None
    return Refusal("fees.not_yours_to_see", "这笔收费不在您可以查看的范围内。", "请联系收费单位。")


@visibility("fees.see_charge")
def charges_seen(actor: Actor) -> QuerySet[Charge]:
    """Return the charges that an actor may see. No query until it is read."""
    if actor is SYSTEM or actor.holds("fees.check"):
        return Charge.objects.all()
    seen = Q(pk__in=[])
    if actor.unit and (actor.holds("fees.charge") or actor.holds("fees.refund")):
        seen |= Q(unit__code=actor.unit)
    if actor.party:
        seen |= Q(payer__public_id=actor.party)
    return Charge.objects.filter(seen)


def _of_the_unit(actor: Actor, charge: Charge, action: str) -> Refusal | None:
    if actor.unit == charge.unit.code and actor.holds(action):
        return None
    return Refusal(
        "fees.not_your_charge",
        f"这笔费用由{charge.unit.short_name}收取和退还。",
        "请由该单位有相应岗位的人员办理。",
        source=ARTICLE_25,
    )
