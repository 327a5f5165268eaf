"""Reads of listed supervision and of typical cases."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from yingshang.kernel import access
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Listing, ListingStep, TypicalCase

PUBLIC_STATES = (Listing.State.LISTED, Listing.State.ASKED_OFF, Listing.State.OFF)
BUREAU = ("supervision.propose_listing", "supervision.approve_listing", "supervision.verify_listing")


def listings_public() -> QuerySet[Listing]:
    """Return what is or was on the public list."""
    return Listing.objects.filter(state__in=PUBLIC_STATES).select_related("unit", "duty")


def listings_waiting(actor: Actor) -> QuerySet[Listing]:
    """Return what waits for the bureau: to be approved, or to be verified; nothing for others."""
    if not (actor.unit and any(actor.holds(action) for action in BUREAU)):
        return Listing.objects.none()
    waiting = [Listing.State.PROPOSED, Listing.State.ASKED_OFF]
    return Listing.objects.filter(state__in=waiting).select_related("unit").order_by("proposed_at")


def listing_seen(listing_id: Any, actor: Actor) -> Listing:
    """Return a listed matter: a public one to anybody, a proposed one to the bureau. Raises NotFound. Queries: 2."""
    steps = Prefetch("steps", ListingStep.objects.select_related("unit").order_by("pk"))
    rows = Listing.objects.select_related("unit", "duty", "about").prefetch_related(steps)
    seen = Q(state__in=PUBLIC_STATES)
    if actor.unit and any(actor.holds(action) for action in BUREAU):
        seen = Q()
    found = rows.filter(seen, pk=listing_id).first()
    if found is None:
        raise NotFound("这件挂牌督办")
    return found


def cases_public(kind: str) -> QuerySet[TypicalCase]:
    """Return the public cases of a kind, the latest first."""
    rows = TypicalCase.objects.filter(kind=kind, state=TypicalCase.State.PUBLISHED)
    return rows.select_related("unit", "disclosure").order_by("-disclosure__published_at")


def cases_at_work(actor: Actor) -> list[TypicalCase]:
    """Return the cases that an actor may see and that are not over. Queries: 1."""
    over = [TypicalCase.State.DROPPED, TypicalCase.State.WITHDRAWN]
    rows = TypicalCase.objects.exclude(state__in=over).select_related("unit").order_by("-drafted_at")[:200]
    return [case for case in rows if access.may(actor, "supervision.see_case", case) is None]


def case_seen(case_id: Any, actor: Actor) -> TypicalCase:
    """Return a case that the actor may see. Raises NotFound."""
    found = TypicalCase.objects.select_related("unit", "disclosure", "hearing").filter(pk=case_id).first()
    if found is None or access.may(actor, "supervision.see_case", found) is not None:
        raise NotFound("这个典型案例")
    return found
