"""What officers of the acting unit may do: each deed asks for a post that carries it."""

from __future__ import annotations

from yingshang.casework.cases.models import Case
from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.work import Step


@policy("cases.receive", zh="承办单位的窗口岗位：收件，录入纸质件。")
def may_receive(actor: Actor, unit: org.Unit) -> Refusal | None:
    """An officer of the unit that acts, whose post carries the receiving."""
    if actor.unit == unit.code and actor.holds("cases.receive"):
        return None
    return _not_yours(unit, "收件")


@policy("cases.accept", zh="承办单位的窗口岗位或者首席代表：受理、容缺受理。")
def may_accept(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries the acceptance."""
    return _officer_with(actor, case, "cases.accept", "受理")


@policy("cases.ask_to_correct", zh="承办单位的窗口岗位或者首席代表：一次性告知补正。")
def may_ask_to_correct(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it; only once in a case, which the procedure sees to."""
    return _officer_with(actor, case, "cases.ask_to_correct", "一次性告知补正")


@policy("cases.decline", zh="承办单位的窗口岗位或者首席代表：不予受理、不受理。")
def may_decline(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it."""
    return _officer_with(actor, case, "cases.decline", "不予受理")


@policy("cases.advance", zh="承办单位中程序写明岗位的人员；这一环节征求别的单位意见的，是那个单位的人员。")
def may_advance(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit, or of a unit that was asked in this step; the procedure names the post."""
    if actor.unit and actor.unit != case.unit.code:
        asked = Step.objects.filter(dossier=case.dossier_id, closed_at=None, unit__code=actor.unit)
        if asked.exclude(branch="").exists():
            return None
    return _officer_with(actor, case, "cases.advance", "转入下一环节")


@policy("cases.decide", zh="承办单位的首席代表或者主要负责人：准予、不予、凭承诺当场决定、以函代证。")
def may_decide(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries the decision."""
    return _officer_with(actor, case, "cases.decide", "作出决定")


@policy("cases.deliver", zh="承办单位的窗口岗位、审查岗位或者首席代表：送达，备案归档。")
def may_deliver(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it."""
    return _officer_with(actor, case, "cases.deliver", "送达")


@policy("cases.revoke", zh="承办单位的主要负责人：撤销已经作出的决定。")
def may_revoke(actor: Actor, case: Case) -> Refusal | None:
    """The head of the acting unit."""
    return _officer_with(actor, case, "cases.revoke", "撤销决定")


@policy("cases.stop_clock", zh="承办单位的审查岗位或者首席代表：启动和结束特别程序。")
def may_stop_clock(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it."""
    return _officer_with(actor, case, "cases.stop_clock", "特别程序")


@policy("cases.ask_extension", zh="承办单位的审查岗位或者首席代表：申请延长期限。")
def may_ask_extension(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it."""
    return _officer_with(actor, case, "cases.ask_extension", "申请延长期限")


@policy("cases.approve_extension", zh="承办单位的主要负责人：批准延长期限（《行政许可法》第四十二条）。")
def may_approve_extension(actor: Actor, case: Case) -> Refusal | None:
    """The head of the acting unit."""
    return _officer_with(actor, case, "cases.approve_extension", "批准延长期限")


@policy("cases.check_commitment", zh="承办单位的审查岗位或者首席代表：事后核查承诺，登记信用修复。")
def may_check_commitment(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it."""
    return _officer_with(actor, case, "cases.check_commitment", "核查承诺")


@policy("cases.explain_overdue", zh="承办单位的公示岗位或者主要负责人：公开说明超期原因。")
def may_explain_overdue(actor: Actor, case: Case) -> Refusal | None:
    """An officer of the acting unit whose post carries it; it goes public in the unit's name."""
    return _officer_with(actor, case, "cases.explain_overdue", "公开说明超期原因")


@policy("cases.publish_decision", zh="承办单位的公示岗位：公开行政许可决定。")
def may_publish_decision(actor: Actor, case: Case) -> Refusal | None:
    """A publisher of the acting unit (谁执法谁公示)."""
    return _officer_with(actor, case, "cases.publish_decision", "公开决定")


def _officer_with(actor: Actor, case: Case, action: str, deed: str) -> Refusal | None:
    """Return None for an officer of the acting unit whose post carries the action, and the reason otherwise."""
    if actor.unit != case.unit.code:
        return _not_yours(case.unit, deed)
    if actor.holds(action):
        return None
    return Refusal("cases.not_your_post", f"您的岗位不能办理“{deed}”。", "请由本单位有相应岗位的人员办理。")


def _not_yours(unit: org.Unit, deed: str) -> Refusal:
    return Refusal(
        "cases.not_your_unit", f"“{deed}”由承办单位“{unit.short_name}”办理。", "请联系该单位，或在本单位的待办中办理。"
    )
