"""What units owe under the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from yingshang.kernel import access, clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.methods.dates import Calendar
from yingshang.oversight.plan_tasks.models import Duty, Edition, Task
from yingshang.oversight.plan_tasks.queries.addresses import addresses_of
from yingshang.oversight.plan_tasks.queries.doors import Door, doors_of

PRESSING_FIRST = ("pressing", "pk")
"""The order of a unit's home page: the earliest date first, what is not dated last."""

CANCELLED, FULFILLED = work.Obligation.State.CANCELLED, work.Obligation.State.FULFILLED


@dataclass(frozen=True)
class Tally:
    """How many units owe something under a task, and how many have done it."""

    owed: int = 0
    fulfilled: int = 0


@dataclass(frozen=True)
class DutyRow:
    """One line of who owes what; a unit of which only counts are shown has neither lamp nor countdown."""

    title: str
    unit_code: str
    unit_name: str
    role: str
    group_name: str
    source: str
    due_date: date | None
    lamp: Any
    remaining: clock.Remaining | None
    state: str
    href: str = ""
    unit_href: str = ""
    deed_href: str = ""
    deed: str = ""


def tallies_of(edition: Edition) -> Mapping[int, Tally]:
    """Return, by the id of the task, how many duties there are and how many are fulfilled. Queries: 1."""
    rows = (
        Duty.objects.filter(task__edition=edition)
        .exclude(obligation__state=CANCELLED)
        .values("task_id")
        .annotate(owed=Count("pk"), done=Count("pk", filter=Q(obligation__state=FULFILLED)))
    )
    return {row["task_id"]: Tally(row["owed"], row["done"]) for row in rows}


def duty_with(obligation_id: int) -> Duty:
    """Return the duty that an obligation carries, in its latest edition. Raises NotFound."""
    related = Duty.objects.select_related("unit", "obligation", "task__edition__plan")
    duty = related.filter(obligation_id=obligation_id).order_by("-pk").first()
    if duty is None:
        raise NotFound("这项应办事项")
    return duty


def duties_standing(edition: Edition) -> QuerySet[Duty]:
    """Return the duties of an edition whose obligation was not cancelled."""
    return (
        Duty.objects.filter(task__edition=edition)
        .exclude(obligation__state=CANCELLED)
        .select_related("unit", "task__edition__plan", "obligation")
    )


def pressing(unit: org.Unit) -> QuerySet[work.Obligation]:
    """Return what a unit owes, to be read by keyset in the order PRESSING_FIRST."""
    return work.obligations_of(unit).annotate(pressing=Coalesce("due_date", Value(date.max)))


def duty_rows(task: Task, on: date, actor: Actor | None = None) -> list[DutyRow]:
    """Return who owes what under a task, in the order of units. Queries: 4, whatever the number of units.

    actor: whose rows lead to the home of a unit where the actor may see it.
    """
    related = duties_standing(task.edition).filter(task=task).select_related("group", "obligation__clock__limit")
    duties = list(related.order_by("unit__path", "pk"))
    light = _Light.of([duty.obligation for duty in duties], on)
    rows = [_row(duty.obligation, duty, light) for duty in duties]
    if actor is None:
        return rows
    open_to = {duty.unit.code for duty in duties if access.may(actor, "plan_tasks.see_unit", duty.unit) is None}
    return [
        replace(row, unit_href=reverse("plan_tasks:unit", args=[row.unit_code]) if row.unit_code in open_to else "")
        for row in rows
    ]


def obligation_rows(obligations: Iterable[work.Obligation], on: date) -> list[DutyRow]:
    """Return lines for what one unit owes, each leading to its task and to where it is done. Queries: 10 for all."""
    rows = list(obligations)
    duties = Duty.objects.filter(obligation__in=[row.pk for row in rows])
    related = duties.select_related("task__edition__plan", "unit", "group").order_by("task__edition__number")
    latest = {duty.obligation_id: duty for duty in related}
    elsewhere = addresses_of([row.pk for row in rows])
    light = _Light.of(rows, on)
    doors = doors_of(rows)
    lines = [_opened(_row(row, latest.get(row.pk), light), doors.get(row.pk)) for row in rows]
    return [replace(line, href=elsewhere.get(row.pk, line.href)) for row, line in zip(rows, lines, strict=True)]


def _opened(line: DutyRow, door: Door | None) -> DutyRow:
    """Return a line with where its duty is done; what has no task leads there by its title too."""
    return line if door is None else replace(line, href=line.href or door[0], deed_href=door[0], deed=door[1])


def leads_of(unit: org.Unit) -> list[Task]:
    """Return the tasks in force that a unit leads. Queries: 1."""
    named = Task.objects.filter(assignments__unit=unit, assignments__role="lead", edition__superseded_on__isnull=True)
    return list(named.select_related("edition__plan").order_by("edition", "place"))


@dataclass(frozen=True)
class _Light:
    """What lamps and countdowns of many obligations need, read once."""

    lamps: Mapping[int, work.Lamp]
    working: Calendar
    on: date

    @classmethod
    def of(cls, obligations: list[work.Obligation], on: date) -> _Light:
        return cls(work.lamps(obligations, on), clock.calendar(), on)

    def remaining(self, obligation: work.Obligation) -> clock.Remaining | None:
        if obligation.clock is None:
            return None
        return clock.remaining(obligation.clock, self.on, working=self.working)


def _row(obligation: work.Obligation, duty: Duty | None, light: _Light) -> DutyRow:
    shown = duty is None or not duty.unit.counts_only
    is_open = obligation.state == work.Obligation.State.OPEN
    return DutyRow(
        title=obligation.title,
        unit_code=duty.unit.code if duty else "",
        unit_name=duty.unit.short_name if duty else "",
        role=duty.get_role_display() if duty else "",
        group_name=duty.group.name if duty and duty.group else "",
        source=obligation.source,
        due_date=obligation.due_date,
        lamp=light.lamps[obligation.pk] if shown and is_open else None,
        remaining=light.remaining(obligation) if shown and is_open else None,
        state=obligation.get_state_display(),
        href=reverse("plan_tasks:task", args=[duty.task.edition.plan.code, duty.task.place]) if duty else "",
    )
