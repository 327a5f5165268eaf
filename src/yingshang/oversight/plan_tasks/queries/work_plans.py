"""A unit's own plans: what they rest on, their editions and stages, in the terms of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from yingshang.kernel import access, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Filing, Stage, Task, WorkPlan, WorkPlanEdition, YearlyDuty
from yingshang.oversight.plan_tasks.queries.plans import identity
from yingshang.oversight.plan_tasks.rules import Goal, GoalKind, Span, StagePlan

State = WorkPlanEdition.State
IN_HAND = (State.DRAFT, State.RETURNED)
"""States in which the unit may write."""


def work_plans() -> QuerySet[WorkPlan]:
    """Return the plans of all units with what their rows show."""
    return WorkPlan.objects.select_related("unit", "holder", "plan", "obligation__clock__limit")


def work_plan(work_plan_id: int) -> WorkPlan:
    """Return one plan. Raises NotFound."""
    found = work_plans().filter(pk=work_plan_id).first()
    if found is None:
        raise NotFound("这份方案")
    return found


def work_plan_answering(obligation_id: int) -> WorkPlan | None:
    """Return the plan that answers a duty, if its unit has begun one."""
    return work_plans().filter(obligation_id=obligation_id).first()


def edition_with(edition_id: int) -> WorkPlanEdition:
    """Return one edition with its plan. Raises NotFound."""
    related = WorkPlanEdition.objects.select_related(
        "work_plan__unit", "work_plan__holder", "work_plan__plan", "work_plan__obligation__clock"
    )
    found = related.filter(pk=edition_id).first()
    if found is None:
        raise NotFound("这一版方案")
    return found


def visible_editions(of: WorkPlan, actor: Actor) -> QuerySet[WorkPlanEdition]:
    """Return the editions an actor may read, the newest first: drafts only for the unit and those above it."""
    editions = of.editions.order_by("-number")
    if access.may(actor, "plan_tasks.see_draft", of) is None:
        return editions
    return editions.exclude(state__in=[State.DRAFT, State.DROPPED])


def accepted_edition(of: WorkPlan) -> WorkPlanEdition | None:
    """Return the edition in force."""
    return of.editions.filter(state=State.ACCEPTED).first()


def edition_in_hand(of: WorkPlan) -> WorkPlanEdition | None:
    """Return the edition that is being written, waits at the desk, or came back."""
    return of.editions.filter(state__in=[*IN_HAND, State.FILED]).first()


def stages_of(edition: WorkPlanEdition) -> list[Stage]:
    """Return the stages of an edition in order, with what they follow. Queries: 2."""
    follows = Prefetch("follows", Stage.objects.order_by("place"))
    return list(edition.stages.select_related("obligation__clock__limit").prefetch_related(follows).order_by("place"))


def stage_with(stage_id: int) -> Stage:
    """Return one stage with its edition and plan. Raises NotFound."""
    related = Stage.objects.select_related(
        "edition__work_plan__unit", "edition__work_plan__holder", "edition__work_plan__plan", "obligation__clock"
    )
    found = related.filter(pk=stage_id).first()
    if found is None:
        raise NotFound("这个阶段")
    return found


def goal_of(stage: Stage) -> Goal:
    """Return a stage's goal in the terms of the rules."""
    return Goal(
        kind=GoalKind(stage.goal_kind),
        words=stage.goal,
        source=stage.source,
        baseline=stage.baseline,
        target=stage.target,
        unit=stage.goal_unit,
        target_date=stage.target_date,
        items=tuple(stage.items),
        measure=stage.measure,
    )


def goal_words(stage: Stage) -> str:
    """Return a stage's goal in one line, as tables and papers print it."""
    if stage.goal_kind == Stage.GoalKind.NUMBER:
        return f"{stage.goal}：由{plain(stage.baseline)}{stage.goal_unit}到{plain(stage.target)}{stage.goal_unit}"
    if stage.goal_kind == Stage.GoalKind.DATE and stage.target_date:
        return f"{stage.goal}：{stage.target_date:%Y-%m-%d}以前"
    if stage.goal_kind == Stage.GoalKind.LIST:
        return f"{stage.goal}：{'；'.join(stage.items)}"
    return stage.goal


def plain(number: Decimal | None) -> str:
    """Return a number without the zeros that its column adds."""
    return "" if number is None else f"{number.normalize():f}"


