"""Which documents there are for an actor."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingshang.kernel.audience import readable_by
from yingshang.kernel.documents.models import Delivery, Document
from yingshang.kernel.parties import Actor


def openable(actor: Actor) -> QuerySet[Document]:
    """Return the documents that the actor may open: its audience, and those it was delivered to."""
    addressed = Q(pk__in=[])
    if actor.unit:
        addressed |= Q(unit__code=actor.unit)
    if actor.party:
        addressed |= Q(party=actor.party)
    delivered = Delivery.objects.filter(addressed, document=OuterRef("pk"))
    return Document.objects.filter(readable_by(actor) | Exists(delivered))


def documents_of(subject: str, actor: Actor) -> list[Document]:
    """Return what the actor may open of a matter, oldest first. Queries: 1, and 1 for the actor's unit."""
    return list(openable(actor).filter(subject=subject).order_by("kept_at", "pk"))
