"""The rows of pages about units' own plans: stages with their lamps, plans with how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from yingshang.kernel import clock, org, work
from yingshang.oversight.plan_tasks.models import Letter, Progress, Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.queries.progress import DEEDS, signed_off
from yingshang.oversight.plan_tasks.queries.work_plans import (
    goal_words,
    latest_editions,
    plain,
    tasks_in_force,
    title_of,
)
from yingshang.oversight.plan_tasks.rules import PLANNED, Light

OPEN = work.Obligation.State.OPEN
State = WorkPlanEdition.State


@dataclass(frozen=True)
class StageRow:
    """One stage as tables show it. lamp, remaining: of its obligation while it is open."""

    pk: int
    place: int
    title: str
    goal: str
    source: str
    starts_on: date
    finish_on: date
    answers: str
    follows: str
    state: str
    value: str
    problem: str
    lamp: Any
    remaining: Any
    href: str

    @property
    def light(self) -> Light:
        """How the roadmap shows it."""
        return Light(self.lamp.color if self.lamp else "gray", self.state)


@dataclass(frozen=True)
class PlanRow:
    """One plan as lists show it."""

    pk: int
    title: str
    unit_code: str
    unit_name: str
    task: str
    state: str
    edition: int | None
    stages: int
    done: int
    due_date: date | None
    lamp: Any
    remaining: Any
    href: str


@dataclass(frozen=True)
class LetterRow:
    """Whether the letter of an accepted edition is signed."""

    unit_code: str
    unit_name: str
    title: str
    accepted_on: date | None
    number: str
    signer: str
    signed_at: Any
    state: str
    due_date: date | None
    lamp: Any
    href: str


def stage_rows(stages: Sequence[Stage], on: date) -> list[StageRow]:
    """Return the rows of an edition's stages. Queries: 5, whatever their number."""
    lines = [stage.line for stage in stages]
    done = signed_off(lines)
    deeds = {row.line: row for row in Progress.objects.filter(line__in=lines, kind__in=DEEDS).order_by("pk")}
    said = {row.line: row for row in Progress.objects.filter(line__in=lines).order_by("pk")}
    lamps = work.lamps([stage.obligation for stage in stages if stage.obligation], on)
    working = clock.calendar()
    return [_stage_row(stage, stage.line in done, deeds, said, lamps, working, on) for stage in stages]


def _stage_row(
    stage: Stage,
    is_done: bool,
    deeds: dict[Any, Progress],
    said: dict[Any, Progress],
    lamps: Any,
    working: Any,
    on: date,
) -> StageRow:
    owed = stage.obligation
    last, word = said.get(stage.line), _state_of(stage, is_done, deeds.get(stage.line), on)
    remaining = None
    if owed is not None and owed.state == OPEN and owed.clock is not None:
        remaining = clock.remaining(owed.clock, on, working=working)
    return StageRow(
        pk=stage.pk,
        place=stage.place,
        title=stage.title,
        goal=goal_words(stage),
        source=stage.source or "平台指标量",
        starts_on=stage.starts_on,
        finish_on=stage.finish_on,
        answers=stage.answers,
        follows="、".join(f"第{each.place}阶段" for each in stage.follows.all()),
        state=word,
        value=f"{plain(last.value)}{stage.goal_unit}" if last and last.value is not None else "",
        problem=last.problem if last else "",
        lamp=lamps.get(owed.pk) if owed is not None else None,
        remaining=remaining,
        href=reverse("plan_tasks:stage", args=[stage.pk]),
    )


def _state_of(stage: Stage, is_done: bool, deed: Progress | None, on: date) -> str:
    if is_done:
        return "已销号"
    if stage.obligation is None:
        return "未备案"
    if deed is not None and deed.kind == Progress.Kind.ASKED:
        return "申请销号，待审核"
    if deed is not None and deed.kind == Progress.Kind.RETURNED:
        return "销号退回"
    return "未开始" if stage.starts_on > on else "进行中"


def plan_rows(plans: Iterable[WorkPlan], on: date) -> list[PlanRow]:
    """Return the rows of plans. Queries: 7, whatever their number."""
    rows = list(plans)
    latest = latest_editions(rows)
    in_force = {
        edition.work_plan_id: edition
        for edition in WorkPlanEdition.objects.filter(work_plan__in=[each.pk for each in rows], state=State.ACCEPTED)
    }
    counted = _counted([edition.pk for edition in in_force.values()] + [edition.pk for edition in latest.values()])
    tasks = tasks_in_force()
    lamps = work.lamps([each.obligation for each in rows], on)
    working = clock.calendar()
    return [
        _plan_row(each, latest.get(each.pk), in_force.get(each.pk), counted, tasks, lamps, working, on) for each in rows
    ]


def _counted(editions: list[int]) -> dict[int, tuple[int, int]]:
    done = Q(obligation__state=work.Obligation.State.FULFILLED)
    rows = Stage.objects.filter(edition__in=editions).values("edition_id")
    counted = rows.annotate(stages=Count("pk"), done=Count("pk", filter=done)).order_by("edition_id")
    return {row["edition_id"]: (row["stages"], row["done"]) for row in counted}


