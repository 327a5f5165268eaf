"""Plan checks, have the plan approved, call one off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Check, CheckMember, CheckPlan
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.checks.locking import locked_check, refuse_unless
from yingshang.oversight.supervision.rules import checks as rules

ARTICLE_15 = "《政府督查工作条例》第十五条"


@transaction.atomic
def plan_checks(
    *,
    title: str,
    kind: str,
    area: str,
    content: str,
    scope: str,
    days: Mapping[str, date],
    team: Sequence[str],
    by: Actor,
    at: datetime,
) -> CheckPlan:
    """Draft a plan with one check for each unit and return it; nothing is known of it until somebody else approves.

    kind: of ``CheckPlan.Kind`` but random: whom those meet, the sealed draw
    says. days: unit code → day. team: pseudonyms, as many as the county asks for.
    Raises NotFound, Refusal ``supervision.no_authority``,
    ``supervision.area_unknown``, ``supervision.drawn_not_chosen``,
    ``supervision.plan_incomplete``, ``supervision.day_is_past`` and those of
    ``fitting``. Records ``supervision.checks_planned`` without a word of whom.
    """
    today = clock.beijing_date(at)
    # Two planners at once would both find that no check of the unit waits.
    list(org.Unit.objects.select_for_update(no_key=True).filter(code__in=days).order_by("pk").values_list("pk"))
    access.permit(by, "supervision.plan_check")
    authority_or_refuse(today)
    if kind == rules.RANDOM:
        raise Refusal(
            "supervision.drawn_not_chosen",
            "随机抽查的单位和人员由封存抽签决定，不能由人来选。",
            "请先封存抽签方案，再按抽签结果安排检查。",
            source=ARTICLE_15,
        )
    if area not in queries.rules_of_county().areas:
        raise Refusal("supervision.area_unknown", "这个问题领域不在清单里。", "请从列出的领域中选择一个。")
    if not (title.strip() and content.strip() and scope.strip() and days):
        raise Refusal(
            "supervision.plan_incomplete",
            "督查方案要写明内容、对象和范围。",
            "请把查什么、查哪些单位和环节写全。",
            source=ARTICLE_15,
        )
    if min(days.values()) < today:
        raise Refusal("supervision.day_is_past", "检查的日期已经过了。", "请改为今天或者以后的日期。")
    units = [(fitting(code, area, day), day) for code, day in sorted(days.items())]
    members = _members(team, [unit.code for unit, _ in units], min(days.values()))
    plan = CheckPlan.objects.create(
        title=title.strip(),
        kind=kind,
        area=area,
        content=content.strip(),
        scope=scope.strip(),
        planned_by=by.person,
        planned_at=at,
    )
    arrange(plan, units, members)
    ledger.record(
        "supervision.checks_planned", subject="checks", by=by, at=at, facts={"commitment": ledger.private(str(plan.pk))}
    )
    return plan


def arrange(
    plan: CheckPlan, units: Sequence[tuple[org.Unit, date]], members: Sequence[tuple[org.Person, org.Unit]]
) -> None:
    """Write the checks of a plan with their team. Queries: 2."""
    checks = Check.objects.bulk_create(Check(plan=plan, unit=unit, planned_on=day) for unit, day in units)
    CheckMember.objects.bulk_create(
        CheckMember(of=check, person=person.pseudonym, name=person.name, unit=unit)
        for check in checks
        for person, unit in members
    )


def fitting(code: str, area: str, day: date) -> org.Unit:
    """Return a unit that may be checked on an area on a day.

    Raises NotFound, Refusal ``supervision.only_counts_of_unit``,
    ``supervision.unit_closed``, ``supervision.check_waits_already`` (one check
    at a time: no two heads) and ``supervision.checked_too_soon``.
    """
    unit = org.unit(code)
    if unit.counts_only:
        raise Refusal(
            "supervision.only_counts_of_unit",
            f"对{unit.short_name}，平台只收数量，不办理具体事项。",
            "请从方案中去掉这个单位。",
        )
    if unit.valid_to is not None and unit.valid_to <= day:
        raise Refusal("supervision.unit_closed", f"{unit.short_name}已经合并或者撤销。", "请选择承接它的单位。")
    if Check.objects.filter(unit=unit, state=rules.PLANNED).exists():
        raise Refusal(
            "supervision.check_waits_already",
            f"{unit.short_name}已经安排了一次还没有做的检查，不能多头检查。",
            "请把要查的内容并入那一次，做到一次检查、全面体检。",
            source=ARTICLE_15,
        )
    done = Check.objects.filter(unit=unit, plan__area=area, state__in=[rules.DONE, rules.CONCLUDED])
    spacing = queries.rules_of_county().again_after_days
    before = rules.checked_too_soon(day, filter(None, done.values_list("done_on", flat=True)), spacing)
    if before is not None:
        raise Refusal(
            "supervision.checked_too_soon",
            f"{unit.short_name}在{before:%Y年%m月%d日}已经就同一领域检查过，{spacing}天内不重复检查。",
            "请改期，或者从方案中去掉这个单位；上次发现的问题请在复核中跟进。",
            source=ARTICLE_15,
        )
    return unit


def _members(team: Sequence[str], checked: Sequence[str], day: date) -> list[tuple[org.Person, org.Unit]]:
    people = list(org.Person.objects.filter(pseudonym__in=set(team)).order_by("pk"))
    if len(people) != len(set(team)):
        raise NotFound("检查组中的一名人员")
    least = queries.rules_of_county().smallest_team
    if len(people) < least:
        raise Refusal("supervision.team_too_small", f"检查组至少要有{least}个人。", "请再增加人员。")
    units = {person.pk: org.units_of(person, day) for person in people}
    for code in checked:
        own = rules.must_withdraw(code, [(person.name, [unit.code for unit in units[person.pk]]) for person in people])
        if own:
            raise Refusal(
                "supervision.own_unit",
                f"{own}是被检查单位的人员，应当回避。",
                "请换一名其他单位的人员。",
            )
    without = [person for person in people if not units[person.pk]]
    if without:
        raise Refusal("supervision.not_in_office", f"{without[0].name}那天没有任职，不能参加检查。", "请换人。")
    return [(person, units[person.pk][0]) for person in people]


@transaction.atomic
def approve_plan(*, plan_id: UUID, by: Actor, at: datetime) -> CheckPlan:
    """Approve a plan and return it; its checks may be made from now on.

    Raises NotFound, Refusal ``supervision.plan_approved`` and what the policy
    refuses. Records ``supervision.check_plan_approved``.
    """
    plan = CheckPlan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("这个督查方案")
    access.permit(by, "supervision.approve_check", plan)
    if plan.approved_at is not None:
        raise Refusal("supervision.plan_approved", "这个方案已经批准。", "不需要再批准一次。")
    plan.approved_by, plan.approved_at = by.person, at
    plan.save(update_fields=["approved_by", "approved_at"])
    ledger.record(
        "supervision.check_plan_approved",
        subject="checks",
        by=by,
        at=at,
        facts={"commitment": ledger.private(str(plan.pk))},
    )
    return plan


@transaction.atomic
def call_off_check(*, check_id: UUID, reason: str, by: Actor, at: datetime) -> Check:
    """Call off a check that was not made; a secret one is never known of. Returns the check.

    Raises NotFound, Refusal ``supervision.check_stands_elsewhere``,
    ``supervision.reason_missing`` and what the policy refuses. Records
    ``supervision.check_called_off``.
    """
    check = locked_check(check_id, by)
    access.permit(by, "supervision.plan_check")
    refuse_unless(check, rules.PLANNED)
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "还没有写明取消的原因。", "请写明原因后再提交。")
    check.state, check.reason = rules.CALLED_OFF, reason.strip()[:400]
    check.save(update_fields=["state", "reason"])
    ledger.record(
        "supervision.check_called_off",
        subject="checks",
        by=by,
        at=at,
        facts={"commitment": ledger.private(str(check.pk))},
    )
    return check
