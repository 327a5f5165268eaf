"""Answering: the code is struck and the sheet laid down, at once, and nothing remembers both."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Batch
from yingshang.kernel import access, clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

MOST_SHEETS = 2_000
FAULTS_NAMED = 5


def no_such_code() -> Refusal:
    """Return the one answer to a code that was guessed, used, replaced or is too late: no difference can be told."""
    return Refusal(
        "surveys.code_not_accepted",
        "这个答题码现在不能用：可能输错了，可能已经用过，也可能调查已经截止。",
        "请对照卡片再输入一次；还是不行的，请向发放问卷的单位要一张新卡片。",
    )


@transaction.atomic
def answer(*, code: str, values: Mapping[str, Any], on: date) -> None:
    """Lay down an answer sheet and strike its code; the database lets only both happen together.

    code: as typed. values: by the keys of the questions. It takes no actor:
    who answers is nobody's business, and so nothing is recorded here either;
    the count and the digest of all sheets are recorded when the survey closes.
    Raises Refusal ``surveys.code_not_accepted`` and ``surveys.answers_faulty``. Queries: 2.
    """
    digest = rules.code_digest(code)
    form = queries.form_behind(digest, on)
    if form is None:
        raise no_such_code()
    for fault in forms.judge(form.schema, values):
        raise Refusal("surveys.answers_faulty", str(fault), "请改正这道题再提交，答题码没有用掉。")
    if not _lay_down(digest, values, on):
        raise no_such_code()


@transaction.atomic
def enter_paper(
    *, survey: str, sheets: Sequence[queries.Sheet], by: Actor, at: datetime, attempt: UUID | None = None
) -> int:
    """Lay down what interviewers bring, all of it or nothing, in a random order. Return how many sheets.

    attempt: made by whoever sends; the same batch sent again stores nothing and gives the same number.
    Raises NotFound, what the policy says, Refusal ``surveys.sheets_faulty``, ``surveys.too_many_sheets``,
    ``surveys.attempt_used_otherwise`` and ``surveys.code_not_accepted`` (somebody was faster).
    Queries: 4 and one for each sheet.
    """
    one = queries.survey(survey)
    access.permit(by, "surveys.enter", one)
    if not 0 < len(sheets) <= MOST_SHEETS:
        raise Refusal("surveys.too_many_sheets", f"一次要录1到{MOST_SHEETS}份。", "请分几次录入。")
    if attempt is not None:
        batch, is_new = Batch.objects.get_or_create(attempt=attempt, defaults={"survey": one, "sheets": len(sheets)})
        if (batch.survey_id, batch.sheets) != (one.pk, len(sheets)):
            raise Refusal(
                "surveys.attempt_used_otherwise", "这一批的编号已经用在另一批答卷上。", "请为新的一批换一个编号。"
            )
        if not is_new:
            return batch.sheets
    on = clock.beijing_date(at)
    if faults := queries.sheet_faults(one, sheets, on):
        named = "；".join(str(fault).rstrip("。") for fault in faults[:FAULTS_NAMED])
        more = f"；一共{len(faults)}处" if len(faults) > FAULTS_NAMED else ""
        raise Refusal(
            "surveys.sheets_faulty", f"有的答卷不能录入：{named}{more}。", "一份都没有存，请改正以后整批再交。"
        )
    for sheet in random.SystemRandom().sample(sheets, len(sheets)):
        if not _lay_down(rules.code_digest(sheet.code), sheet.values, on):
            raise no_such_code()
    return len(sheets)


def _lay_down(digest: bytes, values: Mapping[str, Any], on: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_lay_down(%s, %s, %s::jsonb)", [digest, on, json.dumps(values, ensure_ascii=False)]
        )
        return bool(cursor.fetchone()[0])
