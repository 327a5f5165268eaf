"""Telling: one row in the outbox, in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yingshang.kernel import registry
from yingshang.kernel.events.models import Delivery, Fact


@dataclass(frozen=True)
class Telling:
    """A fact about to be told: its name in the catalogue and its plain values."""

    name: str
    facts: Mapping[str, int | str | bool]


def tell(name: str, *, at: datetime | None = None, **facts: int | str | bool) -> Fact:
    """Write one fact and a delivery for each subscriber; returns the fact.

    name: stands in the catalogue, and an installed package declares that it
    tells it. facts: exactly the fields of the catalogue, of their plain types.
    at: when it happened; now, if the deed does not say.
    Raises LookupError, TypeError or RuntimeError for a defect of the caller:
    an unknown name, a payload that does not fit, no transaction. Statements:
    1, and 1 more where somebody hears it.
    """
    return tell_all([Telling(name, facts)], at=at)[0]


def tell_all(tellings: Iterable[Telling], *, at: datetime | None = None) -> list[Fact]:
    """Write several facts of one deed, in the order given; see ``tell``. Statements: at most 2."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A fact is told inside the transaction of its deed; there is none open.")
    moment = at or timezone.now()
    rows = [Fact(name=t.name, payload=_checked(t.name, t.facts), at=moment) for t in tellings]
    Fact.objects.bulk_create(rows)
    deliveries = [
        Delivery(fact=fact, subscriber=subscriber, next_try_at=timezone.now())
        for fact in rows
        for subscriber in registry.subscribers_of(fact.name)
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
    return rows


def _checked(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    fields = declared(name)
    if set(facts) != set(fields):
        raise TypeError(f"{name} carries {', '.join(fields)}; it was told with {', '.join(facts) or 'nothing'}.")
    for field, kind in fields.items():
        if type(facts[field]) is not kind:
            raise TypeError(f"{name}: {field} is {type(facts[field]).__name__}; the manifest says {kind.__name__}.")
    return dict(facts)


def declared(name: str) -> Mapping[str, type]:
    """Return the payload that the teller's manifest declares.

    Raises LookupError for a name outside the catalogue, and NotInstalled for
    one that no installed package tells.
    """
    known = registry.catalogue()
    if name not in known:
        raise LookupError(f"“{name}” is not in the catalogue of events.{registry.nearest(name, known)}")
    for manifest in registry.capabilities():
        if name in manifest.tells:
            return manifest.tells[name]
    raise registry.NotInstalled(f"No installed package tells “{name}”.")
