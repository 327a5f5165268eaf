"""What everybody may see: how far each task of the plan is, in plain words and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from yingshang.kernel import org, work
from yingshang.kernel.parties import ANONYMOUS


@dataclass
class PublicTask:
    """One task as the public sees it. late: duties past
    their last day; those of units that only report counts are never in it."""

    number: str
    sentence: str
    address: str
    section: str
    owed: int = 0
    done: int = 0
    done_late: int = 0
    late: int = 0
    next_due: date | None = None

    @property
    def state(self) -> str:
        """``done``, ``late`` or ``going``."""
        if self.owed == self.done:
            return "done"
        return "late" if self.late else "going"

    @property
    def words(self) -> str:
        """The state in plain words."""
        if self.state == "done":
            return "都办完了" if not self.done_late else "都办完了，有的晚了"
        if self.late:
            return f"有{self.late}件过了期限还没办完"
        return "正在办，没有超过期限的"


@dataclass
class Section:
    """A chapter of the plan with its tasks."""

    title: str
    tasks: list[PublicTask] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many tasks are done by every unit."""
        return sum(task.state == "done" for task in self.tasks)

    @property
    def late(self) -> int:
        """How many tasks some unit is late with."""
        return sum(task.state == "late" for task in self.tasks)

    @property
    def going(self) -> int:
        """How many tasks are under way and not late."""
        return len(self.tasks) - self.done - self.late


def progress(on: date) -> Sequence[Section]:
    """Return the chapters of the plans in their order, each with its tasks in theirs; counts only, no unit, no person.

    Queries: 5, whatever the number of duties.
    """
    rows = list(
        work.Obligation.objects.filter(unit__isnull=False, dossier=None, is_sealed=False, is_watched=True)
        .exclude(state=work.Obligation.State.CANCELLED)
        .values_list("pk", "unit_id", "state", "due_date", "first_overdue_on")
    )
    grounds = work.grounds(ANONYMOUS, [pk for pk, *_ in rows])
    silent = set(org.Unit.objects.filter(counts_only=True).values_list("pk", flat=True))
    tasks: dict[str, PublicTask] = {}
    places: dict[str, tuple[int, int]] = {}
    for pk, unit, state, due, first_late in rows:
        ground = grounds.get(pk)
        if ground is None:
            continue
        places[ground.address] = (ground.section_place, ground.task_place)
        task = tasks.setdefault(
            ground.address, PublicTask(ground.task_no, ground.sentence, ground.address, ground.section)
        )
        _count(task, state, due, first_late, unit in silent, on)
    sections: dict[str, Section] = {}
    for address in sorted(tasks, key=lambda each: places[each]):
        task = tasks[address]
        sections.setdefault(task.section, Section(task.section)).tasks.append(task)
    return list(sections.values())


def _count(task: PublicTask, state: str, due: date | None, first_late: date | None, silent: bool, on: date) -> None:
    task.owed += 1
    if state == work.Obligation.State.FULFILLED:
        task.done += 1
        task.done_late += first_late is not None and not silent
    elif due is not None and due < on:
        task.late += not silent
    elif due is not None and not silent:
        task.next_due = min(task.next_due or due, due)
