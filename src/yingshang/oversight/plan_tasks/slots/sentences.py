"""Which sentence of a notice is behind a duty: what oversight asks without knowing this package."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yingshang.kernel import work
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Task


def grounds(_actor: Actor, obligation_ids: Sequence[int]) -> dict[int, work.Ground]:
    """Return the task behind each obligation that comes from a plan. The text of a plan is public. Queries: 3."""
    behind = queries.tasks_behind(obligation_ids)
    found = {pk: _ground(task) for pk, task in {task.pk: task for task in behind.values()}.items()}
    return {obligation: found[task.pk] for obligation, task in behind.items()}


def _ground(task: Task) -> work.Ground:
    return work.Ground(
        section_place=task.section.place if task.section else 0,
        section=str(task.section or ""),
        task_place=task.place,
        task_no=task.number or str(task.place),
        sentence=" ".join(task.text.split()),
        address=_address(task),
    )


def _address(task: Task) -> str:
    code = task.edition.plan.code
    if task.edition.superseded_on is not None:
        # A task of a former edition has no page of its own: its place may be another task's by now.
        return reverse("plan_tasks:editions", args=[code])
    return reverse("plan_tasks:task", args=[code, task.place])
