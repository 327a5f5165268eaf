"""Counting sealed kinds without letting anybody watch the count move."""

from __future__ import annotations

from datetime import date

from django.db import connection

from yingshang.kernel.audience.models import SealedMark

FEWEST = 10  # counts below this are not told, so that no single case shows


def mark_sealed(kind: str, *, on: date) -> None:
    """Add one stroke to the tally of a sealed kind, in the transaction of the deed that made the record."""
    SealedMark.objects.create(kind=kind, year=on.year)


def sealed_count(kind: str, year: int) -> int | None:
    """Return how many records of a sealed kind were made in a year that is over; None for fewer than 10.

    One fixed span and only closed years: two overlapping spans, or yesterday's
    count beside today's, would give away the difference.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_count(%s, %s)", [kind, year])
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])
