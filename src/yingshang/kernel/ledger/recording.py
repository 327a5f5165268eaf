"""Adding to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Func, IntegerField, Value
from django.utils import timezone

from yingshang.kernel import registry
from yingshang.kernel.ledger.content import LONGEST_STRING, FactsProblem, content_of, places_of
from yingshang.kernel.ledger.ids import new_id
from yingshang.kernel.ledger.models import Entry, Head
from yingshang.kernel.parties import Actor

BATCH = 1_000


def record(kind: str, *, subject: str, by: Actor, facts: Mapping[str, Any], at: datetime | None = None) -> Entry:
    """Record a deed, in the transaction it is done in: one INSERT, no lock.

    kind: declared in a manifest. If its wording is Strict, the entry gets its
        leaf while the transaction commits; otherwise within a minute.
    subject: what the deed concerns, ``visit:41``; never a name.
    by: the ledger keeps the person's pseudonym and the unit.
    facts: plain JSON without fractions, with every place of the kind's wording;
        anything personal only as ``private(value)``. All of it becomes public.
    at: aware; now when not given.
    Raises KeyError for an unknown kind and FactsProblem for facts that must not enter.
    """
    entry = _entry(kind, subject, by, facts, at or timezone.now())
    entry.save(force_insert=True)
    return entry


def record_all(
    kind: str, recorded: Sequence[tuple[str, Mapping[str, Any]]], *, by: Actor, at: datetime | None = None
) -> list[Entry]:
    """Record several deeds of one kind, each a subject and its facts, in the order given; see ``record``.

    One INSERT for all.
    """
    moment = at or timezone.now()
    return Entry.objects.bulk_create([_entry(kind, subject, by, facts, moment) for subject, facts in recorded])


def _entry(kind: str, subject: str, by: Actor, facts: Mapping[str, Any], at: datetime) -> Entry:
    missing = places_of(registry.ledger_wording(kind)) - facts.keys()
    if missing:
        raise FactsProblem(f"the wording of {kind} speaks of {', '.join(sorted(missing))}, which facts do not hold")
    if not subject or len(subject) > Entry._meta.get_field("subject").max_length:  # type: ignore[operator]
        raise FactsProblem(f"the subject of an entry has 1 to 120 characters, got {subject[:LONGEST_STRING]!r}")
    columns = {"id": new_id(), "kind": kind, "subject": subject, "at": at, "actor": by.person, "unit": by.unit}
    content = content_of(**columns, facts=facts)  # type: ignore[arg-type]
    return Entry(**columns, content=content, is_strict=registry.is_strict(kind))


def sequence(limit: int = BATCH) -> int:
    """Give up to ``limit`` waiting entries their numbers, oldest first. Return how many got one.

    Safe to run from several workers at once and to kill at any moment: the
    numbers of a batch are given in one transaction under the lock of the head.
    """
    call = Func(Value(limit), function="ledger_sequence", output_field=IntegerField())
    return int(Head.objects.values_list(call, flat=True).get())
