"""Writing a questionnaire: a draft that changes, versions that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Questionnaire, Version
from yingshang.kernel import access, forms, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def start(*, code: str, title: str, by: Actor) -> Questionnaire:
    """Start a questionnaire of the actor's unit with an empty draft and return it; its publication is recorded.

    Raises what the policy says and Refusal ``surveys.code_taken``.
    """
    unit = org.unit(by.unit)
    access.permit(by, "surveys.design", unit)
    made, is_new = Questionnaire.objects.get_or_create(code=code, defaults={"title": title, "unit": unit})
    if not is_new:
        raise Refusal("surveys.code_taken", f"代号“{code}”已经用过。", "请换一个代号。")
    Version.objects.create(questionnaire=made, number=1, questions=[])
    return made


@transaction.atomic
def write_questions(*, questionnaire: str, questions: Sequence[Mapping[str, Any]], by: Actor) -> Version:
    """Replace the questions of the draft and return it; a new version is begun when the last one is published.

    Raises NotFound, what the policy says and Refusal ``surveys.question_faulty``,
    ``surveys.too_many_questions``.
    """
    one = queries.questionnaire(questionnaire, lock=True)
    access.permit(by, "surveys.design", one.unit)
    read = rules.questions_of(questions)
    if len(read) > rules.MOST_QUESTIONS:
        raise Refusal(
            "surveys.too_many_questions",
            f"一份问卷最多{rules.MOST_QUESTIONS}题。",
            "请删去不重要的题，或者分成两份问卷。",
        )
    for number, question in enumerate(read, start=1):
        if question.faults:
            raise Refusal("surveys.question_faulty", f"第{number}题：{question.faults[0]}", "请改正后再保存。")
    draft = queries.draft_of(one) or Version(questionnaire=one, number=queries.next_number(one))
    draft.questions = [question.written() for question in read]
    draft.save()
    return draft


@transaction.atomic
def publish_version(*, questionnaire: str, by: Actor, at: datetime) -> Version:
    """Freeze the draft under its digest and return it.

    Raises NotFound, what the policy says and Refusal ``surveys.no_draft``,
    ``surveys.no_questions``, ``surveys.form_faulty``. Records ``surveys.version_published``.
    """
    one = queries.questionnaire(questionnaire, lock=True)
    access.permit(by, "surveys.design", one.unit)
    draft = queries.draft_of(one)
    if draft is None:
        raise Refusal("surveys.no_draft", "没有等待发布的草稿。", "需要修改的，先改动题目，会产生新的一版。")
    questions = rules.questions_of(draft.questions)
    if not questions:
        raise Refusal("surveys.no_questions", "问卷里还没有题目。", "请至少写一道题。")
    for fault in forms.check(rules.schema_of(one.title, questions)):
        raise Refusal("surveys.form_faulty", f"问卷不能作答：{fault.what}", fault.remedy)
    draft.digest = rules.digest_of(one.title, questions)
    draft.published_at = at
    draft.save(update_fields=["digest", "published_at"])
    ledger.record(
        "surveys.version_published",
        subject=f"questionnaire:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "number": draft.number, "digest": draft.digest},
    )
    return draft
