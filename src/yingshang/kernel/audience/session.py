"""Tell PostgreSQL who reads, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from yingshang.kernel.audience.readers import path_of
from yingshang.kernel.parties import ANONYMOUS, Actor

Variables = tuple[str, str, str]
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
        _say(reader)
        try:
            yield
        finally:
            _reading.reset(mark)
        # Only after success: a failed block is rolled back to its savepoint, which takes the variables with it.
        _say(before)


def _say(reader: Variables) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('ys.person', %s, true), set_config('ys.party', %s, true),"
            " set_config('ys.unit_path', %s, true)",
            reader,
        )
