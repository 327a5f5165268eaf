"""Disclosures for machines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.disclosure import publishing
from yingshang.kernel.disclosure.forms import LONGEST_REASON
from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.disclosure.queries import disclosure_of, disclosures
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()


class DisclosureOut(Schema):
    """One disclosure. ``shown`` and ``title`` are empty once it is withdrawn or past its day."""

    id: int
    kind: str
    title: str
    unit: str
    where: str
    published_date: date
    until_date: date | None
    withdrawn_for: str
    shown: list[list[str]]
    digest: str
    entry: UUID


@router.get("/", response=rest.answers(rest.PageOf[DisclosureOut]), summary="公开公示")
def all_disclosures(request: rest.ActorRequest, after: rest.Mark = "") -> dict[str, Any]:
    """Return disclosures, newest first."""
    return rest.page_of(page_after(disclosures(), after), _drawn)


@router.get("/{disclosure_id}", response=rest.answers(DisclosureOut), summary="一项公开")
def one_disclosure(request: rest.ActorRequest, disclosure_id: rest.Id) -> dict[str, Any]:
    """Return one disclosure."""
    return _drawn(disclosure_of(disclosure_id))


class WithdrawalIn(rest.Bounded):
    """Why it is taken back; public for good."""

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]


@router.post("/{disclosure_id}/withdraw", response=rest.answers(DisclosureOut), summary="撤回一项公开")
def withdraw(request: rest.ActorRequest, disclosure_id: rest.Id, body: WithdrawalIn) -> dict[str, Any]:
    """Take a disclosure back."""
    publishing.withdraw(disclosure_id=disclosure_id, reason=body.reason, by=request.actor, at=clock.now())
    return _drawn(disclosure_of(disclosure_id))


def _drawn(row: Disclosure) -> dict[str, Any]:
    is_shown = row.is_shown_on(clock.today())
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title if is_shown else "",
        "unit": row.unit.code,
        "where": row.where,
        "published_date": row.published_date,
        "until_date": row.until_date,
        "withdrawn_for": row.withdrawal.reason if row.is_withdrawn else "",
        "shown": row.shown if is_shown else [],
        "digest": row.digest,
        "entry": row.entry_id,
    }
