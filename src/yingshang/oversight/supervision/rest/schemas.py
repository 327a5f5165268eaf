"""What the ladder answers and takes over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.kernel.web import rest
from yingshang.oversight.supervision.models import Digest, DigestItem, Letter, Supervision
from yingshang.oversight.supervision.queries.letters import LetterRow, LetterSeen

Reason = Annotated[str, Field(max_length=400)]
Place = Annotated[str, Field(max_length=200)]


class DigestItemOut(Schema):
    """One line of a digest."""

    id: int
    unit: str
    title: str
    rung: str
    rule: str
    why: str
    color: str
    days_late: int
    due_date: date
    state: str
    reason: str
    until: date | None


class SupervisionDigestOut(Schema):
    """The digest of a day; carried: how many items wait for the days after."""

    id: int
    on: date
    state: str
    watched: int
    carried: int
    items: list[DigestItemOut]


class SupervisionLetterOut(Schema):
    """One letter in a list."""

    id: int
    no: str
    kind: str
    state: str
    unit: str
    title: str
    issued_on: date | None
    answer_due: date | None
    standing: str


class SupervisionLineOut(Schema):
    """One matter in a letter, struck through where it proved wrong."""

    title: str
    due_date: date
    color: str
    days_late: int
    why: str
    struck_on: date | None
    struck_reason: str


class SupervisionAnswerOut(Schema):
    """One answer."""

    id: int
    text: str
    at: datetime
    promised_on: date | None
    is_late: bool
    had_climbed: bool
    state: str
    reason: str


class SupervisionObjectionOut(Schema):
    """A request for review."""

    id: int
    text: str
    at: datetime
    outcome: str
    reason: str


class SupervisionLetterDetailOut(SupervisionLetterOut):
    """One letter with what follows it."""

    opening: str
    demand: str
    lines: list[SupervisionLineOut]
    answers: list[SupervisionAnswerOut]
    objection: SupervisionObjectionOut | None


class SupervisionMatterOut(Schema):
    """One supervision."""

    id: int
    title: str
    unit: str
    place: int
    latest_no: str
    due_date: date | None
    opened_on: date
    ended_on: date | None
    ending: str
    reason: str


class SupervisionCircularOut(Schema):
    """A circular that was made public."""

    no: str
    title: str
    issued_on: date
    disclosure_id: int


class SupervisionReasonIn(rest.Bounded):
    """Why."""

    reason: Reason


class SupervisionPostponeIn(SupervisionReasonIn):
    """Why, and until when."""

    until: date


class SupervisionAnswerIn(rest.Bounded):
    """An answer without a file; evidence goes by the page."""

    text: rest.Text
    promised_on: date | None = None


class SupervisionObjectionIn(rest.Bounded):
    """Grounds."""

    text: rest.Text


class SupervisionDecisionIn(rest.Bounded):
    """A yes or a no."""

    decision: Literal["yes", "no"]
    reason: Reason = ""


class SupervisionDraftIn(rest.Bounded):
    """The wording of a letter that waits."""

    opening: rest.Text
    demand: rest.Text
    public_text: rest.Text = ""
    meets_at: datetime | None = None
    meets_in: Place = ""


class SupervisionTalkIn(rest.Bounded):
    """The record of a talk."""

    held_at: datetime
    place: Place
    attendees: rest.Text
    minutes: rest.Text


def digest_out(digest: Digest, carried: int, items: list[DigestItem]) -> dict[str, Any]:
    """Return a digest as ``SupervisionDigestOut``."""
    return {
        **{name: getattr(digest, name) for name in ("on", "state", "watched")},
        "id": digest.pk,
        "carried": carried,
        "items": [item_out(item) for item in items],
    }


def item_out(item: DigestItem) -> dict[str, Any]:
    """Return a line as ``DigestItemOut``."""
    names = ("rung", "rule", "why", "color", "days_late", "due_date", "state", "reason", "until")
    found = {name: getattr(item, name) for name in names}
    return found | {"id": item.pk, "unit": item.unit.code, "title": item.obligation.title}


def letter_out(row: LetterRow) -> dict[str, Any]:
    """Return a letter as ``SupervisionLetterOut``."""
    letter = row.letter
    return {
        **{name: getattr(letter, name) for name in ("kind", "state", "title", "issued_on")},
        "id": letter.pk,
        "no": letter.no or "",
        "unit": letter.bearer.code,
        "answer_due": letter.duty.due_date if letter.duty else None,
        "standing": row.state,
    }


def letter_detail_out(seen: LetterSeen, row: LetterRow) -> dict[str, Any]:
    """Return a letter as ``SupervisionLetterDetailOut``."""
    return letter_out(row) | {
        "opening": seen.letter.opening,
        "demand": seen.letter.demand,
        "lines": seen.lines,
        "answers": seen.answers,
        "objection": seen.objection,
    }


def matter_out(row: Supervision) -> dict[str, Any]:
    """Return a supervision as ``SupervisionMatterOut``."""
    return {
        **{name: getattr(row, name) for name in ("place", "opened_on", "ended_on", "ending", "reason")},
        "id": row.pk,
        "title": row.obligation.title,
        "unit": row.unit.code,
        "latest_no": row.latest.no or "",
        "due_date": row.obligation.due_date,
    }


def circular_out(letter: Letter) -> dict[str, Any]:
    """Return a circular as ``SupervisionCircularOut``."""
    return {
        "no": letter.no or "",
        "title": letter.title,
        "issued_on": letter.issued_on,
        "disclosure_id": letter.disclosure_id,
    }
