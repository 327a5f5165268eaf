"""Tell PostgreSQL who reads, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from yingshang.kernel.audience.readers import path_of
from yingshang.kernel.parties import ANONYMOUS, Actor

Variables = tuple[str, str, str]
NAMES = ("ys.person", "ys.party", "ys.unit_path")
NOBODY: Variables = ("", "", "")

_reading: ContextVar[Variables] = ContextVar("reading", default=NOBODY)


@contextmanager
def reading_as(actor: Actor) -> Iterator[None]:
    """Open the rows that the actor may read under row-level security.

    Sets ``ys.person``, ``ys.party`` and ``ys.unit_path`` for this transaction
    only, so a pooled connection never carries a reader over to the next
    request; unset, every protected table is empty. Fetch the rows inside the
    block: a lazy queryset evaluated later finds nothing. Queries: 1 for the
    unit, 1 to open, 1 to close.
    """
    person = "" if actor.person == ANONYMOUS.person else actor.person
    reader = (person, actor.party, path_of(actor.unit))
    with transaction.atomic():
        before = _reading.get()
        mark = _reading.set(reader)
        set_for_transaction(dict(zip(NAMES, reader, strict=True)))
        try:
            yield
        finally:
            _reading.reset(mark)
        # Only after success: a failed block is rolled back to its savepoint, which takes the variables with it.
        set_for_transaction(dict(zip(NAMES, before, strict=True)))


def set_for_transaction(variables: Mapping[str, str]) -> None:
    """Set variables that policies read, until the transaction ends. Needs an open transaction. Queries: 1."""
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(variables))
        cursor.execute(f"SELECT {calls}", [part for pair in variables.items() for part in pair])
