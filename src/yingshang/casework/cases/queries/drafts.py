"""Drafts of the party that an actor acts for. Somebody else's draft is not there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from yingshang.casework.cases.models import Draft
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor

LISTED = 30  # drafts on one page; more are old ones that the sweep will forget


def own_drafts(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts not handed in, of the party the actor acts for; latest first."""
    if not actor.party:
        return Draft.objects.none()
    return Draft.objects.filter(applicant__public_id=actor.party, case=None).order_by("-saved_at")


def draft_of(actor: Actor, public_id: UUID, *, lock: bool = False) -> Draft:
    """Return one draft of the actor's party, handed in or not. Raises NotFound. Queries: 1."""
    rows = Draft.objects.select_related("applicant", "case", "version")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(public_id=public_id, applicant__public_id=actor.party).first() if actor.party else None
    if found is None:
        raise NotFound("这份草稿")
    return found


def listed_drafts(actor: Actor) -> list[Draft]:
    """Return the drafts to go on with, with version and item. Queries: 1."""
    return list(own_drafts(actor).select_related("version__item")[:LISTED])


def open_draft_for(actor: Actor, item_code: str) -> Draft | None:
    """Return the latest draft of an item that the party has begun, to offer going on with it."""
    return own_drafts(actor).filter(item_code=item_code).first()
