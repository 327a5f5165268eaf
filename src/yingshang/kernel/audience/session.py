"""Tell PostgreSQL who reads, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from yingshang.kernel.audience.readers import path_of
from yingshang.kernel.parties import ANONYMOUS, Actor

NOBODY: Mapping[str, str] = {"ys.person": "", "ys.party": "", "ys.unit_path": ""}

_reading: ContextVar[Mapping[str, str]] = ContextVar("reading", default=NOBODY)


@contextmanager
def reading_as(actor: Actor, variables: Mapping[str, str] | None = None) -> Iterator[None]:
    """Open the rows that the actor may read under row-level security.

    Sets ``ys.person``, ``ys.party``, ``ys.unit_path`` and what else ``variables``
    names for this transaction only, so a pooled connection never carries a
    reader over to the next request; unset, every protected table is empty.
    Fetch the rows inside the block: a lazy queryset evaluated later finds
    nothing. Queries: 1 for the unit, 1 to open; 1 to close inside another
    transaction.
    """
    person = "" if actor.person == ANONYMOUS.person else actor.person
    before = _reading.get()
    reader = {"ys.person": person, "ys.party": actor.party, "ys.unit_path": path_of(actor.unit), **(variables or {})}
    is_inside = connection.in_atomic_block
    with transaction.atomic():
        mark = _reading.set(reader)
        set_for_transaction(reader)
        try:
            yield
        finally:
            _reading.reset(mark)
        # The end of the outermost transaction takes the variables with it, and so does the rollback of a failed block.
        if is_inside:
            set_for_transaction(dict.fromkeys(reader, "") | dict(before))


def set_for_transaction(variables: Mapping[str, str]) -> None:
    """Set variables that policies read, until the transaction ends. Needs an open transaction. Queries: 1."""
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(variables))
        cursor.execute(f"SELECT {calls}", [part for pair in variables.items() for part in pair])
