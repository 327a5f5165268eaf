"""From a line of the plan to visits: seal the draw, and take over what was drawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Batch, Crew, Inspector, Plan, PlanLine, Target, Visit
from yingshang.conduct.inspections.operations.scheduling import plan_visit
from yingshang.conduct.inspections.rules.grading import ratio
from yingshang.kernel import access, clock, draws, ledger, lists, org
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import draw

PURPOSE = "inspections"
OBSERVED, CAP_REACHED = "under_observation", "cap_reached"
SALT_BYTES = 16


@dataclass(frozen=True)
class TakenOver:
    """What became of a draw: how many visits were planned now, and which targets a hard stop kept out, and why."""

    planned: int
    stopped: Sequence[tuple[Target, Refusal]] = field(default=())


@transaction.atomic
def seal_batch(
    *,
    line_id: int,
    visits_from: date,
    visits_to: date,
    dice: bool = True,
    beacon_at: datetime | None = None,
    invitations: Sequence[int] = (),
    by: Actor,
    at: datetime,
) -> Batch:
    """Seal the draw of a line of a published plan and return the batch; from here on nobody chooses.

    The pools are taken as they stand today: each class with its ratio is a
    stratum, a class drawn at 0 is left out; enterprises under observation or at
    their cap stay in the pool as exclusions with that reason; declared ties go
    in as commitments. A joint check draws its two inspectors from two units.
    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.plan_not_in_force``, ``inspections.outside_the_line``,
    ``inspections.drawn_often_enough``, ``inspections.nobody_to_draw``,
    ``draws.plan_does_not_fit`` and what ``draws.seal_plan`` refuses. Records
    ``inspections.batch_sealed``.
    """
    line = PlanLine.objects.select_for_update(of=("self",)).select_related("plan__unit").filter(pk=line_id).first()
    if line is None:
        raise NotFound("这项抽查任务")
    access.permit(by, "inspections.draw", line.plan)
    today = clock.beijing_date(at)
    _refuse_out_of_turn(line, visits_from, visits_to)
    sealed_plan = _draw_plan(line, today)
    sealed = draws.seal_plan(
        plan=sealed_plan,
        purpose=PURPOSE,
        title=f"{line.plan.unit.short_name}{line.plan.year}年抽查计划第{line.place}项任务",
        by=by,
        at=at,
        dice=dice,
        beacon_at=beacon_at,
        invitations=invitations,
    )
    pool = sealed_plan.sections()["targets"]
    batch = Batch.objects.create(
        line=line,
        serial=str(sealed.serial),
        visits_from=visits_from,
        visits_to=visits_to,
        pool_counts={grade: len(codes) for grade, codes in pool.items()},
        pool_digest=draw.digest(pool),
        by=by.person,
        at=at,
    )
    facts = {"serial": sealed.serial, "unit": line.plan.unit.code}
    ledger.record("inspections.batch_sealed", subject=f"inspections.batch:{batch.pk}", by=by, at=at, facts=facts)
    return batch


def take_over(*, batch_id: int, by: Actor, at: datetime) -> TakenOver:
    """Turn what was drawn into planned visits, and say which targets a hard stop keeps out.

    Safe to repeat: a target that has its visit is passed over, so whoever was
    replaced in the meantime is taken over by the next call. A stopped target
    waits for a substitution. Raises NotFound and what ``draws.result_of`` refuses.
    """
    batch = Batch.objects.select_related("line__plan__unit").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("这个抽取批次")
    access.permit(by, "inspections.draw", batch.line.plan)
    assigned = draws.result_of(serial=int(batch.serial), by=by)
    done = set(Visit.objects.filter(batch=batch).values_list("target__code", flat=True))
    waiting = [each for each in assigned if each.target not in done and each.team]
    targets = {each.code: each for each in Target.objects.filter(code__in=[one.target for one in waiting])}
    numbers = {number for one in waiting for number in one.team}
    inspectors = {each.certificate_no: each for each in _with_units(numbers)}
    planned, stopped = 0, []
    for one in waiting:
        crew = [
            (inspectors[number], Crew.Role.COMPANION if place else Crew.Role.LEAD)
            for place, number in enumerate(one.team)
        ]
        try:
            plan_visit(
                kind=Visit.Kind.ROUTINE,
                target=targets[one.target],
                items=batch.line.items,
                lead_unit=batch.line.plan.unit,
                crew=crew,
                planned_on=batch.visits_from,
                planned_to=batch.visits_to,
                batch=batch,
                by=by,
                at=at,
            )
        except Refusal as refused:
            stopped.append((targets[one.target], refused))
        except Stale:
            continue  # somebody takes over the same batch at this moment
        else:
            planned += 1
    return TakenOver(planned, stopped)


def _with_units(numbers: set[str]) -> list[Inspector]:
    return list(Inspector.objects.filter(certificate_no__in=numbers).select_related("unit"))


def _refuse_out_of_turn(line: PlanLine, visits_from: date, visits_to: date) -> None:
    if line.plan.state != Plan.State.PUBLISHED:
        raise Refusal(
            "inspections.plan_not_in_force",
            f"这份计划现在是“{line.plan.get_state_display()}”，没有公示的计划不能抽取。",
            "请先经批准并公示。",
            source="国发〔2019〕5号",
        )
    if not line.first <= visits_from <= visits_to <= line.last:
        raise Refusal(
            "inspections.outside_the_line",
            f"入企检查的日期应在这项任务的{line.first:%m月%d日}至{line.last:%m月%d日}之间。",
            "请改正日期；确需调整的，变更计划。",
        )
    serials = [int(serial) for serial in line.batches.values_list("serial", flat=True)]
    standing = sum(draws.standing_of(draws.draw_of(serial)).state != draws.State.VOID for serial in serials)
    if standing >= line.times:
        raise Refusal(
            "inspections.drawn_often_enough",
            f"这项任务计划抽取{line.times}次，已经抽取{standing}次。",
            "需要再抽的，变更计划并写明理由。",
        )


def _draw_plan(line: PlanLine, today: date) -> draw.Plan:
    items = queries.published_items(today)
    units = _units(line, items)
    pool = [each for each in queries.targets_on(today, tags=line.tags) if ratio(line.ratios.get(_grade(each), "0/1"))]
    if not pool:
        raise Refusal(
            "inspections.nobody_to_draw", "名录库里没有符合这项任务范围的检查对象。", "请核对对象范围和名录库。"
        )
    by_grade: dict[str, list[str]] = {}
    for each in pool:
        by_grade.setdefault(_grade(each), []).append(each.code)
    inspectors = list(queries.inspectors_on(today, units=[unit.code for unit in units]))
    ties = queries.ties_on(today).filter(target__in=[each.pk for each in pool], inspector__in=inspectors)
    lead_field = items[line.items[0]].values["field"]
    try:
        return draw.Plan(
            purpose={"title": line.title, "plan": str(line.plan), "items": "、".join(line.items)},
            strata=[_stratum(grade, line.ratios[grade], lead_field) for grade in sorted(by_grade)],
            targets=by_grade,
            exclusions=_exclusions(pool, units, today),
            inspectors=[draw.Inspector(each.certificate_no, each.unit.code, tuple(each.fields)) for each in inspectors],
            pairs=True,
            different_units=len(units) > 1,
            conflicts=[
                draw.Conflict(tie.inspector.certificate_no, tie.target.code, secrets.token_hex(SALT_BYTES))
                for tie in ties
            ],
        )
    except draw.PlanProblem as problem:
        raise Refusal(
            "draws.plan_does_not_fit", problem.said, "请先补齐名录库或者变更计划；封存以前什么都没有保存。"
        ) from None


def _grade(target: Target) -> str:
    return getattr(target, "grade", None) or ""


def _stratum(grade: str, text: str, lead_field: str) -> draw.Stratum:
    numerator, denominator = text.split("/")
    return draw.Stratum(grade, num=int(numerator), den=int(denominator), field=lead_field)


def _units(line: PlanLine, items: dict[str, lists.Row]) -> list[org.Unit]:
    codes = {items[code].values["unit"] for code in line.items} | {line.plan.unit.code}
    joint = set(line.joint_units.values_list("code", flat=True))
    return list(org.Unit.objects.filter(code__in=codes | joint).order_by("code"))


def _exclusions(pool: Sequence[Target], units: Sequence[org.Unit], today: date) -> dict[str, str]:
    observed = set(queries.under_observation(today).values_list("target_id", flat=True))
    capped = queries.at_their_cap(pool, units, today)
    out = {each.code: CAP_REACHED for each in pool if each.pk in capped}
    return out | {each.code: OBSERVED for each in pool if each.pk in observed}
