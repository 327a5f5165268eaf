"""What the operator asks about deliveries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yingshang.kernel import registry
from yingshang.kernel.events.models import Delivery


@dataclass(frozen=True)
class Missing:
    """An event that cannot travel: nobody installed tells it, though somebody may listen."""

    event: str
    heard_by: tuple[str, ...]


def troubled() -> QuerySet[Delivery]:
    """Return deliveries that are parked or have failed and wait for their next try, parked first."""
    failed = Q(state=Delivery.State.WAITING, attempts__gt=0)
    rows = Delivery.objects.filter(failed | Q(state=Delivery.State.PARKED)).select_related("fact")
    return rows.order_by("state", "id")


def not_installed() -> list[Missing]:
    """Return the events of the catalogue that no installed package tells, by name."""
    told = {name for manifest in registry.capabilities() for name in manifest.tells}
    return [
        Missing(name, tuple(registry.subscribers_of(name))) for name in sorted(registry.catalogue()) if name not in told
    ]


def waiting_count() -> int:
    """Return how many deliveries wait for their first try; more than a few hundred says that the worker stands."""
    return Delivery.objects.filter(state=Delivery.State.WAITING, attempts=0).count()
