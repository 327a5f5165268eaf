"""Answering: the code is struck and the sheet laid down, at once, and nothing remembers both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.kernel import access, clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


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
def enter_paper(*, survey: str, rows: Sequence[tuple[str, Mapping[str, Any]]], by: Actor, at: datetime) -> int:
    """Lay down what came on paper: a code and the values of each sheet, all or none. Return how many.

    Raises NotFound, what the policy says, Refusal ``surveys.code_of_another_survey`` and what ``answer`` raises.
    """
    one = queries.survey(survey)
    access.permit(by, "surveys.enter", one)
    on = clock.beijing_date(at)
    for code, values in rows:
        form = queries.form_behind(rules.code_digest(code), on)
        if form is not None and form.survey != one.pk:
            raise Refusal("surveys.code_of_another_survey", "有一个答题码属于另一次调查。", "请在那次调查里录入。")
        answer(code=code, values=values, on=on)
    return len(rows)


def _lay_down(digest: bytes, values: Mapping[str, Any], on: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_lay_down(%s, %s, %s::jsonb)", [digest, on, json.dumps(values, ensure_ascii=False)]
        )
        return bool(cursor.fetchone()[0])
