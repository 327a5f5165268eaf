"""The rows of a plan's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yingshang.oversight.plan_tasks.models import Assignment, Edition, Section, Task
from yingshang.oversight.plan_tasks.queries.duties import Tally, tallies_of
from yingshang.oversight.plan_tasks.queries.plans import tasks_with_assignments

SUMMARY = 72
"""How many characters of a task a list shows."""


@dataclass(frozen=True)
class TaskRow:
    """One line of a plan: a task, who leads, who answers, how far it is."""

    place: int
    number: str
    heading: str
    text: str
    summary: str
    section_id: int | None
    leads: str
    responsible: str
    due_date: date | None
    owed: int
    fulfilled: int


@dataclass(frozen=True)
class Chapter:
    """A section with its rows; without a section, the tasks that stand under none."""

    section: Section | None
    rows: list[TaskRow]


def task_rows(edition: Edition) -> list[TaskRow]:
    """Return the tasks of an edition in order. Queries: 5."""
    tallies = tallies_of(edition)
    return [_row(task, tallies.get(task.pk, Tally())) for task in tasks_with_assignments(edition)]


def by_section(edition: Edition, rows: Iterable[TaskRow]) -> list[Chapter]:
    """Return the rows under their sections; sections without tasks are left out. Queries: 1."""
    sections = {section.pk: section for section in edition.sections.all()}
    chapters: list[Chapter] = []
    for row in rows:
        section = sections.get(row.section_id) if row.section_id else None
        if not chapters or chapters[-1].section != section:
            chapters.append(Chapter(section, []))
        chapters[-1].rows.append(row)
    return chapters


def _row(task: Task, tally: Tally) -> TaskRow:
    named = list(task.assignments.all())
    role = Assignment.Role
    flat = " ".join(task.text.split())
    return TaskRow(
        place=task.place,
        number=task.number or str(task.place),
        heading=task.heading,
        text=task.text,
        summary=flat if len(flat) <= SUMMARY else f"{flat[:SUMMARY]}……",
        section_id=task.section_id,
        leads="、".join(each.printed for each in named if each.role == role.LEAD),
        responsible="、".join(each.printed for each in named if each.role == role.RESPONSIBLE),
        due_date=min((each.due_date for each in task.passages.all() if each.due_date), default=None),
        owed=tally.owed,
        fulfilled=tally.fulfilled,
    )
