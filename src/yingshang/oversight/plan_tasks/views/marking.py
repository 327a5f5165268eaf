"""Which stretches of a notice are marked, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from yingshang.kernel.web import Span
from yingshang.oversight.plan_tasks.models import Edition, Passage, Question, Reading, Task
from yingshang.oversight.plan_tasks.rules import FIELD_OF_ROLE

LABEL_OF_FIELD = {
    "lead_units": "牵头单位",
    "responsible_units": "责任单位",
    "support_units": "配合单位",
    "oversight_units": "督导单位",
    "people": "责任人",
}
LABEL_OF_DOC = {"title": "方案名称", "notice_title": "通知标题", "doc_number": "文号"}


def spans_of_task(task: Task) -> list[Span]:
    """Return what is marked in a task's own text: units, cited texts and deadlines, as offsets in that text."""
    units = [_found(task.text, each.printed, each.get_role_display(), backward=True) for each in task.assignments.all()]
    others = [
        _found(task.text, each.text, each.get_kind_display())
        for each in task.passages.all()
        if each.kind != Passage.Kind.MEASURE
    ]
    return [span for span in (*units, *others) if span]


def spans_of_notice(edition: Edition) -> list[Span]:
    """Return one mark per task, leading to its page."""
    return [
        Span(
            start=task.start,
            end=task.end,
            label=str(task),
            key=str(task.place),
            href=reverse("plan_tasks:task", args=[edition.plan.code, task.place]),
        )
        for task in edition.tasks.all()
    ]


def spans_of_reading(reading: Reading, questions: Iterable[Question]) -> list[Span]:
    """Return every field that was read, in place, and every spot that a person must look at.

    A question about a stretch with fields in it marks nothing: the fields are
    worth more to the eye. One about a field itself takes the field's place.
    """
    fields = list(_fields(reading))
    asked = [
        Span(
            start=each.start,
            end=each.end,
            label=each.get_kind_display(),
            key=f"question-{each.place}",
            kind="check",
            href=f"#question-{each.place}",
        )
        for each in questions
        if each.start is not None and each.end is not None and not _holds_a_field(each.start, each.end, fields)
    ]
    free = [span for span in fields if not any(one.start < span.end and span.start < one.end for one in asked)]
    return [*asked, *free]


def _holds_a_field(start: int, end: int, fields: Iterable[Span]) -> bool:
    return any(start <= span.start and span.end <= end and span.end - span.start < end - start for span in fields)


def _fields(reading: Reading) -> Iterator[Span]:
    doc, text = reading.result["doc"], reading.text
    for field, label in LABEL_OF_DOC.items():
        span = _found(text, doc[field] or "", label)
        if span:
            yield span
    for place, task in enumerate(reading.result["tasks"], 1):
        yield from _fields_of_task(text, place, task)


def _fields_of_task(text: str, place: int, task: dict[str, Any]) -> Iterator[Span]:
    start, end = task["source"]["start"], task["source"]["end"]
    source, href = text[start:end], f"#task-{place}"
    if task["number"] and source.lstrip("（(").startswith(task["number"]):
        yield Span(start=start, end=start + len(task["number"]), label="序号", href=href)
    for field in (*FIELD_OF_ROLE, "people"):
        for name in task[field]:
            at = source.rfind(name)
            if at >= 0 and field in LABEL_OF_FIELD:
                yield Span(start=start + at, end=start + at + len(name), label=LABEL_OF_FIELD[field], href=href)
    for deadline in task["deadlines"]:
        at = source.find(deadline["raw"])
        if at >= 0:
            yield Span(start=start + at, end=start + at + len(deadline["raw"]), label="完成时限", href=href)


def _found(text: str, part: str, label: str, *, backward: bool = False) -> Span | None:
    """Mark a part: its last occurrence, or the first that has a line of its own, or the first."""
    at = -1
    if part:
        own_line = text.find(f"\n{part}\n") + 1
        at = text.rfind(part) if backward else (own_line or text.find(part))
    return Span(start=at, end=at + len(part), label=label) if at >= 0 else None
