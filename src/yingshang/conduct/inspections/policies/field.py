"""Who inspects, stops, records, publishes and follows up."""

from __future__ import annotations

from yingshang.conduct.inspections.models import Alarm, FollowUp, Visit
from yingshang.conduct.inspections.policies.office import needs, of_unit
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("inspections.inspect", zh="抽到或者派到这次检查的执法人员本人。")
def may_inspect(actor: Actor, visit: Visit) -> Refusal | None:
    """One of the crew, in person: a substitute in place of whoever was replaced."""
    if actor.unit and visit.crew.filter(replaced_by=None, inspector__person__pseudonym=actor.person).exists():
        return None
    return Refusal(
        "inspections.not_of_the_crew",
        "您不是这次检查的执法人员。",
        "请由通知书上写明的执法人员检查；人员有变动的，先办理替补。",
    )


@policy("inspections.stop", zh="这次检查的执法人员、牵头单位主要负责人，或者岗位中有制止违规检查这一项的人员。")
def may_stop(actor: Actor, visit: Visit) -> Refusal | None:
    """One of the crew, the head of the lead unit, or a supervisor whose post carries it."""
    if may_inspect(actor, visit) is None or actor.holds("inspections.oversee"):
        return None
    return of_unit(actor, visit.lead_unit, "中止检查") or needs(actor, "inspections.stop", "中止检查")


@policy("inspections.oversee", zh="岗位中有制止违规检查这一项的人员。")
def may_oversee(actor: Actor, _: object) -> Refusal | None:
    """A supervisor whose post carries it, whichever unit inspects."""
    return needs(actor, "inspections.oversee", "制止违规检查")


@policy("inspections.see_visit", zh="检查双方：参加单位的工作人员和被检查的企业；督办岗。")
def may_see_visit(actor: Actor, visit: Visit) -> Refusal | None:
    """Officials of a unit that takes part, the enterprise itself, and whoever may stop any visit."""
    units = {visit.lead_unit.code, *visit.items.values_list("unit__code", flat=True)}
    if actor.unit in units or actor.holds("inspections.oversee"):
        return None
    if visit.target.party is not None and actor.party == str(visit.target.party.public_id):
        return None
    return Refusal(
        "inspections.not_yours_to_see", "这次检查只对参加检查的单位和被检查的企业开放。", "结果公示以后人人可看。"
    )


@policy("inspections.publish_results", zh="牵头单位的公示岗。")
def may_publish_results(actor: Actor, visit: Visit) -> Refusal | None:
    """The publishing post of the lead unit (谁检查、谁录入、谁公开)."""
    return of_unit(actor, visit.lead_unit, "检查结果公示") or needs(
        actor, "inspections.publish_results", "公示检查结果"
    )


@policy("inspections.finish_follow_up", zh="牵头单位中岗位有管理后续处理这一项的人员。")
def may_finish_follow_up(actor: Actor, follow_up: FollowUp) -> Refusal | None:
    """An officer of the lead unit whose post carries it: the one who checks again, not the one who was checked."""
    return of_unit(actor, follow_up.visit.lead_unit, "后续处理") or needs(
        actor, "inspections.finish_follow_up", "办理后续处理"
    )


@policy("inspections.note_other_visit", zh="各单位的工作人员：到企业去的，扫码登记。")
def may_note_other_visit(actor: Actor, _: object) -> Refusal | None:
    """Any official of a unit."""
    if actor.unit:
        return None
    return Refusal("inspections.for_officials", "入企登记由各单位的工作人员办理。", "请以单位工作人员的身份登录。")


@policy("inspections.explain", zh="被反映的单位中，岗位有说明情况这一项的人员。")
def may_explain(actor: Actor, alarm: Alarm) -> Refusal | None:
    """An officer of the unit named, whose post carries it."""
    return of_unit(actor, alarm.unit, "情况说明") or needs(actor, "inspections.explain", "说明情况")
