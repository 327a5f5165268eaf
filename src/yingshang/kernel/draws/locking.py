"""One draw at a time, and one number at a time: locks that end with the transaction."""

from __future__ import annotations

from django.db import connection

from yingshang.kernel.draws.models import Draw
from yingshang.kernel.draws.queries import draw_of

SPACE = 7_391  # of the advisory locks; the triggers of migration 0002 name the same
NEXT_SERIAL = 0
LARGEST = 2**31 - 1  # what a lock can be named


def hold(serial: int) -> Draw:
    """Return a draw and keep everybody else from adding to it until the transaction ends. Raises NotFound.

    Rows that nobody may change cannot be locked as rows; the triggers of the
    tables take the same lock, for whoever comes another way. Queries: 3.
    """
    if 0 < serial <= LARGEST:
        _lock(serial)
    return draw_of(serial)


def hold_register() -> Draw | None:
    """Return the newest draw and keep everybody else from committing one until the transaction ends. Queries: 2."""
    _lock(NEXT_SERIAL)
    return Draw.objects.order_by("-serial").first()


def _lock(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SPACE, number])
