"""Sheets that somebody brings, judged all together before one of them is laid down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Survey, Token
from yingshang.kernel import forms

CODE_COLUMN = "答题码"


@dataclass(frozen=True)
class Sheet:
    """An answer sheet (答卷) before it is laid down. row: by which a person finds it. values: by keys of questions."""

    row: int
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class SheetFault:
    """What is wrong with a sheet: its row, the column by the title of the question, and what to do."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”：{self.words}"


def sheet_faults(one: Survey, sheets: Sequence[Sheet], on: date) -> list[SheetFault]:
    """Return what keeps the sheets from being laid down on a day, in their order; empty when all is well. Queries: 1.

    A code that was guessed, used, replaced or belongs to another survey gets the same words.
    """
    digests = [rules.code_digest(sheet.code) for sheet in sheets]
    is_open = one.state == Survey.State.OPEN and one.opened_on <= on <= one.last_day
    known = Token.objects.filter(stratum__survey=one, digest__in=digests) if is_open else Token.objects.none()
    good = {bytes(digest) for digest in known.values_list("digest", flat=True)}
    questions = rules.questions_of(one.version.questions)
    titles = {each.key: titled(number, each) for number, each in enumerate(questions, start=1)}
    schema = rules.schema_of(one.title, questions)
    found: list[SheetFault] = []
    first_row: dict[bytes, int] = {}
    for sheet, digest in zip(sheets, digests, strict=True):
        if digest in first_row:
            words = f"和第{first_row[digest]}行相同，一个码只能录一份。"
            found.append(SheetFault(sheet.row, CODE_COLUMN, words))
        elif not rules.is_code(sheet.code):
            found.append(SheetFault(sheet.row, CODE_COLUMN, "码抄错了：少了、多了一位，或者有一位不对。请和卡片核对。"))
        elif digest not in good:
            words = "现在不能用：可能输错了，可能已经录过，也可能调查已经截止。请和卡片核对。"
            found.append(SheetFault(sheet.row, CODE_COLUMN, words))
        first_row.setdefault(digest, sheet.row)
        found += [
            SheetFault(sheet.row, titles.get(fault.path.split(".")[0], ""), str(fault))
            for fault in forms.judge(schema, sheet.values)
        ]
    return found


def titled(number: int, question: rules.Question) -> str:
    """Return the heading of a question's column."""
    return f"{number}．{question.title}"
