"""Settle one question about a reading."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Question, Reading
from yingshang.oversight.plan_tasks.operations.locking import locked

NAMES_A_UNIT = {Question.Kind.UNKNOWN_UNIT, Question.Kind.DOUBTFUL_UNIT}


@transaction.atomic
def answer_question(*, question_id: int, answer: str, unit_code: str = "", by: Actor, at: datetime) -> Question:
    """Record a person's answer; a later answer replaces an earlier one until the reading is confirmed.

    answer: ``keep``, ``unit`` (with ``unit_code``) or ``nobody``.
    Raises NotFound, Refusal ``plan_tasks.reading_closed``, ``plan_tasks.answer_does_not_fit``,
    and whatever the policy refuses. Records ``plan_tasks.question_answered``.
    """
    question = Question.objects.select_for_update(of=("self",)).select_related("reading").filter(pk=question_id).first()
    if question is None:
        raise NotFound("这个待核对问题")
    access.permit(by, "plan_tasks.answer_question", question.reading)
    if question.reading.state != Reading.State.WAITING:
        raise Refusal(
            "plan_tasks.reading_closed", "这份方案已经确认，不能再改答复。", "如有差错，请重新导入更正后的文件。"
        )
    unit = org.unit(unit_code) if answer == Question.Answer.UNIT and unit_code else None
    if not _fits(question, answer, unit):
        raise Refusal(
            "plan_tasks.answer_does_not_fit",
            f"“{question.get_kind_display()}”不能这样答复。",
            "单位名称的问题请选定一个单位，或者选“不落实到单位”；其他问题请选“照原文保留”。",
        )
    question.answer, question.unit = answer, unit
    question.answered_by, question.answered_at = by.person, at
    question.save(update_fields=["answer", "unit", "answered_by", "answered_at"])
    ledger.record(
        "plan_tasks.question_answered",
        subject=f"plan_reading:{question.reading_id}",
        by=by,
        at=at,
        facts={"question": question.place, "answer": answer, "unit": unit_code},
    )
    return question


@transaction.atomic
def keep_findings(*, reading_id: int, by: Actor, at: datetime) -> int:
    """Answer every open question about the wording with “keep as printed”; returns how many. Names stay open.

    Raises NotFound and what ``answer_question`` raises. Records one entry for each.
    """
    reading = locked(reading_id)
    access.permit(by, "plan_tasks.answer_question", reading)
    open_ones = reading.questions.filter(kind=Question.Kind.FINDING, answer="").values_list("pk", flat=True)
    for question_id in list(open_ones):
        answer_question(question_id=question_id, answer=Question.Answer.KEEP, by=by, at=at)
    return len(open_ones)


def _fits(question: Question, answer: str, unit: org.Unit | None) -> bool:
    if answer == Question.Answer.UNIT:
        return question.kind in NAMES_A_UNIT and unit is not None
    if answer == Question.Answer.NOBODY:
        return question.kind in NAMES_A_UNIT
    return answer == Question.Answer.KEEP and question.kind != Question.Kind.UNKNOWN_UNIT
