"""Who plans, approves, makes and judges checks, and who may know of one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Check, CheckMember, CheckPlan, Finding
from yingshang.oversight.supervision.policies.authority import needs_post
from yingshang.oversight.supervision.rules import checks as rules

PLAN, RUN, APPROVE = "supervision.plan_check", "supervision.run_check", "supervision.approve_check"
ANSWER = "supervision.answer_finding"


def watches_checks(actor: Actor) -> bool:
    """Return whether an actor's post plans, approves or makes checks."""
    return bool(actor.unit) and any(actor.holds(action) for action in (PLAN, RUN, APPROVE))


def of_other_people(unit_code: str) -> Refusal:
    """Return the refusal for what the unit checked does."""
    return Refusal("supervision.check_of_another_unit", "这次检查查的不是您的单位。", "请由被检查单位的人员办理。")


@policy("supervision.plan_check", zh="承担督查的单位中，岗位有安排督查检查这一项的人员。")
def may_plan_check(actor: Actor, _: object) -> Refusal | None:
    """An officer of the bureau whose post carries the planning of checks."""
    return needs_post(actor, PLAN, "安排督查检查")


@policy("supervision.approve_check", zh="承担督查的单位的负责人；自己起草的方案，自己不能批准。")
def may_approve_check(actor: Actor, plan: CheckPlan) -> Refusal | None:
    """The head of the bureau; never of a plan drafted by the same person."""
    if actor.person == plan.planned_by:
        return Refusal("supervision.own_draft", "这个方案是您起草的，不能由您批准。", "请由其他负责人批准。")
    return needs_post(actor, APPROVE, "批准督查方案")


@policy("supervision.run_check", zh="这次检查的检查组成员，岗位有开展督查检查这一项。")
def may_run_check(actor: Actor, check: Check) -> Refusal | None:
    """A member of the team of this check, whose post carries the making of checks."""
    if not CheckMember.objects.filter(of=check, person=actor.person).exists():
        return Refusal("supervision.not_in_the_team", "您不是这次检查的检查组成员。", "请由检查组成员办理。")
    return needs_post(actor, RUN, "开展督查检查")


@policy("supervision.answer_finding", zh="被检查单位中，岗位有答复整改这一项的人员。")
def may_answer_finding(actor: Actor, finding: Finding) -> Refusal | None:
    """An officer of the unit checked, whose post carries the answering."""
    if actor.unit != finding.of.unit.code:
        return of_other_people(finding.of.unit.code)
    return needs_post(actor, ANSWER, "答复整改")


@policy("supervision.judge_rectification", zh="承担督查的单位中，岗位可以开展督查检查的人员；被检查单位的人员除外。")
def may_judge_rectification(actor: Actor, finding: Finding) -> Refusal | None:
    """An officer of the bureau whose post carries checks, and who is not of the unit checked."""
    if actor.unit == finding.of.unit.code:
        return Refusal("supervision.own_unit", "您是被检查单位的人员，应当回避。", "请换一名其他单位的人员。")
    return needs_post(actor, RUN, "复核整改")


@policy("supervision.object_to_conclusion", zh="被检查单位中，岗位有答复整改这一项的人员。")
def may_object_to_conclusion(actor: Actor, check: Check) -> Refusal | None:
    """An officer of the unit checked, whose post carries the answering."""
    if actor.unit != check.unit.code:
        return of_other_people(check.unit.code)
    return needs_post(actor, ANSWER, "对结论申请复核")


@policy("supervision.decide_conclusion_review", zh="岗位可以复核整改，而且没有参加这次检查、没有起草和批准方案的人员。")
def may_decide_conclusion_review(actor: Actor, check: Check) -> Refusal | None:
    """An officer of the bureau who had no part in the check, its plan or its conclusion (art. 17)."""
    part = {check.plan.planned_by, check.plan.approved_by, check.done_by, check.concluded_by}
    if actor.person in part or CheckMember.objects.filter(of=check, person=actor.person).exists():
        return Refusal(
            "supervision.took_part",
            "您参加过这次检查或者起草、批准过它，不能由您复核。",
            "请由没有参加的人员作出决定。",
            source="《政府督查工作条例》第十七条",
        )
    return needs_post(actor, RUN, "作出复核决定")


@policy(
    "supervision.see_check",
    zh="安排、批准、开展督查的人员和检查组成员；被检查单位看本单位的，其中暗访和随机抽查要等检查以后才看得到。",
)
def may_see_check(actor: Actor, check: Check) -> Refusal | None:
    """Whoever plans, approves or makes checks; the team; the unit checked, a secret one only once it is done."""
    if seen_checks(actor).filter(pk=check.pk).exists():
        return None
    return Refusal("supervision.check_not_yours", "这次检查不在您可以查看的范围内。", "请联系承担督查的单位。")


@visibility("supervision.see_check")
def seen_checks(actor: Actor) -> QuerySet[Check]:
    """Return the checks that an actor may know of. No query until it is read.

    Nobody of the unit checked learns of a secret one before it is done, not
    even through a post that watches checks.
    """
    if actor is SYSTEM:
        return Check.objects.all()
    hidden = Q(plan__kind__in=sorted(rules.SECRET), state__in=[rules.PLANNED, rules.CALLED_OFF])
    drafts = Q(plan__approved_at=None)
    mine = CheckMember.objects.filter(person=actor.person).values("of")
    seen = Q(pk__in=mine) & ~Q(unit__code=actor.unit)
    if actor.unit:
        seen |= Q(unit__code=actor.unit) & ~hidden & ~drafts & ~Q(state=rules.CALLED_OFF)
    if watches_checks(actor):
        seen |= ~Q(unit__code=actor.unit)
    return Check.objects.filter(seen)
