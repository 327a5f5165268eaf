"""Who reads, confirms and publishes plans, and who names the units concerned."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks.models import Duty, Reading, Task


def needs_post(actor: Actor, action: str, deed: str) -> Refusal | None:
    """Return the refusal for an actor whose posts do not carry an action, or None."""
    if actor.holds(action):
        return None
    return Refusal("plan_tasks.not_your_post", f"您的岗位不能{deed}。", "请由有相应岗位的人员办理。")


@policy("plan_tasks.read_notice", zh="岗位中有导入方案这一项的人员；载入县级数据时由平台导入。")
def may_read_notice(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the import of plans, or the platform itself when it loads a county."""
    return None if actor == SYSTEM else needs_post(actor, "plan_tasks.read_notice", "导入方案")


@policy("plan_tasks.answer_question", zh="岗位中有核对方案这一项的人员。")
def may_answer_question(actor: Actor, _: Reading) -> Refusal | None:
    """A person whose post carries the review of imported plans."""
    return needs_post(actor, "plan_tasks.answer_question", "核对方案")


@policy("plan_tasks.confirm_reading", zh="岗位中有确认方案这一项的人员。")
def may_confirm_reading(actor: Actor, _: Reading) -> Refusal | None:
    """A person whose post carries the confirmation of imported plans."""
    return needs_post(actor, "plan_tasks.confirm_reading", "确认方案")


@policy("plan_tasks.publish_edition", zh="岗位中有发布方案这一项的人员。")
def may_publish_edition(actor: Actor, _: Reading) -> Refusal | None:
    """A person whose post carries the publication of plans."""
    return needs_post(actor, "plan_tasks.publish_edition", "发布方案")


@policy("plan_tasks.see_readings", zh="岗位中有导入、核对、确认或者发布方案任何一项的人员。")
def may_see_readings(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries any deed on imported plans."""
    deeds = ("read_notice", "answer_question", "confirm_reading", "publish_edition")
    if any(actor.holds(f"plan_tasks.{deed}") for deed in deeds):
        return None
    return needs_post(actor, "plan_tasks.see_readings", "查看待核对的方案")


@policy("plan_tasks.name_units", zh="这项任务的牵头单位中，岗位有点名这一项的人员。")
def may_name_units(actor: Actor, task: Task) -> Refusal | None:
    """An officer of a lead unit of the task, whose post carries the naming of units."""
    if not actor.holds("plan_tasks.name_units"):
        return needs_post(actor, "plan_tasks.name_units", "点名有关单位")
    leads = task.assignments.filter(role="lead", unit__code=actor.unit)
    if leads.exists():
        return None
    return Refusal(
        "plan_tasks.not_lead_unit",
        "“有关”单位由这项任务的牵头单位点名。",
        "请联系牵头单位。",
        source=task.edition.document_no,
    )


@policy("plan_tasks.see_duties", zh="县里任何单位的工作人员：方案约束的单位之间，谁该办什么不是秘密。")
def may_see_duties(actor: Actor, _: Task) -> Refusal | None:
    """Any official of a unit of the county: who owes what under the plan is no secret among those it binds."""
    if actor.unit:
        return None
    return Refusal("plan_tasks.for_officials", "各单位的办理明细只对工作人员开放。", "公众可以查看每项任务的总体进度。")


@policy("plan_tasks.see_unit", zh="本单位和它上级单位的工作人员，或者岗位中有查看各单位应办事项这一项的人员。")
def may_see_unit(actor: Actor, unit: org.Unit | None) -> Refusal | None:
    """An official of the unit, of a unit above it, or of one whose post carries the watching of all units."""
    if unit is None:
        return None if actor.unit else needs_post(actor, "plan_tasks.see_unit", "查看单位应办事项")
    above = org.Unit.objects.filter(code=actor.unit).first() if actor.unit else None
    if above is not None and unit.path.startswith(above.path):
        return None
    return needs_post(actor, "plan_tasks.see_unit", "查看这个单位的应办事项")


@policy("plan_tasks.hand_in", zh="承担这项任务的单位中，岗位可以报送的人员。")
def may_hand_in(actor: Actor, duty: Duty) -> Refusal | None:
    """An officer of the unit that owes it, whose post carries the handing in."""
    if actor.unit != duty.unit.code:
        return Refusal(
            "plan_tasks.not_your_duty",
            f"“{duty.obligation.title}”由{duty.unit.short_name}报送。",
            "请由承担单位的人员报送。",
        )
    return needs_post(actor, "plan_tasks.hand_in", "报送应办事项")
