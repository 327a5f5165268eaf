"""Paper sheets that interviewers bring: a workbook with one row a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.rules import Question
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest, Fault, SheetDoor, Wanted


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: ActorRequest, code: str, token: str = "", step: str = "upload") -> HttpResponse:
    """Take a workbook of paper sheets in: upload, template, preview, confirmation."""
    one = queries.survey(code)
    access.permit(request.actor, "surveys.enter", one)
    door = _door(one)
    if step == "confirm" and request.method == "POST":
        return door.confirm(request, token)
    if step == "confirm":
        raise NotFound(_("这个页面"))
    steps: dict[str, Callable[[], HttpResponse]] = {
        "upload": lambda: door.upload(request),
        "template": lambda: door.template(request),
        "preview": lambda: door.preview(request, token),
    }
    return steps[step]()


def _door(one: Survey) -> SheetDoor:
    """Return the way in for the sheets of a survey: a column for the code, one for each question."""
    questions = rules.questions_of(one.version.questions)

    def check(rows: list[dict[str, Any]], _by: Actor) -> list[Fault]:
        found = queries.sheet_faults(one, _sheets(rows, questions), clock.today())
        return [Fault(row=fault.row, column=fault.column, words=fault.words) for fault in found]

    def store(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
        count = operations.enter_paper(survey=one.code, sheets=_sheets(rows, questions), by=by, at=at)
        return f"录入了{count}份答卷。"

    wanted = [Wanted(title="答题码", name="code", example="7K4M-20QX-9TBE-123S")]
    wanted += [
        Wanted(
            title=queries.titled(number, each),
            name=each.key,
            read=_reader(each),
            required=each.required,
            example=_example(each),
            choices=tuple("12345") if each.kind == "scale" else each.options if each.kind == "single" else (),
        )
        for number, each in enumerate(questions, start=1)
    ]
    return SheetDoor(
        name=f"surveys.{one.code}",
        title=_("录入纸质问卷"),
        wanted=wanted,
        check=check,
        store=store,
        back="surveys:desk",
        keeps_rows=False,
    )


def _sheets(rows: list[dict[str, Any]], questions: Sequence[Question]) -> list[queries.Sheet]:
    return [
        queries.Sheet(
            row["row"],
            row["code"],
            {each.key: row[each.key] for each in questions if row.get(each.key) not in (None, "", [])},
        )
        for row in rows
    ]


def _reader(question: Question) -> Callable[[str], Any]:
    def scale(text: str) -> str:
        plain = text.strip().removesuffix("分").removesuffix(".0")
        if plain not in ("1", "2", "3", "4", "5"):
            raise ValueError("请填1到5。")
        return plain

    def single(text: str) -> str:
        if text.strip() not in question.options:
            raise ValueError(f"没有这个选项，请从这些里选：{'、'.join(question.options)}。")
        return text.strip()

    def multiple(text: str) -> list[str]:
        chosen = [each.strip() for each in text.replace("；", "、").replace(";", "、").split("、") if each.strip()]
        return list(dict.fromkeys(single(each) for each in chosen))

    def number(text: str) -> float:
        try:
            found = float(text.strip())
        except ValueError:
            raise ValueError("请填数字，例如3。") from None
        if not 0 <= found <= rules.LARGEST_NUMBER:
            raise ValueError("请填0以上的数字。")
        return found

    def text(said: str) -> str:
        if len(said) > rules.LONGEST_TEXT:
            raise ValueError(f"最多{rules.LONGEST_TEXT}个字。")
        return said

    return {"scale": scale, "single": single, "multiple": multiple, "number": number, "text": text}[question.kind]


def _example(question: Question) -> str:
    examples = {"scale": "4", "number": "3", "text": "", "multiple": "、".join(question.options[:2])}
    return examples.get(question.kind, question.options[0] if question.options else "")
