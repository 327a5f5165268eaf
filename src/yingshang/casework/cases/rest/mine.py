"""What an applicant hands in after the application, over the API: files that a case waits for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case
from yingshang.kernel import clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import rest
from yingshang.registers.catalogue import api as catalogue

router = rest.Router()
Number = Annotated[str, Field(max_length=40, pattern=r"^[\w\-]*$")]
Key = Annotated[str, Field(max_length=60, pattern=r"^[\w\-]*$")]


class OwnCaseOut(Schema):
    """One case of the caller's party; due_date is the last day of what the unit owes next."""

    number: str
    title: str
    state: str
    state_words: str
    received_at: datetime
    due_date: date | None


class CaseWantedOut(Schema):
    """What the case waits for; deed is correct or supply."""

    deed: str
    material: str
    title: str
    why: str
    remedy: str
    due_date: date | None
    files: list[str]


class CaseMomentOut(Schema):
    """One thing that was done."""

    title: str
    at: datetime


class CaseMaterialOut(Schema):
    """One paper of the case; verdict is fits, defect or empty, remark why it needs correction."""

    material: str
    title: str
    given: str
    verdict: str
    remark: str


class OwnCaseWholeOut(OwnCaseOut):
    """The case with its materials, its history and what it waits for."""

    answers: dict[str, Any]
    materials: list[CaseMaterialOut]
    wanted: list[CaseWantedOut]
    history: list[CaseMomentOut]


class OwnCorrectionIn(rest.Bounded):
    """values: of the whole form where the notice names it."""

    values: Annotated[dict[Key, Any], Field(max_length=300)] = {}


class OwnSuppliesIn(rest.Bounded):
    """Keys of the materials whose files are there."""

    materials: Annotated[list[Key], Field(min_length=1, max_length=40)]


class WantedFileIn(rest.Bounded):
    """The material that a file is for."""

    material: Key


@router.get("/mine/{number}", response=rest.answers(OwnCaseWholeOut), summary="我的一件办件")
def one(request: rest.ActorRequest, number: Number) -> Any:
    """Show one case."""
    return _whole(queries.own_case(request.actor, number))


@router.post("/mine/{number}/files", response=rest.answers(OwnCaseWholeOut, status=201), summary="上传补正、补交的材料")
def upload(request: rest.ActorRequest, number: Number, body: Form[WantedFileIn], file: File[UploadedFile]) -> Any:
    """Take a file that the case waits for; it is handed in by ``correct`` or ``supply``."""
    operations.take(
        stream=rest.stream_of(file),
        material=body.material,
        name=file.name or "",
        size=file.size or 0,
        media_type=file.content_type or "",
        case=number,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _whole(queries.own_case(request.actor, number)))


@router.post("/mine/{number}/correct", response=rest.answers(OwnCaseWholeOut), summary="提交补正")
def correct(request: rest.ActorRequest, number: Number, body: OwnCorrectionIn) -> Any:
    """Hand in the correction."""
    case = queries.own_case(request.actor, number)
    answers = None
    if body.values:
        taken = forms.take(catalogue.version(case.version_id).content.form, body.values)
        if taken.faults:
            said = "".join(str(fault) for fault in taken.faults[:5])
            raise Refusal("cases.answers_do_not_fit", said, "请改正后再提交；已填写的内容不会丢失。")
        answers = taken.values
    return _whole(operations.hand_in_correction(number=number, answers=answers, by=request.actor, at=clock.now()))


@router.post("/mine/{number}/supply", response=rest.answers(OwnCaseWholeOut), summary="补交材料")
def supply(request: rest.ActorRequest, number: Number, body: OwnSuppliesIn) -> Any:
    """Hand in materials that were to come later."""
    return _whole(operations.hand_in_supplies(number=number, keys=body.materials, by=request.actor, at=clock.now()))


def _line(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "title": case.version.title,
        "state": case.state,
        "state_words": queries.state_words(case),
        "received_at": case.received_at,
        "due_date": case.due_date if case.is_open else None,
    }


def _whole(case: Case) -> dict[str, Any]:
    wanted = [("correct", one) for one in queries.corrections_wanted(case)]
    wanted += [("supply", one) for one in queries.supplies_wanted(case)]
    return {
        **_line(case),
        "answers": case.answers,
        "materials": [
            {"material": paper.key, **{name: getattr(paper, name) for name in ("title", "given", "verdict", "remark")}}
            for paper in queries.papers_of(case)
        ],
        "wanted": [
            {
                "deed": deed,
                "material": one.key,
                "title": one.title,
                "why": one.why,
                "remedy": one.remedy,
                "due_date": one.due,
                "files": [file.name for file in one.files],
            }
            for deed, one in wanted
        ],
        "history": queries.history_of(case),
    }
