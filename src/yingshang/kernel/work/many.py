"""Many numbers as one parameter of a statement."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Func, Value


def any_of(ids: Iterable[int]) -> Func:
    """Return numbers for ``__in``: ``filter(obligation__in=any_of(ids))``.

    A list would write one placeholder for each number, which the driver then
    takes apart one by one; for thousands that costs more than the query.
    """
    return Func(Value(list(ids)), template="(SELECT unnest(%(expressions)s::bigint[]))")
