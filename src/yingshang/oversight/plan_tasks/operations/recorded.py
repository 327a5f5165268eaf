"""Bring a county's own plan in: the notice through the importer, then a person's recorded confirmation."""

from __future__ import annotations

from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.methods import county_files
from yingshang.oversight.plan_tasks.models import Question, Reading
from yingshang.oversight.plan_tasks.operations.answering import answer_question
from yingshang.oversight.plan_tasks.operations.confirming import confirm_reading
from yingshang.oversight.plan_tasks.operations.deliverable_files import load_deliverables
from yingshang.oversight.plan_tasks.operations.publishing import publish_edition
from yingshang.oversight.plan_tasks.operations.reading import read_notice
from yingshang.oversight.plan_tasks.operations.recorders import recorder

log = structlog.get_logger(__name__)

CONFIRMATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "notice", "text", "plan", "confirmed_by", "answers"],
    "properties": {
        "schema": {"const": "plan-confirmation/1"},
        "notice": {"type": "string"},
        "text": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "plan": {"type": "string", "pattern": "^[a-z0-9-]{1,80}$"},
        "confirmed_by": {
            "type": "object",
            "additionalProperties": False,
            "required": ["person", "unit"],
            "properties": {"person": {"type": "string"}, "unit": {"type": "string"}},
        },
        "note": {"type": "string"},
        "answers": {"type": "array", "items": {"$ref": "#/$defs/answer"}},
    },
    "$defs": {
        "answer": {
            "type": "object",
            "additionalProperties": False,
            "required": ["kind", "answer"],
            "properties": {
                "kind": {"enum": list(Question.Kind.values)},
                "printed": {"type": "string"},
                "task": {"type": "integer", "minimum": 1},
                "at": {"type": "integer", "minimum": 0},
                "answer": {"enum": list(Question.Answer.values)},
                "unit": {"type": "string"},
                "why": {"type": "string"},
            },
        }
    },
}


@transaction.atomic
def load_notice(folder: Path) -> None:
    """Read the notice in ``folder/plan`` and, in demo mode, publish it as the recorded confirmation says.

    Without demo people nobody has confirmed anything here: the reading waits
    in the review queue. A county without ``plan/confirmed.yaml`` has no plan.
    What ``plan/deliverables.yaml`` says the notice orders to set up follows.
    Safe to repeat. Raises ``county_files.DataProblem`` when the record belongs
    to another text.
    """
    record = folder / "plan" / "confirmed.yaml"
    if not record.exists():
        return
    file = county_files.read(record, CONFIRMATION)
    notice = folder / "plan" / file.data["notice"]
    reading = read_notice(path=notice, file_name=notice.name, by=SYSTEM, at=clock.now())
    if settings.YS_DEMO and reading.state == Reading.State.WAITING:
        publish_recorded(reading, file)
    load_deliverables(folder, reading)


def publish_recorded(reading: Reading, file: county_files.CountyFile) -> None:
    """Answer, confirm and publish a reading as a person recorded it.

    What the record leaves open stays in the review queue.
    """
    if reading.text_digest != file.data["text"]:
        raise file.problem(
            ("text",),
            "the confirmation was given for another text.",
            f"The notice now reads as {reading.text_digest}.",
            "Let a person review the notice again and record a new confirmation.",
        )
    by = recorder(file, "confirmed_by")
    unanswered = [question for question in reading.questions.all() if not _answered(question, file, by)]
    if unanswered:
        log.warning("plan_tasks.confirmation_incomplete", open=[str(question) for question in unanswered])
        return
    now = clock.now()
    confirm_reading(reading_id=reading.pk, by=by, at=now)
    publish_edition(reading_id=reading.pk, plan_code=file.data["plan"], by=by, on=clock.today(), at=now)


def _answered(question: Question, file: county_files.CountyFile, by: Actor) -> bool:
    """Give the recorded answer to a question; return False when there is none."""
    for answer in file.data["answers"]:
        fits = (
            answer["kind"] == question.kind
            and answer.get("printed", question.printed) == question.printed
            and answer.get("task", question.task_place) == question.task_place
            and answer.get("at", question.start) == question.start
        )
        if fits:
            answer_question(
                question_id=question.pk,
                answer=answer["answer"],
                unit_code=answer.get("unit", ""),
                by=by,
                at=clock.now(),
            )
            return True
    return False
