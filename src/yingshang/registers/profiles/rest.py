"""Profiles over the API: one's own data and who read it, objections and answers, and the purposes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock, parties
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Party
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.profiles import operations, queries, rules
from yingshang.registers.profiles.models import Objection, Reading

router = rest.Router()
Words = Annotated[str, Field(max_length=1_000)]


class ProfilePurposeOut(Schema):
    """One purpose: fields it covers, who may use it (self or unit), basis and source."""

    code: str
    title: str
    fields: list[str]
    reader: str
    basis: str
    source: str


class HeldValueOut(Schema):
    """One value held of the caller."""

    field: str
    title: str
    value: str
    source: str
    held_since: datetime


class ProfileReadingOut(Schema):
    """One opening of the caller's values: unit and posts, never a name."""

    id: UUID
    at: datetime
    by: str
    purpose: str
    fields: list[str]
    matter: str
    entry_id: UUID


class ProfileObjectionOut(Schema):
    """An objection; answer is empty while it is owed."""

    id: int
    kind: str
    unit: str
    field: str
    raised_at: datetime
    due_date: date | None
    outcome: str
    answer: str = ""


class HeldValuesIn(rest.Bounded):
    """Field → text, at most all fields at once."""

    values: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=rules.LONGEST)]] = Field(
        max_length=20
    )


class HeldFieldsOut(Schema):
    """The names of the fields that are new or changed."""

    fields: list[str]


class ProfileCorrectionIn(rest.Bounded):
    """Which field is wrong, what is right, why."""

    field: rest.Code
    wanted: Annotated[str, Field(max_length=rules.LONGEST)]
    said: Words


class ProfileInquiryIn(rest.Bounded):
    """What one wants to know of a reading."""

    said: Words


class ProfileAnswerIn(rest.Bounded):
    """What came of an objection, in words that the party reads."""

    outcome: Literal["corrected", "kept", "answered"]
    words: Words


@router.get("/purposes", response=rest.answers(list[ProfilePurposeOut]), summary="读取信息的用途")
def purposes(request: rest.ActorRequest) -> Any:
    """List the purposes in effect today."""
    return list(queries.purposes_on(clock.today()))


@router.get("/mine", response=rest.answers(list[HeldValueOut]), summary="我的信息")
def mine(request: rest.ActorRequest) -> Any:
    """Return what is held of the caller's party. Recorded as a reading of one's own."""
    held = operations.read(request.actor, _own(request), list(rules.FIELDS), purpose="own", at=clock.now())
    return [
        {
            "field": name,
            "title": rules.FIELDS[name].title,
            "value": one.value,
            "source": one.source,
            "held_since": one.held_since,
        }
        for name, one in sorted(held.items())
    ]


@router.post("/mine", response=rest.answers(HeldFieldsOut), summary="填写我的信息")
def change(request: rest.ActorRequest, body: HeldValuesIn) -> Any:
    """Give or change one's own fields."""
    done = operations.hold(_own(request), body.values, source="本人填写", by=request.actor, at=clock.now())
    return {"fields": list(done)}


@router.post("/mine/registry", response=rest.answers(HeldFieldsOut), summary="从登记库取回")
def ask_registry(request: rest.ActorRequest) -> Any:
    """Take what the registry knows of the caller's enterprise; 503 when it does not answer."""
    return {"fields": list(operations.take_from_registry(_own(request), by=request.actor, at=clock.now()))}


@router.get("/mine/export", response=rest.answers(dict[str, Any]), summary="取走我的信息")
def export(request: rest.ActorRequest) -> Any:
    """Return everything held of the caller's party, with its history and every reading."""
    return operations.export_own(_own(request), by=request.actor, at=clock.now())


@router.get("/readings", response=rest.answers(rest.PageOf[ProfileReadingOut]), summary="谁看过我的数据")
def readings(request: rest.ActorRequest, after: rest.Mark = "", own: bool = False) -> Any:
    """List who read the caller's data, newest first; one's own openings only when asked."""
    _own(request)
    return rest.page_of(page_after(queries.readings_seen(request.actor, with_own=own), after), _reading)


@router.post("/readings/{reading_id}/ask", response=rest.answers(ProfileObjectionOut, status=201), summary="追问谁看过")
def ask(request: rest.ActorRequest, reading_id: UUID, body: ProfileInquiryIn) -> Any:
    """Ask the unit who read and why."""
    made = operations.ask_who(reading_id, said=body.said, by=request.actor, at=clock.now())
    return rest.Status(201, _objection(made))


@router.get("/objections", response=rest.answers(list[ProfileObjectionOut]), summary="我的异议")
def objections(request: rest.ActorRequest) -> Any:
    """List the caller's objections with the answers, newest first."""
    return [_objection(row, words) for row, words in queries.objections_of(_own(request))]


@router.post("/corrections", response=rest.answers(ProfileObjectionOut, status=201), summary="纠错")
def correct(request: rest.ActorRequest, body: ProfileCorrectionIn) -> Any:
    """Say that a held value is wrong."""
    made = operations.ask_correction(_own(request), **body.dict(), by=request.actor, at=clock.now())
    return rest.Status(201, _objection(made))


@router.get("/desk", response=rest.answers(rest.PageOf[ProfileObjectionOut]), summary="本单位要答复的异议")
def desk(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the objections to the caller's unit, newest first."""
    return rest.page_of(page_after(queries.objections_to(request.actor), after), _objection)


@router.post("/objections/{objection_id}/answer", response=rest.answers(ProfileObjectionOut), summary="答复异议")
def answer(request: rest.ActorRequest, objection_id: rest.Id, body: ProfileAnswerIn) -> Any:
    """Answer an objection to one's unit."""
    return _objection(
        operations.answer(objection_id=objection_id, **body.dict(), by=request.actor, at=clock.now()), body.words
    )


def _own(request: rest.ActorRequest) -> Party:
    if not request.actor.party:
        raise NotFound("您的信息")
    return parties.party(request.actor.party)


def _reading(row: Reading) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "at": row.at,
        "by": queries.reader_of(row),
        "purpose": row.purpose.title,
        "fields": row.fields,
        "matter": row.matter,
        "entry_id": row.entry_id,
    }


def _objection(row: Objection, words: str = "") -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "unit": row.unit.code,
        "field": row.field,
        "raised_at": row.raised_at,
        "due_date": row.obligation.due_date,
        "outcome": row.outcome,
        "answer": words,
    }
