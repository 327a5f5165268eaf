"""The year's plan: drafted, approved by the head, published, and changed by a new version with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Plan, PlanLine
from yingshang.conduct.inspections.rules import stops
from yingshang.conduct.inspections.rules.grading import out_of_bounds
from yingshang.kernel import access, clock, disclosure, ledger, org, search
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

DISCLOSURE_KIND = "inspection_plan"


@transaction.atomic
def draft_plan(*, year: int, changed_because: str = "", by: Actor, at: datetime) -> Plan:
    """Draft the plan of the actor's unit for a year; a second one is the next version and says why it changes.

    The lines of the version in force are copied into the draft. Raises
    whatever the policy refuses, Refusal ``inspections.plan_in_hand`` while
    another version is being prepared and ``inspections.reason_missing``.
    """
    access.permit(by, "inspections.draft_plan")
    unit = org.unit(by.unit)
    # One planner at a time: two drafts would race for the same version number.
    org.Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    earlier = list(Plan.objects.filter(unit=unit, year=year).order_by("version"))
    if any(plan.state in (Plan.State.DRAFT, Plan.State.SUBMITTED, Plan.State.APPROVED) for plan in earlier):
        raise Refusal(
            "inspections.plan_in_hand",
            f"{year}年的计划正在拟订或者审批。",
            "请在正在办理的那一份上修改，或者先办完它。",
        )
    if earlier and not changed_because.strip():
        raise Refusal("inspections.reason_missing", "变更已公示的计划要写明理由。", "请填写变更理由。")
    plan = Plan.objects.create(
        unit=unit,
        year=year,
        version=len(earlier) + 1,
        changed_because=changed_because.strip() if earlier else "",
        drafted_by=by.person,
    )
    if earlier:
        _copy_lines(earlier[-1], plan)
    return plan


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a task of a plan says.

    items: codes of the published list. tags: targets with any of them; empty: all. ratios: class → fraction as
    text. times: how often it is drawn in the year. joint_units: codes of the units that take part.
    """

    title: str
    items: Sequence[str]
    tags: Sequence[str] = ()
    ratios: Mapping[str, str]
    first: date
    last: date
    times: int = 1
    joint_units: Sequence[str] = ()
    ordered_from_above: str = ""


@transaction.atomic
def add_line(*, plan_id: int, task: Task, by: Actor, at: datetime) -> PlanLine:
    """Add a task to a draft, and return its line.

    Raises NotFound, whatever the policy refuses, and Refusal
    ``inspections.plan_in_another_state``, ``inspections.item_not_published``,
    ``inspections.line_outside_the_year``, ``inspections.ratio_out_of_bounds``.
    """
    plan = _draft(plan_id, by)
    _check_task(plan, task)
    return _write(PlanLine(plan=plan, place=plan.lines.count() + 1), task)


@transaction.atomic
def change_line(*, line_id: int, task: Task, by: Actor, at: datetime) -> PlanLine:
    """Say otherwise what a task of a draft is, and return its line. Raises what ``add_line`` raises."""
    line = PlanLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound("这项抽查任务")
    line.plan = _draft(line.plan_id, by)
    _check_task(line.plan, task)
    return _write(line, task)


@transaction.atomic
def remove_line(*, line_id: int, by: Actor, at: datetime) -> None:
    """Take a task out of a draft; the ones behind it move up.

    Raises NotFound and Refusal ``inspections.plan_in_another_state``.
    """
    line = PlanLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound("这项抽查任务")
    plan = _draft(line.plan_id, by)
    line.joint_units.clear()
    line.delete()
    for place, each in enumerate(plan.lines.order_by("place"), 1):
        PlanLine.objects.filter(pk=each.pk).update(place=place)


@transaction.atomic
def submit_plan(*, plan_id: int, by: Actor, at: datetime) -> Plan:
    """Hand a draft to the head.

    Raises NotFound, whatever the policy refuses, and Refusal
    ``inspections.plan_in_another_state`` and ``inspections.plan_empty``.
    """
    plan = _draft(plan_id, by)
    if not plan.lines.exists():
        raise Refusal("inspections.plan_empty", "计划里还没有抽查任务。", "请至少加一项任务。")
    return _moved(plan, Plan.State.SUBMITTED, by, at)


@transaction.atomic
def decide_plan(*, plan_id: int, approve: bool, reason: str = "", by: Actor, at: datetime) -> Plan:
    """Approve a submitted plan, or give it back with the reason; return it.

    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.plan_in_another_state`` and ``inspections.reason_missing``.
    Records ``inspections.plan_approved`` or ``inspections.plan_returned``.
    """
    plan = _locked(plan_id)
    access.permit(by, "inspections.approve_plan", plan)
    _must_be(plan, Plan.State.SUBMITTED)
    if not approve:
        if not reason.strip():
            raise Refusal("inspections.reason_missing", "退回要写明理由。", "请填写退回理由。")
        return _moved(plan, Plan.State.DRAFT, by, at, kind="inspections.plan_returned", reason=reason[:200])
    plan.approved_by, plan.approved_on = by.person, clock.beijing_date(at)
    plan.save(update_fields=["approved_by", "approved_on"])
    return _moved(plan, Plan.State.APPROVED, by, at, kind="inspections.plan_approved")


