"""Delegation, recall and one-seal transfer over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.models import Delegation, Transfer
from yingshang.registers.catalogue.queries import county

router = rest.Router()

Words = Annotated[str, Field(min_length=1, max_length=400)]
Short = Annotated[str, Field(min_length=1, max_length=200)]


class DelegationOut(Schema):
    """An item handled by a township or a zone."""

    id: int
    slug: str
    to: str
    from_on: date
    last_on: date | None
    scope: str
    document: str
    trained_on: date
    training: str
    recalled_because: str


class TransferOut(Schema):
    """An item that moved to one approving unit."""

    slug: str
    from_unit: str
    to: str
    from_on: date
    document: str
    seal: str
    regulator: str


class DelegateIn(rest.Bounded):
    """To whom, how far, by which document, after which training."""

    to: Annotated[str, Field(max_length=40)]
    from_on: date
    scope: Words
    document: Short
    trained_on: date
    training: Words


class RecallIn(rest.Bounded):
    """The last day and the reason."""

    last_on: date
    reason: Words


class TransferIn(rest.Bounded):
    """Which items move to which unit and seal."""

    slugs: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=1, max_length=200)]
    to: Annotated[str, Field(max_length=40)]
    from_on: date
    document: Short
    seal: Annotated[str, Field(min_length=1, max_length=80)]
    regulator: Short


@router.get("/items/{item}/delegations", response=rest.answers(list[DelegationOut]), summary="下放和收回")
def delegations(request: rest.ActorRequest, item: rest.Code) -> Any:
    """List where an item was delegated, newest first."""
    rows = Delegation.objects.filter(item=county.public_item(item)).select_related("to", "item")
    return [_delegation(row) for row in rows.order_by("-from_on", "-pk")]


@router.post("/items/{item}/delegations", response=rest.answers(DelegationOut, status=201), summary="下放")
def delegate(request: rest.ActorRequest, item: rest.Code, given: DelegateIn) -> Any:
    """Let a township or a zone handle an item."""
    told = given.model_dump()
    to = told.pop("to")
    made = operations.delegate(slug=item, to=to, grant=operations.Grant(**told), by=request.actor, at=clock.now())
    return rest.Status(201, _delegation(made))


@router.post("/delegations/{delegation_id}/recall", response=rest.answers(DelegationOut), summary="收回")
def recall(request: rest.ActorRequest, delegation_id: rest.Id, given: RecallIn) -> Any:
    """Take a delegation back after a day."""
    made = operations.recall(delegation_id=delegation_id, **given.model_dump(), by=request.actor, at=clock.now())
    return _delegation(made)


@router.get("/items/{item}/transfers", response=rest.answers(list[TransferOut]), summary="划转")
def transfers(request: rest.ActorRequest, item: rest.Code) -> Any:
    """List to whom an item was moved, newest first."""
    rows = Transfer.objects.filter(item=county.public_item(item)).select_related("to", "from_unit", "item")
    return [_transfer(row) for row in rows.order_by("-from_on")]


@router.post("/transfers", response=rest.answers(list[TransferOut], status=201), summary="一章通办：划转事项")
def transfer(request: rest.ActorRequest, given: TransferIn) -> Any:
    """Move several items to one approving unit and its seal, all or none."""
    made = operations.transfer_items(**given.model_dump(), by=request.actor, at=clock.now())
    return rest.Status(201, [_transfer(row) for row in made])


def _delegation(row: Delegation) -> dict[str, Any]:
    names = ("from_on", "last_on", "scope", "document", "trained_on", "training", "recalled_because")
    return {
        "id": row.pk,
        "slug": row.item.slug,
        "to": row.to.code,
        **{name: getattr(row, name) for name in names},
    }


def _transfer(row: Transfer) -> dict[str, Any]:
    names = ("from_on", "document", "seal", "regulator")
    return {
        "slug": row.item.slug,
        "from_unit": row.from_unit.code,
        "to": row.to.code,
        **{name: getattr(row, name) for name in names},
    }
