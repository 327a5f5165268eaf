"""Read a notice: the document goes in, a reading with its questions comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import plan_grammar
from yingshang.oversight.plan_tasks import readers
from yingshang.oversight.plan_tasks.models import Question, Reading
from yingshang.oversight.plan_tasks.rules import Resolved, names_of, questions_of


@transaction.atomic
def read_notice(*, path: Path, file_name: str, by: Actor, at: datetime) -> Reading:
    """Read a notice and keep it with what the grammar found and what a person must settle.

    path: the document (text, HTML, DOCX or PDF). file_name: as the person calls it.
    A text that was read before gives the reading it already has: sending twice does nothing twice.
    Raises Refusal ``plan_tasks.unreadable_document`` or ``plan_tasks.no_task_found``,
    and whatever the policy refuses. Records ``plan_tasks.notice_read``.
    """
    access.permit(by, "plan_tasks.read_notice")
    try:
        source = readers.read(path)
    except readers.Unreadable as problem:
        raise Refusal(
            "plan_tasks.unreadable_document", f"“{file_name}”读不出来：{problem}", "请换一份文件再导入。"
        ) from None
    digest = hashlib.sha256(source.text.encode()).hexdigest()
    before = Reading.objects.filter(text_digest=digest).exclude(state=Reading.State.SET_ASIDE).first()
    if before is not None:
        return before
    result = plan_grammar.parse(source.blocks, source.text)
    if not result["tasks"]:
        raise Refusal(
            "plan_tasks.no_task_found", _why_empty(file_name, result), "请确认文件里有任务和责任单位后再导入。"
        )
    reading = Reading.objects.create(
        file_name=file_name, text=source.text, text_digest=digest, result=result, read_by=by.person, read_at=at
    )
    with path.open("rb") as stream:
        reading.document = documents.keep(
            stream, name=file_name, media_type=source.media_type, subject=f"plan_reading:{reading.pk}", by=by, at=at
        )
    reading.save(update_fields=["document"])
    asked = questions_of(result, resolve_names(names_of(result), clock.today()))
    Question.objects.bulk_create(
        Question(reading=reading, place=place, **vars(question)) for place, question in enumerate(asked, 1)
    )
    ledger.record(
        "plan_tasks.notice_read",
        subject=f"plan_reading:{reading.pk}",
        by=by,
        at=at,
        facts={"text": digest, "tasks": len(result["tasks"]), "questions": len(asked)},
    )
    return reading


def resolve_names(names: Iterable[str], on: date) -> dict[str, Resolved]:
    """Return what each printed name stands for on a day. Reads the register of units once."""
    book = org.NameBook.load()
    return {name: _resolved(book.resolve(name, on)) for name in names}


def _resolved(found: org.Resolution) -> Resolved:
    if found.kind == "unit" and found.unit is not None:
        return Resolved("unit", found.unit.code, needs_person=found.needs_person, why=found.why)
    if found.kind == "group" and found.group is not None:
        concerned = found.group.rule == org.Group.Rule.CONCERNED
        return Resolved("group", found.group.code, concerned=concerned, why=found.why)
    return Resolved("unknown", needs_person=True, why=found.why)


def _why_empty(file_name: str, result: dict[str, Any]) -> str:
    said = "".join(finding["what"] for finding in result["findings"][:3])
    return f"“{file_name}”里没有读到任务。{said}"
