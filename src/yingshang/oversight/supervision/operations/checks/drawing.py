"""Random checks: whom they meet and who goes, the sealed draw says; nobody chooses."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, draws, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import draw
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Check, CheckMember, CheckPlan
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.checks.planning import ARTICLE_15, fitting
from yingshang.oversight.supervision.rules import checks as rules

CLASS = "units"


@transaction.atomic
def seal_random_checks(
    *,
    title: str,
    area: str,
    content: str,
    scope: str,
    units: Sequence[str],
    count: int,
    team: Sequence[str],
    by: Actor,
    at: datetime,
) -> CheckPlan:
    """Seal a draw of units and teams for random checks, and return its plan, still without checks.

    units: codes of the pool; who was checked too lately or waits for a check
    stays in it, excluded with that reason. count: how many are drawn. team:
    pseudonyms of those who may go; whoever belongs to a unit is never sent
    there. The dice are thrown on the pages of the draw.
    Raises NotFound, Refusal ``supervision.no_authority``,
    ``supervision.area_unknown``, ``supervision.plan_incomplete``,
    ``supervision.nothing_to_draw``, what ``draws.seal_plan`` and the policy
    refuse. Records ``supervision.checks_planned`` and ``draws.committed``.
    """
    today = clock.beijing_date(at)
    access.permit(by, "supervision.plan_check")
    authority_or_refuse(today)
    if area not in queries.rules_of_county().areas:
        raise Refusal("supervision.area_unknown", "这个问题领域不在清单里。", "请从列出的领域中选择一个。")
    if not (title.strip() and content.strip() and scope.strip() and units):
        raise Refusal(
            "supervision.plan_incomplete",
            "督查方案要写明内容、对象和范围。",
            "请把查什么、查哪些单位和环节写全。",
            source=ARTICLE_15,
        )
    pool, excluded = sorted(set(units)), {}
    for code in pool:
        try:
            fitting(code, area, today)
        except Refusal as refusal:
            excluded[code] = refusal.code.partition(".")[2]
    if not 1 <= count <= len(pool) - len(excluded):
        raise Refusal(
            "supervision.nothing_to_draw",
            f"名录中可以抽的单位有{len(pool) - len(excluded)}个，不够抽{count}个。",
            "请减少抽取数量，或者补充名录。",
        )
    try:
        sealed = _sealed(title, pool, excluded, count, _people(team, today))
    except draw.PlanProblem as problem:
        raise Refusal(
            "supervision.nothing_to_draw", "这份名录和人员抽不出检查组。", "请增加检查人员，至少两名，而且能相互回避。"
        ) from problem
    made = draws.seal_plan(
        plan=sealed, purpose="supervision", title=f"{queries.rules_of_county().area_title(area)}随机抽查", by=by, at=at
    )
    plan = CheckPlan.objects.create(
        title=title.strip(),
        kind=rules.RANDOM,
        area=area,
        content=content.strip(),
        scope=scope.strip(),
        draw_serial=made.serial,
        planned_by=by.person,
        planned_at=at,
    )
    ledger.record(
        "supervision.checks_planned", subject="checks", by=by, at=at, facts={"commitment": ledger.private(str(plan.pk))}
    )
    return plan


@transaction.atomic
def arrange_drawn_checks(*, plan_id: UUID, day: date, by: Actor, at: datetime) -> list[Check]:
    """Arrange the checks that the draw gave, each with its own team, and return them.

    Raises NotFound, Refusal ``supervision.arranged_already``,
    ``supervision.day_is_past``, ``supervision.not_in_office``,
    ``draws.no_result`` while the dice have not spoken, and what the policies
    refuse. Records ``supervision.drawn_checks_arranged`` without a word of whom.
    """
    plan = CheckPlan.objects.select_for_update().filter(pk=plan_id, kind=rules.RANDOM).first()
    if plan is None or plan.draw_serial is None:
        raise NotFound("这个随机抽查方案")
    access.permit(by, "supervision.plan_check")
    if plan.checks.exists():
        raise Refusal("supervision.arranged_already", "抽签结果已经安排成检查。", "不需要再安排一次。")
    if day < clock.beijing_date(at):
        raise Refusal("supervision.day_is_past", "检查的日期已经过了。", "请改为今天或者以后的日期。")
    result = draws.result_of(serial=plan.draw_serial, by=by)
    units = {unit.code.upper(): unit for unit in org.Unit.objects.all()}
    people = {person.pseudonym.upper(): person for person in org.Person.objects.all()}
    checks = []
    for each in result:
        team = [(people[one], org.units_of(people[one], day)) for one in each.team]
        gone = [person.name for person, at_work in team if not at_work]
        if gone:
            raise Refusal(
                "supervision.not_in_office", f"{gone[0]}那天没有任职，不能参加检查。", "请改期，或者在抽签中递补。"
            )
        check = Check.objects.create(plan=plan, unit=units[each.target], planned_on=day)
        CheckMember.objects.bulk_create(
            CheckMember(of=check, person=person.pseudonym, name=person.name, unit=at_work[0])
            for person, at_work in team
        )
        checks.append(check)
    ledger.record(
        "supervision.drawn_checks_arranged",
        subject="checks",
        by=by,
        at=at,
        facts={"commitment": ledger.private(str(plan.pk))},
    )
    return checks


def _people(team: Sequence[str], day: date) -> list[tuple[org.Person, list[org.Unit]]]:
    people = list(org.Person.objects.filter(pseudonym__in=set(team)).order_by("pk"))
    if len(people) != len(set(team)):
        raise NotFound("检查人员中的一名")
    return [(person, units) for person in people if (units := org.units_of(person, day))]


def _sealed(
    title: str,
    pool: Sequence[str],
    excluded: dict[str, str],
    count: int,
    people: Sequence[tuple[org.Person, list[org.Unit]]],
) -> draw.Plan:
    """Return the plan to seal: one class of units, pairs of people, and who must stay away from whom."""
    away = [
        draw.Conflict(person.pseudonym, unit.code, secrets.token_hex(16))
        for person, units in people
        for unit in units
        if unit.code in pool
    ]
    return draw.Plan(
        purpose={"title": title.strip()},
        strata=[draw.Stratum(CLASS, count=count)],
        targets={CLASS: list(pool)},
        exclusions=excluded,
        inspectors=[draw.Inspector(person.pseudonym, units[0].code) for person, units in people],
        conflicts=away,
    )
