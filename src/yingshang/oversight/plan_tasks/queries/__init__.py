"""Reads: plans, tasks, duties and questions, each with a fixed number of queries."""

from yingshang.oversight.plan_tasks.queries.behind import tasks_behind
from yingshang.oversight.plan_tasks.queries.duties import (
    PRESSING_FIRST,
    DutyRow,
    Tally,
    duties_standing,
    duty_rows,
    duty_with,
    leads_of,
    obligation_rows,
    pressing,
    tallies_of,
)
from yingshang.oversight.plan_tasks.queries.measured import fulfilled_rate
from yingshang.oversight.plan_tasks.queries.plans import (
    assignment,
    edition_in_force,
    editions_in_force,
    editions_of,
    is_to_be_named,
    neighbors_of,
    roles_of,
    task_at,
    tasks_with_assignments,
)
from yingshang.oversight.plan_tasks.queries.readings import questions_of, reading, readings
from yingshang.oversight.plan_tasks.queries.rows import Chapter, TaskRow, by_section, task_rows

__all__ = [
    "PRESSING_FIRST",
    "Chapter",
    "DutyRow",
    "Tally",
    "TaskRow",
    "assignment",
    "by_section",
    "duties_standing",
    "duty_rows",
    "duty_with",
    "edition_in_force",
    "editions_in_force",
    "editions_of",
    "fulfilled_rate",
    "is_to_be_named",
    "leads_of",
    "neighbors_of",
    "obligation_rows",
    "pressing",
    "questions_of",
    "reading",
    "readings",
    "roles_of",
    "tallies_of",
    "task_at",
    "task_rows",
    "tasks_behind",
    "tasks_with_assignments",
]
