"""Applications on their way, over the API: begin, answer, fill in, upload, hand in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Channel, Draft
from yingshang.casework.cases.rest.applicants import CaseReceiptOut
from yingshang.kernel import clock
from yingshang.kernel.web import rest

router = rest.Router()
Key = Annotated[str, Field(max_length=60, pattern=r"^[\w\-]*$")]


class DraftMaterialOut(Schema):
    """One material that applies: the ways in which it may be given, and the one chosen; held ones need none."""

    key: str
    title: str
    ways: list[str]
    given: str
    source: str
    files: list[str]


class DraftFaultOut(Schema):
    """What is wrong with one field of the form."""

    path: str
    words: str


class DraftOut(Schema):
    """An application not handed in: what was answered, what is held, what is missing. form: its JSON Schema."""

    id: UUID
    item: str
    title: str
    version: int
    saved_at: datetime
    situation: dict[str, str]
    answers: dict[str, Any]
    prefilled: dict[str, str]
    form: dict[str, Any]
    materials: list[DraftMaterialOut]
    faults: list[DraftFaultOut]
    missing: list[str]
    is_complete: bool


class DraftLineOut(Schema):
    """One line of the list."""

    id: UUID
    item: str
    title: str
    saved_at: datetime


class DraftStartIn(rest.Bounded):
    """item: code or slug. zone: township or zone where it is to be handled."""

    item: rest.Code
    zone: rest.Code = ""


class DraftSituationIn(rest.Bounded):
    """The answer to one question, by their keys."""

    question: Key
    answer: Key


class DraftValuesIn(rest.Bounded):
    """Field → value, of the whole form."""

    values: Annotated[dict[Key, Any], Field(max_length=300)]


class MaterialWayIn(rest.Bounded):
    """How a material is given: file, paper, committed, later or none."""

    way: Key


class DraftFileIn(rest.Bounded):
    """The material that a file is for."""

    material: Key


class DraftHandInIn(rest.Bounded):
    """declared: that it is true. promised: asks for the license on a commitment."""

    declared: bool
    promised: bool = False


@router.get("/drafts", response=rest.answers(list[DraftLineOut]), summary="没有提交的申请")
def drafts(request: rest.ActorRequest) -> Any:
    """List the drafts of the party that the caller acts for."""
    return [
        {"id": row.public_id, "item": row.item_code, "title": row.version.title, "saved_at": row.saved_at}
        for row in queries.listed_drafts(request.actor)
    ]


@router.post("/drafts", response=rest.answers(DraftOut, status=201), summary="开始申请")
def start(request: rest.ActorRequest, body: DraftStartIn) -> Any:
    """Begin an application under the version in force."""
    draft = operations.start_draft(item=body.item, zone=body.zone, by=request.actor, at=clock.now())
    return rest.Status(201, _out(draft))


@router.get("/drafts/{draft_id}", response=rest.answers(DraftOut), summary="一份草稿")
def one(request: rest.ActorRequest, draft_id: UUID) -> Any:
    """Show a draft with everything that is missing."""
    return _out(queries.draft_of(request.actor, draft_id))


@router.delete("/drafts/{draft_id}", response=rest.answers(None, status=204), summary="删除草稿")
def drop(request: rest.ActorRequest, draft_id: UUID) -> Any:
    """Throw a draft away with its files."""
    operations.drop_draft(draft=draft_id, by=request.actor)
    return rest.Status(204, None)


@router.put("/drafts/{draft_id}/situation", response=rest.answers(DraftOut), summary="回答情形问题")
def situation(request: rest.ActorRequest, draft_id: UUID, body: DraftSituationIn) -> Any:
    """Answer one question of the situation."""
    return _out(
        operations.answer_question(
            draft=draft_id, question=body.question, answer=body.answer, by=request.actor, at=clock.now()
        )
    )


@router.put("/drafts/{draft_id}/answers", response=rest.answers(DraftOut), summary="填写申请表")
def answers(request: rest.ActorRequest, draft_id: UUID, body: DraftValuesIn) -> Any:
    """Fill in the whole form; what is wrong is kept and told under ``faults``."""
    return _out(operations.fill_in(draft=draft_id, values=body.values, by=request.actor, at=clock.now()))


@router.put("/drafts/{draft_id}/materials/{material}", response=rest.answers(DraftOut), summary="选择材料的提交方式")
def way(request: rest.ActorRequest, draft_id: UUID, material: Key, body: MaterialWayIn) -> Any:
    """Say how a material is given."""
    return _out(
        operations.choose_way(draft=draft_id, material=material, way=body.way, by=request.actor, at=clock.now())
    )


@router.post("/drafts/{draft_id}/files", response=rest.answers(DraftOut, status=201), summary="上传材料")
def upload(request: rest.ActorRequest, draft_id: UUID, body: Form[DraftFileIn], file: File[UploadedFile]) -> Any:
    """Take a file in one piece; in pieces it goes by ``/apply/uploads/``."""
    operations.take(
        stream=rest.stream_of(file),
        material=body.material,
        name=file.name or "",
        size=file.size or 0,
        media_type=file.content_type or "",
        draft=draft_id,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _out(queries.draft_of(request.actor, draft_id)))


@router.post("/drafts/{draft_id}/hand-in", response=rest.answers(CaseReceiptOut, status=201), summary="提交申请")
def hand_in(request: rest.ActorRequest, draft_id: UUID, body: DraftHandInIn) -> Any:
    """Hand in; sent again, the same receipt comes back."""
    case = operations.hand_in(
        draft=draft_id,
        declared=body.declared,
        promised=body.promised,
        channel=Channel.OTHER,
        by=request.actor,
        at=clock.now(),
    )
    secret = queries.secret_of(case.number)
    return rest.Status(201, {"id": case.pk, "number": case.number, "secret": secret, "state": case.state})


def _out(draft: Draft) -> dict[str, Any]:
    course = queries.course_of(draft, on=clock.today())
    return {
        "id": draft.public_id,
        "item": draft.item_code,
        "title": course.version.title,
        "version": course.version.number,
        "saved_at": draft.saved_at,
        "situation": draft.situation,
        "answers": course.values,
        "prefilled": {name: held.source for name, held in course.usable.items()},
        "form": dict(course.schema),
        "materials": [
            {
                "key": stand.material.key,
                "title": stand.material.title,
                "ways": list(stand.ways),
                "given": stand.given,
                "source": stand.source,
                "files": [file.name for file in stand.files],
            }
            for stand in course.materials
        ],
        "faults": [{"path": fault.path, "words": str(fault)} for fault in course.faults],
        "missing": [place.title for place in course.places if not place.is_done],
        "is_complete": course.is_complete,
    }