def _plan_row(
    plan: WorkPlan,
    latest: WorkPlanEdition | None,
    in_force: WorkPlanEdition | None,
    counted: dict[int, tuple[int, int]],
    tasks: Any,
    lamps: Any,
    working: Any,
    on: date,
) -> PlanRow:
    shown = in_force or latest
    stages, done = counted.get(shown.pk, (0, 0)) if shown else (0, 0)
    task = tasks.get((plan.plan.code, plan.task_key))
    owed = plan.obligation
    remaining = None
    if owed.state == OPEN and owed.clock is not None:
        remaining = clock.remaining(owed.clock, on, working=working)
    return PlanRow(
        pk=plan.pk,
        title=title_of(plan, task),
        unit_code=plan.holder.code,
        unit_name=plan.holder.short_name,
        task=" ".join(task.text.split())[:72] if task else "",
        state=_plan_state(plan, latest, in_force),
        edition=shown.number if shown else None,
        stages=stages,
        done=done,
        due_date=owed.due_date,
        lamp=lamps[owed.pk] if owed.state == OPEN else None,
        remaining=remaining,
        href=reverse("plan_tasks:work_plan", args=[plan.pk]),
    )


def _plan_state(plan: WorkPlan, latest: WorkPlanEdition | None, in_force: WorkPlanEdition | None) -> str:
    if plan.ended_on:
        return "已终止"
    if latest is None:
        return "未编制"
    if in_force is not None and latest.pk != in_force.pk:
        return f"已备案，新版{latest.get_state_display()}"
    return latest.get_state_display()


def duties_without_plan(unit: org.Unit) -> QuerySet[work.Obligation]:
    """Return the open duties of a unit that a plan answers and that has none yet, the earliest first. Queries: 1."""
    begun = WorkPlan.objects.filter(holder=unit, editions__isnull=False).values("obligation_id")
    owed = work.obligations_of(unit).filter(kind__in=PLANNED)
    return owed.exclude(pk__in=begun).order_by("due_order", "pk")


def yearly_plans(year: int) -> QuerySet[WorkPlan]:
    """Return the yearly plans that units owe for a year, in the order of units."""
    plans = WorkPlan.objects.filter(year=year, ended_on=None)
    return plans.select_related("unit", "holder", "plan", "obligation__clock__limit").order_by("holder__path", "pk")


def years_with_plans() -> list[int]:
    """Return the years for which units owe plans, the newest first."""
    years = WorkPlan.objects.filter(year__isnull=False).values_list("year", flat=True)
    return sorted({year for year in years if year}, reverse=True)


def letter_rows(on: date, unit: org.Unit | None = None) -> list[LetterRow]:
    """Return every plan in force and whether its letter is signed, the unsigned first. Queries: 4."""
    editions = WorkPlanEdition.objects.filter(state=State.ACCEPTED, work_plan__ended_on=None)
    if unit is not None:
        editions = editions.filter(work_plan__holder=unit)
    related = editions.select_related("work_plan__holder", "work_plan__plan", "letter_obligation__clock", "letter")
    rows = list(related.order_by("accepted_on", "pk"))
    lamps = work.lamps([each.letter_obligation for each in rows if each.letter_obligation], on)
    found = [_letter_row(each, lamps) for each in rows]
    return sorted(found, key=lambda row: bool(row.number))


def _letter_row(edition: WorkPlanEdition, lamps: Any) -> LetterRow:
    letter: Letter | None = getattr(edition, "letter", None)
    owed = edition.letter_obligation
    unit = edition.work_plan.holder
    return LetterRow(
        unit_code=unit.code,
        unit_name=unit.short_name,
        title=title_of(edition.work_plan),
        accepted_on=edition.accepted_on,
        number=letter.number if letter else "",
        signer=letter.signer_name if letter else "",
        signed_at=letter.signed_at if letter else None,
        state="已签署" if letter else "未签署",
        due_date=owed.due_date if owed else None,
        lamp=lamps.get(owed.pk) if owed is not None and letter is None else None,
        href=reverse("plan_tasks:letter", args=[edition.work_plan_id]),
    )


def public_stages(plan_code: str, task_key: str, on: date) -> tuple[list[tuple[str, StageRow]], int]:
    """Return the stages in force of a task, as (unit, row), and how many belong to units shown in counts only.

    Drafts and what waits at the desk are not among them. Queries: 9.
    """
    accepted = WorkPlanEdition.objects.filter(
        state=State.ACCEPTED,
        work_plan__plan__code=plan_code,
        work_plan__task_key=task_key,
        work_plan__year=None,
        work_plan__ended_on=None,
    )
    editions = {
        each.pk: each for each in accepted.select_related("work_plan__holder").order_by("work_plan__holder__path")
    }
    follows = Prefetch("follows", Stage.objects.order_by("place"))
    found = Stage.objects.filter(edition__in=editions).select_related("obligation__clock").prefetch_related(follows)
    stages = sorted(found, key=lambda stage: (list(editions).index(stage.edition_id), stage.place))
    shown = [stage for stage in stages if not editions[stage.edition_id].work_plan.holder.counts_only]
    names = {stage.pk: editions[stage.edition_id].work_plan.holder.short_name for stage in shown}
    rows = stage_rows(shown, on)
    return [(names[row.pk], row) for row in rows], len(stages) - len(shown)
