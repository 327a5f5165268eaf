"""Who makes, files, decides, signs and reports on a unit's own plan."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Filing, WorkPlan
from yingshang.oversight.plan_tasks.policies.plan import needs_post

SECTION = "木环组发〔2019〕1号 四（三）"


def _own(actor: Actor, work_plan: WorkPlan, action: str, deed: str) -> Refusal | None:
    if actor.unit != work_plan.holder.code:
        return Refusal(
            "plan_tasks.not_your_work_plan",
            f"这份{work_plan}由{work_plan.holder.short_name}{deed}。",
            "请由该单位的人员办理。",
        )
    return needs_post(actor, action, deed)


@policy("plan_tasks.write_work_plan", zh="承担任务的单位中，岗位有编制子方案和年度方案这一项的人员。")
def may_write(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """An officer of the unit that answers for the plan, whose post carries the writing."""
    return _own(actor, work_plan, "plan_tasks.write_work_plan", "编制")


@policy("plan_tasks.file_work_plan", zh="承担任务的单位中，岗位有报备子方案和年度方案这一项的人员。")
def may_file(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """An officer of the unit that answers for the plan, whose post carries the filing."""
    return _own(actor, work_plan, "plan_tasks.file_work_plan", "报备")


@policy("plan_tasks.see_work_plan", zh="县里任何单位的工作人员；草稿只有编制单位和它的上级单位能看。")
def may_see(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """Any official; a plan of a unit of which only counts are shown is for that unit, those above it and the desk."""
    if not actor.unit:
        return Refusal("plan_tasks.for_officials", "各单位的方案全文只对工作人员开放。", "公众可以在任务页上看各阶段。")
    if not work_plan.holder.counts_only or actor.holds("plan_tasks.see_filings"):
        return None
    return may_see_draft(actor, work_plan)


@policy("plan_tasks.see_draft", zh="编制单位和它上级单位的工作人员。")
def may_see_draft(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """An official of the unit that answers for the plan, or of a unit above it."""
    if actor.unit and f"/{actor.unit}/" in f"/{work_plan.holder.path}":
        return None
    return Refusal("plan_tasks.draft_is_private", "草稿只有编制单位能看。", "报备以后，工作人员都可以查看。")


@policy("plan_tasks.see_filings", zh="岗位中有查看备案台这一项的人员。")
def may_see_filings(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the filing desk."""
    return needs_post(actor, "plan_tasks.see_filings", "查看备案台")


@policy("plan_tasks.decide_filing", zh="岗位中有审核备案这一项的人员；自己报备的，要由另一位审核。")
def may_decide_filing(actor: Actor, filing: Filing) -> Refusal | None:
    """A person whose post carries the desk, and who did not file it: two people see every plan."""
    if filing.filed_by == actor.person:
        return Refusal("plan_tasks.own_filing", "这次报备是您自己办理的。", "请由备案台的另一位人员审核。")
    return needs_post(actor, "plan_tasks.decide_filing", "审核备案")


@policy("plan_tasks.sign_letter", zh="承担任务的单位的主要负责人。")
def may_sign(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """The head of the unit that answers for the plan (第一责任人)."""
    return _own(actor, work_plan, "plan_tasks.sign_letter", "签署责任书")


@policy("plan_tasks.report_progress", zh="承担任务的单位中，岗位有填报进展这一项的人员。")
def may_report(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """An officer of the unit that answers for the plan, whose post carries reporting."""
    return _own(actor, work_plan, "plan_tasks.report_progress", "填报进展")


@policy("plan_tasks.ask_sign_off", zh="承担任务的单位中，岗位有申请销号这一项的人员。")
def may_ask_sign_off(actor: Actor, work_plan: WorkPlan) -> Refusal | None:
    """An officer of the unit that answers for the plan, whose post carries asking."""
    return _own(actor, work_plan, "plan_tasks.ask_sign_off", "申请销号")


@policy("plan_tasks.decide_sign_off", zh="岗位中有审核销号这一项的人员。")
def may_decide_sign_off(actor: Actor, _: WorkPlan) -> Refusal | None:
    """A person whose post carries the confirmation of finished stages."""
    return needs_post(actor, "plan_tasks.decide_sign_off", "审核销号")
