"""Which task is behind an obligation."""

from __future__ import annotations

from collections.abc import Sequence

from yingshang.kernel import work
from yingshang.oversight.plan_tasks.models import Duty, Task

ORIGIN = "plan:"
"""How the origin of an obligation under a plan begins: ``plan:{code of the plan}:{place of the task}``."""


def tasks_behind(obligation_ids: Sequence[int]) -> dict[int, Task]:
    """Return, by id of the obligation, the task it came from; obligations of no plan are left out.

    A unit's own duty follows its task into the latest edition. What was opened
    on the way (the stage of a sub-plan) names its task in its origin, by the
    place in the edition in force. Queries: 3.
    """
    duties = Duty.objects.filter(obligation__in=work.any_of(obligation_ids)).order_by("task__edition__number", "pk")
    by_duty = dict(duties.values_list("obligation_id", "task_id"))
    others = work.Obligation.objects.filter(pk__in=work.any_of(each for each in obligation_ids if each not in by_duty))
    by_origin = {
        pk: named
        for pk, origin in others.filter(origin__startswith=ORIGIN).values_list("pk", "origin")
        if (named := _named(origin))
    }
    rows = Task.objects.select_related("section", "edition__plan").defer("edition__reading")
    wanted = rows.filter(pk__in=set(by_duty.values())) | rows.filter(
        edition__superseded_on__isnull=True,
        edition__plan__code__in={code for code, _ in by_origin.values()},
        place__in={place for _, place in by_origin.values()},
    )
    tasks = {task.pk: task for task in wanted}
    at = {(task.edition.plan.code, task.place): task for task in tasks.values() if task.edition.superseded_on is None}
    found = {obligation: tasks[task] for obligation, task in by_duty.items()}
    return found | {obligation: at[named] for obligation, named in by_origin.items() if named in at}


def _named(origin: str) -> tuple[str, int] | None:
    code, _, place = origin.removeprefix(ORIGIN).rpartition(":")
    return (code, int(place)) if code and place.isdecimal() else None
