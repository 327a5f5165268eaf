"""Plans, editions and tasks."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.oversight.plan_tasks.models import Assignment, Edition, Nomination, Task


def editions_in_force() -> QuerySet[Edition]:
    """Return the edition in force of every plan, the newest plan first."""
    return Edition.objects.filter(superseded_on__isnull=True).select_related("plan").order_by("-published_on", "-pk")


def edition_in_force(plan_code: str) -> Edition:
    """Return the edition in force of a plan. Raises NotFound."""
    edition = editions_in_force().filter(plan__code=plan_code).first()
    if edition is None:
        raise NotFound("这个方案")
    return edition


def edition_or_none(plan_code: str) -> Edition | None:
    """Return the edition in force of a plan, or None before it is published."""
    return editions_in_force().filter(plan__code=plan_code).first()


def editions_of(plan_code: str) -> QuerySet[Edition]:
    """Return every edition of a plan, the newest first."""
    return Edition.objects.filter(plan__code=plan_code).select_related("plan").order_by("-number")


def identity(task: Task) -> str:
    """Return what makes a task the same task in the next edition: its headings and its printed number."""
    return f"{task.heading}|{task.number or task.place}"


def tasks_with_assignments(edition: Edition) -> QuerySet[Task]:
    """Return the tasks with units, groups, nominations and passages. Queries: 4."""
    assignments = Assignment.objects.select_related("unit__successor", "group").prefetch_related(
        Prefetch("nominations", Nomination.objects.select_related("unit"))
    )
    return (
        Task.objects.filter(edition=edition)
        .select_related("section", "edition__plan")
        .prefetch_related(Prefetch("assignments", assignments), "passages")
    )


def task_at(plan_code: str, place: int) -> Task:
    """Return a task of the edition in force by its place. Raises NotFound. Queries: 5."""
    task = tasks_with_assignments(edition_in_force(plan_code)).filter(place=place).first()
    if task is None:
        raise NotFound("这项任务")
    return task


def assignment(assignment_id: int) -> Assignment:
    """Return one assignment with its task and group. Raises NotFound."""
    related = Assignment.objects.select_related("task__edition__plan", "group")
    found = related.filter(pk=assignment_id).first()
    if found is None:
        raise NotFound("这一项分工")
    return found


def is_to_be_named(each: Assignment) -> bool:
    """Return whether the lead unit still has to say whom a group *concerned* means."""
    concerned = each.group is not None and each.group.rule == org.Group.Rule.CONCERNED
    return concerned and not each.nominations.all()


def roles_of(task: Task) -> list[dict[str, str]]:
    """Return ``key`` (role) and ``value`` (names as printed), one row for each role that the task names."""
    rows: dict[str, list[str]] = {}
    for each in task.assignments.all():
        named = "、".join(nomination.unit.short_name for nomination in each.nominations.all())
        rows.setdefault(each.get_role_display(), []).append(f"{each.printed}（{named}）" if named else each.printed)
    return [{"key": role, "value": "、".join(names)} for role, names in rows.items()]


def neighbors_of(task: Task) -> Mapping[str, int | None]:
    """Return the places of the tasks ``before`` and ``after`` this one. Queries: 2."""
    places = Task.objects.filter(edition=task.edition_id)
    before = places.filter(place__lt=task.place).order_by("-place").values_list("place", flat=True).first()
    after = places.filter(place__gt=task.place).order_by("place").values_list("place", flat=True).first()
    return {"before": before, "after": after}
