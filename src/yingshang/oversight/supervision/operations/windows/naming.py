"""A unit files the list of its own outstanding problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import NamedProblem, ProblemList
from yingshang.oversight.supervision.rules.periods import PROBLEM_LIST, origin_of


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem that a unit names."""

    what: str
    area: str
    cause: str
    measure: str
    due_date: date


@transaction.atomic
def file_problem_list(*, period: str, problems: Sequence[Problem], by: Actor, at: datetime) -> ProblemList:
    """File the list of the actor's unit for a period and return it; a filed list never changes.

    Raises NotFound where the unit owes none for the period, Refusal
    ``supervision.problem_list_filed``, ``supervision.problems_missing``,
    ``supervision.area_unknown``, ``supervision.reason_missing``,
    ``supervision.day_is_past`` and what the policy refuses. Records
    ``supervision.problem_list_filed``.
    """
    rows = work.Obligation.objects.select_for_update(of=("self",)).select_related("unit")
    owed = rows.filter(kind=PROBLEM_LIST, origin=origin_of(PROBLEM_LIST, period), unit__code=by.unit)
    duty = owed.order_by("pk").first()
    if duty is None:
        raise NotFound("这一期的突出问题清单")
    access.permit(by, "supervision.file_problem_list", duty)
    if duty.state != work.Obligation.State.OPEN:
        raise Refusal("supervision.problem_list_filed", "这一期的清单已经报过。", "新的问题请列入下一期。")
    if not problems:
        raise Refusal(
            "supervision.problems_missing",
            "清单上一个问题也没有。",
            "请认真梳理；请先看系统里的记录，再列出问题。",
            source="方案第33项",
        )
    known = queries.rules_of_county().areas
    for each in problems:
        if each.area not in known:
            raise Refusal("supervision.area_unknown", "这个问题领域不在清单里。", "请从列出的领域中选择一个。")
        if not (each.what.strip() and each.cause.strip() and each.measure.strip()):
            raise Refusal("supervision.reason_missing", "每个问题都要写明原因和措施。", "请补全后再报送。")
        if each.due_date < clock.beijing_date(at):
            raise Refusal("supervision.day_is_past", "解决问题的日期已经过了。", "请改为今天或者以后的日期。")
    filed = ProblemList.objects.create(
        unit=org.unit(by.unit), period=period, duty=duty, filed_by=by.person, filed_at=at
    )
    NamedProblem.objects.bulk_create(
        NamedProblem(
            of=filed,
            place=place,
            what=each.what.strip(),
            area=each.area,
            cause=each.cause.strip(),
            measure=each.measure.strip(),
            due_date=each.due_date,
        )
        for place, each in enumerate(problems, 1)
    )
    work.fulfill(obligation_id=duty.pk, by=by, at=at, evidence=f"problem-list:{filed.pk}")
    ledger.record(
        "supervision.problem_list_filed",
        subject=f"problem_list:{filed.pk}",
        by=by,
        at=at,
        facts={"period": period, "problems": len(problems)},
    )
    return filed