def stage_plans(stages: Iterable[Stage]) -> list[StagePlan]:
    """Return stages in the terms of the rules; their ``follows`` should be prefetched."""
    return [
        StagePlan(
            place=stage.place,
            title=stage.title,
            goal=goal_of(stage),
            starts_on=stage.starts_on,
            finish_on=stage.finish_on,
            answers=stage.answers,
            follows=frozenset(each.place for each in stage.follows.all()),
        )
        for stage in stages
    ]


def tasks_in_force() -> Mapping[tuple[str, str], Task]:
    """Return the tasks of every plan in force, by plan code and the key that editions share. Queries: 2."""
    tasks = Task.objects.filter(edition__superseded_on=None).select_related("edition__plan")
    return {(task.edition.plan.code, identity(task)): task for task in tasks.prefetch_related("passages")}


def task_of(of: WorkPlan) -> Task | None:
    """Return the task in force that a plan belongs to; None when the plan asks for it no more. Queries: 2."""
    tasks = Task.objects.filter(edition__plan=of.plan_id, edition__superseded_on=None)
    related = tasks.select_related("edition__plan").prefetch_related("passages")
    return next((task for task in related if identity(task) == of.task_key), None)


def due_of(task: Task) -> date | None:
    """Return the date a task sets itself; its passages should be prefetched."""
    return min((each.due_date for each in task.passages.all() if each.due_date), default=None)


def span_of(of: WorkPlan) -> Span:
    """Return within which days a plan is carried out. Queries: at most 2."""
    if of.year:
        return Span(date(of.year, 12, 31), "年度最后一天")
    task = task_of(of)
    due = due_of(task) if task else None
    return Span(due, "任务的完成时限")


def title_of(of: WorkPlan, task: Task | None = None) -> str:
    """Return what a plan is called: 第13项任务子方案, 2026年度工作实施方案."""
    if of.year:
        return f"{of.year}年优化营商环境年度工作实施方案"
    number = of.task_key.rpartition("|")[2]
    return f"第{(task.number or task.place) if task else number}项任务子方案"


def waiting_filings() -> QuerySet[Filing]:
    """Return what waits at the desk; read it in the order ``filed_at``, the oldest first."""
    waiting = Filing.objects.filter(decision=None, edition__state=State.FILED)
    return waiting.select_related("edition__work_plan__unit", "edition__work_plan__holder", "edition__work_plan__plan")


def filing_with(filing_id: int) -> Filing:
    """Return one filing with its edition and decision. Raises NotFound."""
    related = Filing.objects.select_related(
        "edition__work_plan__unit",
        "edition__work_plan__holder",
        "edition__work_plan__plan",
        "edition__work_plan__obligation__clock",
        "decision",
    )
    found = related.filter(pk=filing_id).first()
    if found is None:
        raise NotFound("这次报备")
    return found


def filings_of(edition: WorkPlanEdition) -> list[Filing]:
    """Return every round in which an edition was filed, with the decisions. Queries: 1."""
    return list(edition.filings.select_related("decision").order_by("round"))


def yearly_task(duty: YearlyDuty) -> Task | None:
    """Return the task in force that asks for yearly plans."""
    tasks = Task.objects.filter(edition__plan__code=duty.plan_code, edition__superseded_on=None)
    return tasks.filter(number=duty.task_number).select_related("edition__plan").first()


def plans_of(unit: org.Unit) -> QuerySet[WorkPlan]:
    """Return the plans a unit answers for, the newest first."""
    return work_plans().filter(holder=unit).order_by("-pk")


def begun_plans_of(unit: org.Unit) -> QuerySet[WorkPlan]:
    """Return the plans a unit answers for that were begun, the newest first. Queries: 1."""
    return plans_of(unit).filter(pk__in=WorkPlanEdition.objects.values("work_plan_id"))


def latest_editions(plans: Sequence[WorkPlan]) -> Mapping[int, WorkPlanEdition]:
    """Return the newest edition of each plan that was not dropped, by the id of the plan. Queries: 1."""
    editions = WorkPlanEdition.objects.filter(work_plan__in=[each.pk for each in plans]).exclude(state=State.DROPPED)
    return {edition.work_plan_id: edition for edition in editions.order_by("number")}
