"""Readings and their questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from yingshang.kernel.errors import NotFound
from yingshang.oversight.plan_tasks.models import Question, Reading


def readings() -> QuerySet[Any]:
    """Return the readings without their text, with ``open_questions`` counted in the same query."""
    unanswered = Count("questions", filter=Q(questions__answer=""))
    return Reading.objects.defer("text", "result").annotate(open_questions=unanswered)


def reading(reading_id: int) -> Any:
    """Return one reading with ``open_questions``. Raises NotFound."""
    found = readings().filter(pk=reading_id).first()
    if found is None:
        raise NotFound("这份待核对的方案")
    return found


def questions_of(of: Reading) -> Sequence[Question]:
    """Return the questions of a reading in their order. Queries: 1."""
    return list(of.questions.select_related("unit"))
