"""Lists for machines: the current edition, and one row as it stood on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.lists.citing import cite, edition_on
from yingshang.kernel.lists.models import Edition
from yingshang.kernel.lists.queries import list_of, published_lists
from yingshang.kernel.web import rest

router = rest.Router()


class ListOut(Schema):
    """A list and its edition."""

    code: str
    title: str
    owner: str
    edition: int
    effective_from: date
    effective_to: date | None
    source: str
    digest: str


class EditionOut(ListOut):
    """An edition with its rows."""

    rows: list[dict[str, Any]]


class CitationOut(Schema):
    """A row as cited."""

    list_code: str
    title: str
    edition: int
    key: str
    values: dict[str, Any]
    source: str
    digest: str


@router.get("/", response=rest.answers(list[ListOut]), summary="全部清单")
def all_lists(request: rest.ActorRequest) -> list[dict[str, Any]]:
    """Return the edition published last of every list."""
    return [_drawn(edition) for edition in published_lists()]


@router.get("/{code}", response=rest.answers(EditionOut), summary="一份清单在某日的版次")
def one_list(request: rest.ActorRequest, code: rest.Code, on: date | None = None) -> dict[str, Any]:
    """Return the edition in effect on a day, today unless told, with all rows."""
    edition = edition_on(list_of(code).code, on or clock.today())
    if edition is None:
        raise NotFound("当日适用的版次")
    return {**_drawn(edition), "rows": [row.values for row in edition.rows.all()]}


@router.get("/{code}/rows/{key}", response=rest.answers(CitationOut), summary="引用清单的一行")
def one_row(request: rest.ActorRequest, code: rest.Code, key: rest.Code, on: date | None = None) -> Any:
    """Return a row as it stood on a day, today unless told."""
    return cite(code, key, on or clock.today())


def _drawn(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.of.code,
        "title": edition.of.title,
        "owner": edition.of.owner.code,
        "edition": edition.number,
        "effective_from": edition.effective_from,
        "effective_to": edition.effective_to,
        "source": edition.source,
        "digest": edition.digest,
    }
