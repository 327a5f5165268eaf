"""What the API shows of a case, and what every deed takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.kernel.web import rest

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Reason = Annotated[str, Field(max_length=2_000)]
Attempt = Annotated[str, Field(min_length=1, max_length=80)]
Situation = Annotated[dict[Key, Key], Field(max_length=20)]
Answers = Annotated[dict[str, Any], Field(max_length=200)]


class ServiceCaseOut(Schema):
    """A case. official_code: one of the fifteen; due_date: of what is owed next, null if nothing is."""

    id: int
    number: str
    item_code: str
    item: str
    applicant: str
    unit: str
    channel: str
    state: str
    is_open: bool
    official_code: int
    due_date: date | None
    received_at: datetime
    version: int


class CaseRowOut(Schema):
    """One line of a list of cases."""

    id: int
    number: str
    item: str
    applicant: str
    unit: str
    state: str
    state_title: str
    channel: str
    received_on: date
    due_date: date | None
    lamp: str | None


class CasePaperIn(rest.Bounded):
    """One material. given: file, paper, held, shared, generated, committed or later. document: of a kept file."""

    key: Key
    given: Given
    document: UUID | None = None
    source: Annotated[str, Field(max_length=80)] = ""
    copies: Annotated[int, Field(ge=0, le=999)] = 1
    promise: Annotated[str, Field(max_length=2_000)] = ""


Papers = Annotated[list[CasePaperIn], Field(max_length=100)]


class CaseDeedIn(rest.Bounded):
    """What every deed takes. expected_version: of the step, as it was shown; retry_key: names this attempt."""

    expected_version: rest.Count | None = None
    retry_key: Annotated[str, Field(max_length=80)] = ""


def shown(case: Case) -> dict[str, Any]:
    """Return a case as the API shows it. Queries: 2."""
    main = case.dossier.steps.filter(branch="").order_by("pk").last()
    return {
        "id": case.pk,
        "number": case.number,
        "item_code": case.item_code,
        "item": case.version.title,
        "applicant": case.applicant.display_name,
        "unit": case.unit.code,
        "channel": case.channel,
        "state": case.state,
        "is_open": case.is_open,
        "official_code": int(queries.official_code(case)),
        "due_date": case.due_date,
        "received_at": case.received_at,
        "version": main.version if main else 0,
    }


def row(line: queries.CaseRow) -> dict[str, Any]:
    """Return a line of a list as the API shows it."""
    names = ("number", "applicant", "unit", "channel", "received_on", "due_date")
    return {name: getattr(line, name) for name in names} | {
        "id": line.pk,
        "item": line.title,
        "state": line.state_key,
        "state_title": line.state,
        "lamp": line.lamp.color if line.lamp else None,
    }


def papers_of(given: list[CasePaperIn]) -> list[Paper]:
    """Return the papers as the deeds take them."""
    return [
        Paper(
            key=each.key,
            given=each.given,
            document=each.document,
            source=each.source,
            copies=each.copies,
            promise=each.promise,
        )
        for each in given
    ]


def deed(body: CaseDeedIn) -> dict[str, Any]:
    """Return what every deed takes, by its names there."""
    return {"expected_version": body.expected_version, "retry_key": body.retry_key}
