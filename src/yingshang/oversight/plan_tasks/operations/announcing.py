"""Make a published edition public: disclosed with its digest, its tasks found by search."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from yingshang.kernel import disclosure, search
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Edition


def announce(edition: Edition, before: Edition | None, *, by: Actor, at: datetime) -> None:
    """Disclose the edition and let everybody find its tasks; tasks that are gone are found no more."""
    plan = edition.plan
    disclosure.publish(
        subject=f"plan:{plan.code}:{edition.number}",
        kind="plan",
        title=f"{plan.title}（第{edition.number}版）",
        fields={
            "title": plan.title,
            "document_no": edition.document_no,
            "issuer": edition.issuer,
            "issued_on": str(edition.issue_date or ""),
            "tasks": str(edition.tasks.count()),
            "digest": edition.digest,
        },
        unit=by.unit,
        by=by,
        at=at,
    )
    places = set()
    for task in edition.tasks.prefetch_related("assignments"):
        places.add(task.place)
        search.put(
            subject=_subject(edition, task.place),
            kind="方案任务",
            title=f"{plan.title}{task}",
            summary=task.text[:200],
            address=reverse("plan_tasks:task", args=[plan.code, task.place]),
            audience=PUBLIC,
            at=at,
            names=[edition.document_no, *(each.printed for each in task.assignments.all())],
            body=task.text,
        )
    gone = set(before.tasks.values_list("place", flat=True)) - places if before else set()
    for place in gone:
        search.drop(_subject(edition, place))


def _subject(edition: Edition, place: int) -> str:
    return f"plan_task:{edition.plan.code}:{place}"
