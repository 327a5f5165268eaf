"""Who fills in self-checks, who files problem lists, who sees them."""

from __future__ import annotations

from yingshang.kernel import org, work
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.policies.authority import SEE_WORK, needs_post


def _own(actor: Actor, duty: work.Obligation, action: str, deed: str) -> Refusal | None:
    if duty.unit is None or actor.unit != duty.unit.code:
        return Refusal("supervision.not_your_unit", "这一件由承担的单位办理。", "请由该单位的人员办理。")
    return needs_post(actor, action, deed)


@policy("supervision.fill_self_check", zh="设有窗口的单位中，窗口受理岗和任务联络员。")
def may_fill_self_check(actor: Actor, duty: work.Obligation) -> Refusal | None:
    """An officer of the unit that owes it, whose post carries the filling in."""
    return _own(actor, duty, "supervision.fill_self_check", "填写窗口自查表")


@policy("supervision.file_problem_list", zh="应报清单的单位中，主要负责人和任务联络员。")
def may_file_problem_list(actor: Actor, duty: work.Obligation) -> Refusal | None:
    """An officer of the unit that owes it, whose post carries the filing."""
    return _own(actor, duty, "supervision.file_problem_list", "报送突出问题清单")


@policy("supervision.see_own_look", zh="本单位的工作人员，以及承担督办的单位中可以查看督办工作的人员。")
def may_see_own_look(actor: Actor, unit: org.Unit) -> Refusal | None:
    """An official of the unit, and whoever sees the work of the supervisors."""
    if actor.unit == unit.code or (actor.unit and actor.holds(SEE_WORK)):
        return None
    return Refusal("supervision.not_your_unit", "只能看本单位的自查和清单。", "请由该单位的人员查看。")
