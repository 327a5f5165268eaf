"""Who puts matters on the public list and takes them off, and who praises and exposes in public."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Listing, TypicalCase
from yingshang.oversight.supervision.policies.authority import needs_post


def _another(actor: Actor, first: str, deed: str) -> Refusal | None:
    if actor.person == first:
        return Refusal("supervision.own_draft", f"这是您提出的，不能由您{deed}。", "请由另一名人员办理。")
    return None


@policy("supervision.propose_listing", zh="承担督办的单位中，岗位有提出挂牌督办这一项的人员。")
def may_propose_listing(actor: Actor, _: object) -> Refusal | None:
    """An officer of the bureau whose post carries it."""
    return needs_post(actor, "supervision.propose_listing", "提出挂牌督办")


@policy("supervision.approve_listing", zh="承担督办的单位的负责人；自己提出的，自己不能批准。")
def may_approve_listing(actor: Actor, listing: Listing) -> Refusal | None:
    """The head of the bureau, who did not propose it."""
    return _another(actor, listing.proposed_by, "批准") or needs_post(
        actor, "supervision.approve_listing", "批准挂牌督办"
    )


@policy("supervision.answer_listing", zh="被挂牌督办的单位中，主要负责人和任务联络员。")
def may_answer_listing(actor: Actor, listing: Listing) -> Refusal | None:
    """An officer of the unit, whose post carries the answering."""
    if actor.unit != listing.unit.code:
        return Refusal("supervision.not_your_unit", f"由{listing.unit.short_name}办理。", "请由该单位的人员办理。")
    return needs_post(actor, "supervision.answer_listing", "报挂牌督办的进展")


@policy("supervision.verify_listing", zh="承担督办的单位中，岗位可以核实摘牌的人员；提出挂牌的人不能核实。")
def may_verify_listing(actor: Actor, listing: Listing) -> Refusal | None:
    """An officer of the bureau who did not propose it."""
    return _another(actor, listing.proposed_by, "核实") or needs_post(actor, "supervision.verify_listing", "核实摘牌")


@policy("supervision.draft_case", zh="承担督办的单位中，岗位有起草典型案例这一项的人员。")
def may_draft_case(actor: Actor, _: object) -> Refusal | None:
    """An officer of the bureau whose post carries it."""
    return needs_post(actor, "supervision.draft_case", "起草典型案例")


@policy("supervision.review_case", zh="承担督办的单位中，岗位可以审核典型案例的人员；起草的人不能审核。")
def may_review_case(actor: Actor, case: TypicalCase) -> Refusal | None:
    """A second person of the bureau."""
    return _another(actor, case.drafted_by, "审核") or needs_post(actor, "supervision.review_case", "审核典型案例")


@policy("supervision.be_heard", zh="拟曝光的单位中，主要负责人和任务联络员。")
def may_be_heard(actor: Actor, case: TypicalCase) -> Refusal | None:
    """An officer of the unit that is to be exposed."""
    if actor.unit != case.unit.code:
        return Refusal("supervision.not_your_unit", f"由{case.unit.short_name}陈述意见。", "请由该单位的人员办理。")
    return needs_post(actor, "supervision.be_heard", "陈述意见")


@policy("supervision.approve_case", zh="承担督办的单位的负责人；自己起草或者审核的，自己不能批准。")
def may_approve_case(actor: Actor, case: TypicalCase) -> Refusal | None:
    """The head of the bureau, who neither drafted nor reviewed it (arts. 18, 21)."""
    if actor.person == case.reviewed_by:
        return Refusal("supervision.own_draft", "这个案例是您审核的，不能由您批准。", "请由另一名负责人办理。")
    return _another(actor, case.drafted_by, "批准") or needs_post(actor, "supervision.approve_case", "批准典型案例")


@policy("supervision.see_case", zh="承担督办的单位中可以起草、审核、批准的人员；要听取意见的单位看关于自己的。")
def may_see_case(actor: Actor, case: TypicalCase) -> Refusal | None:
    """Whoever drafts, reviews or approves; the unit concerned once the case was reviewed."""
    works = any(actor.holds(f"supervision.{deed}_case") for deed in ("draft", "review", "approve"))
    concerned = actor.unit == case.unit.code and actor.holds("supervision.be_heard")
    if (actor.unit and works) or (concerned and case.state != TypicalCase.State.DRAFTED):
        return None
    return Refusal("supervision.not_your_unit", "这个案例不在您可以查看的范围内。", "公开以后，谁都可以查看。")
