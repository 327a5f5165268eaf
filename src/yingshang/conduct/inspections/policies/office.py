"""Who keeps the pools, plans, approves and draws."""

from __future__ import annotations

from collections.abc import Sequence

from yingshang.conduct.inspections.models import Inspector, Permission, Plan, Visit
from yingshang.conduct.inspections.rules.stops import PLAN_ITEM_4 as ITEM_4
from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


def needs(actor: Actor, action: str, deed: str) -> Refusal | None:
    """Refuse an actor whose post does not carry the action."""
    if actor.holds(action):
        return None
    return Refusal("inspections.not_your_post", f"您的岗位不能{deed}。", "请由有相应岗位的人员办理。", source=ITEM_4)


def of_unit(actor: Actor, unit: org.Unit, what: str) -> Refusal | None:
    """Refuse an actor of another unit."""
    if actor.unit == unit.code:
        return None
    return Refusal("inspections.not_your_unit", f"{what}由{unit.short_name}办理。", "请联系该单位。", source=ITEM_4)


@policy("inspections.keep_pool", zh="岗位中有管理检查对象和人员名录库这一项的人员。")
def may_keep_pool(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the keeping of the pools."""
    return needs(actor, "inspections.keep_pool", "管理名录库")


@policy("inspections.keep_inspector", zh="执法人员所在单位中，岗位有管理名录库这一项的人员。")
def may_keep_inspector(actor: Actor, inspector: Inspector | None) -> Refusal | None:
    """An officer of the inspector's own unit whose post carries the keeping of the pools."""
    refused = needs(actor, "inspections.keep_pool", "管理执法检查人员名录库")
    return refused or (of_unit(actor, inspector.unit, "执法人员的信息") if inspector else None)


@policy("inspections.declare_tie", zh="执法人员本人，或者所在单位中岗位有管理名录库这一项的人员。")
def may_declare_tie(actor: Actor, inspector: Inspector) -> Refusal | None:
    """The inspector in person, or who keeps the pool of the inspector's unit."""
    if inspector.person is not None and inspector.person.pseudonym == actor.person:
        return None
    return may_keep_inspector(actor, inspector)


@policy("inspections.draft_plan", zh="岗位中有拟订抽查计划这一项的人员，为本单位拟订。")
def may_draft_plan(actor: Actor, plan: Plan | None) -> Refusal | None:
    """A person whose post carries it, for their own unit."""
    refused = needs(actor, "inspections.draft_plan", "拟订抽查计划")
    return refused or (of_unit(actor, plan.unit, "抽查计划") if plan else None)


@policy("inspections.approve_plan", zh="本单位主要负责人；不能批准自己拟订的计划。")
def may_approve_plan(actor: Actor, plan: Plan) -> Refusal | None:
    """The head of the plan's unit, who did not draft it (国办发〔2024〕54号: approved by the head)."""
    refused = of_unit(actor, plan.unit, "抽查计划") or needs(actor, "inspections.approve_plan", "批准抽查计划")
    if refused is not None or actor.person != plan.drafted_by:
        return refused
    return Refusal("inspections.drafted_by_you", "这份计划是您拟订的。", "请由另一位负责人批准。")


@policy("inspections.publish_plan", zh="本单位公示岗。")
def may_publish_plan(actor: Actor, plan: Plan) -> Refusal | None:
    """The publishing post of the plan's unit."""
    return of_unit(actor, plan.unit, "抽查计划") or needs(actor, "inspections.publish_plan", "公示抽查计划")


@policy("inspections.draw", zh="计划所属单位中，岗位有为抽查任务摇号这一项的人员。")
def may_draw(actor: Actor, plan: Plan) -> Refusal | None:
    """An officer of the plan's unit whose post carries the draw; the kernel asks its own policies as well."""
    return of_unit(actor, plan.unit, "抽取") or needs(actor, "inspections.draw", "为抽查任务摇号")


@policy("inspections.ask_permission", zh="岗位中有申请检查这一项的人员，为本单位申请。")
def may_ask_permission(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the asking, for their own unit."""
    return needs(actor, "inspections.ask_permission", "申请行政检查")


@policy("inspections.decide_permission", zh="本单位主要负责人；不能批准自己的申请。")
def may_decide_permission(actor: Actor, permission: Permission) -> Refusal | None:
    """The head of the unit that asks, who did not ask."""
    refused = of_unit(actor, permission.unit, "行政检查审批")
    refused = refused or needs(actor, "inspections.decide_permission", "审批行政检查")
    if refused is not None or actor.person != permission.asked_by:
        return refused
    return Refusal("inspections.asked_by_you", "这次检查是您申请的。", "请由另一位负责人批准。")


OFFICE = (
    "inspections.keep_pool",
    "inspections.draft_plan",
    "inspections.approve_plan",
    "inspections.publish_plan",
    "inspections.draw",
    "inspections.ask_permission",
    "inspections.merge_visits",
    "inspections.coordinate",
)


@policy("inspections.see_office", zh="岗位中有任何一项抽查工作的人员，以及统筹各单位检查的人员。")
def may_see_office(actor: Actor, _: object) -> Refusal | None:
    """An official whose post carries any of the office deeds."""
    if any(actor.holds(action) for action in OFFICE):
        return None
    return needs(actor, "inspections.see_office", "查看抽查工作")


@policy("inspections.see_plan", zh="计划公示以后人人可看；公示以前，本单位有抽查工作的人员。")
def may_see_plan(actor: Actor, plan: Plan) -> Refusal | None:
    """Anybody once it is published; before that, officials of its unit whose post carries an office deed."""
    if plan.published_on is not None:
        return None
    return of_unit(actor, plan.unit, "没有公示的计划") or may_see_office(actor, None)


@policy("inspections.see_permission", zh="本单位有抽查工作的人员；督办岗。")
def may_see_permission(actor: Actor, permission: Permission) -> Refusal | None:
    """Officials of the unit that asks whose post carries an office deed, and whoever coordinates."""
    if actor.holds("inspections.coordinate"):
        return None
    return of_unit(actor, permission.unit, "行政检查审批") or may_see_office(actor, None)


@policy("inspections.coordinate", zh="岗位中有统筹各单位检查这一项的人员。")
def may_coordinate(actor: Actor, _: object) -> Refusal | None:
    """A person of the coordinating bureau whose post carries it."""
    return needs(actor, "inspections.coordinate", "统筹各单位的检查")


@policy("inspections.merge_visits", zh="参加其中一次检查的单位中，岗位有合并检查这一项的人员；统筹各单位检查的人员。")
def may_merge_visits(actor: Actor, visits: Sequence[Visit] | None) -> Refusal | None:
    """An officer of one of the units concerned whose post carries it, or who coordinates all units."""
    if actor.holds("inspections.coordinate"):
        return None
    refused = needs(actor, "inspections.merge_visits", "合并检查")
    if refused is not None or not visits or actor.unit in {each.lead_unit.code for each in visits}:
        return refused
    return Refusal("inspections.not_your_unit", "这几次检查都不是本单位的。", "请由参加检查的单位合并。", source=ITEM_4)


@policy("inspections.arrange_visit", zh="申请单位中，岗位有申请检查这一项的人员。")
def may_arrange_visit(actor: Actor, permission: Permission) -> Refusal | None:
    """An officer of the unit that asked whose post carries the asking."""
    refused = of_unit(actor, permission.unit, "行政检查的安排")
    return refused or needs(actor, "inspections.ask_permission", "安排检查")