@transaction.atomic
def publish_plan(*, plan_id: int, by: Actor, at: datetime) -> Plan:
    """Publish an approved plan; the version before it is superseded. Return it.

    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.plan_in_another_state``. Records ``inspections.plan_published``
    and a disclosure of the kind ``inspection_plan``.
    """
    plan = _locked(plan_id)
    access.permit(by, "inspections.publish_plan", plan)
    _must_be(plan, Plan.State.APPROVED)
    Plan.objects.filter(unit=plan.unit, year=plan.year, state=Plan.State.PUBLISHED).update(state=Plan.State.SUPERSEDED)
    plan.published_on = clock.beijing_date(at)
    plan.save(update_fields=["published_on"])
    moved = _moved(plan, Plan.State.PUBLISHED, by, at, kind="inspections.plan_published")
    disclosure.publish(
        subject=f"inspections.plan:{plan.pk}",
        kind=DISCLOSURE_KIND,
        title=f"{plan.unit.short_name}{plan.year}年度抽查计划（第{plan.version}版）",
        fields={
            "unit": plan.unit.name,
            "year": str(plan.year),
            "changed_because": plan.changed_because,
            "tasks": "；".join(
                f"{line.title}（{line.first:%m月%d日}至{line.last:%m月%d日}）" for line in plan.lines.all()
            ),
        },
        unit=plan.unit.code,
        by=by,
        at=at,
    )
    title = f"{plan.unit.short_name}{plan.year}年抽查计划（第{plan.version}版）"
    tasks = "；".join(plan.lines.values_list("title", flat=True))
    search.put(
        subject=f"inspections.plan:{plan.pk}",
        kind="抽查计划",
        title=title,
        address=f"/inspections/plans/{plan.pk}/",
        audience=PUBLIC,
        at=at,
        summary=tasks,
        names=[plan.unit.short_name],
    )
    return moved


def _check_task(plan: Plan, task: Task) -> None:
    if not task.first <= task.last or {task.first.year, task.last.year} != {plan.year}:
        raise Refusal(
            "inspections.line_outside_the_year",
            f"任务的起止日期应在{plan.year}年内，结束不早于开始。",
            "请改正日期。",
        )
    refused = stops.items_published(task.items, frozenset(queries.published_items(task.first)))
    if refused is not None:
        raise refused
    wrong = out_of_bounds(task.ratios, queries.bounds_on(task.first))
    if wrong:
        raise Refusal("inspections.ratio_out_of_bounds", "".join(wrong), "请按分级分类比例表改正。")


def _write(line: PlanLine, task: Task) -> PlanLine:
    line.title, line.items, line.tags = task.title, list(dict.fromkeys(task.items)), list(task.tags)
    line.ratios, line.first, line.last, line.times = dict(task.ratios), task.first, task.last, task.times
    line.ordered_from_above = task.ordered_from_above
    line.save()
    line.joint_units.set(org.Unit.objects.filter(code__in=task.joint_units).exclude(pk=line.plan.unit_id))
    return line


def _locked(plan_id: int) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("这份抽查计划")
    return plan


def _draft(plan_id: int, by: Actor) -> Plan:
    plan = _locked(plan_id)
    access.permit(by, "inspections.draft_plan", plan)
    _must_be(plan, Plan.State.DRAFT)
    return plan


def _must_be(plan: Plan, state: Plan.State) -> None:
    if plan.state != state:
        raise Refusal(
            "inspections.plan_in_another_state",
            f"这份计划现在是“{plan.get_state_display()}”。",
            "请刷新页面查看最新情况。",
        )


def _moved(plan: Plan, state: Plan.State, by: Actor, at: datetime, *, kind: str = "", reason: str = "") -> Plan:
    plan.state = state
    plan.save(update_fields=["state"])
    if kind:
        facts = {"unit": plan.unit.code, "year": plan.year, "version": plan.version}
        facts |= {"reason": reason} if reason else {}
        ledger.record(kind, subject=f"inspections.plan:{plan.pk}", by=by, at=at, facts=facts)
    return plan


def _copy_lines(before: Plan, plan: Plan) -> None:
    for line in before.lines.prefetch_related("joint_units"):
        units = list(line.joint_units.all())
        line.pk, line.plan = None, plan
        line._state.adding = True
        line.save()
        line.joint_units.set(units)
