"""Counting again when the calendar changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from yingshang.kernel.clock.models import Clock, Limit
from yingshang.kernel.clock.reckoning import reckon
from yingshang.kernel.clock.running import Recount
from yingshang.kernel.clock.snapshot import snapshot
from yingshang.methods import dates

BATCH = 500


@transaction.atomic
def recompute(days: Collection[date] = ()) -> list[Recount]:
    """Count provisional clocks again, and every clock that runs through one of ``days``; return the changed ones.

    days: days that were worked and are not any more, or the reverse.
    A clock is in the list when its due date moved or when it is no longer
    provisional. Paused clocks are counted when they go on. Clocks are locked
    in the order of their ids, in batches; 3 statements a batch, 1 more where
    something changed, and 1 for the calendar.
    """
    calendar = snapshot().calendar
    concerned = Q(provisional=True)
    if days:
        first, last = min(days), max(days)
        concerned |= Q(started_on__lt=last, due_date__gte=first)
        concerned |= Q(limit__direction=Limit.Direction.BEFORE, due_date__lte=last, started_on__gt=first)
    clocks = Clock.objects.filter(concerned, limit__isnull=False, paused_since=None)
    changed: list[Recount] = []
    seen, is_full = 0, True
    while is_full:
        batch = list(
            clocks.filter(pk__gt=seen)
            .select_for_update(of=("self",))
            .select_related("limit")
            .prefetch_related("pauses", "extensions")
            .order_by("pk")[:BATCH]
        )
        found = [recount for clock in batch if (recount := _again(clock, calendar))]
        Clock.objects.bulk_update([recount.clock for recount in found], ["due_date", "due_at", "provisional"])
        changed += found
        is_full = len(batch) == BATCH
        seen = batch[-1].pk if batch else seen
    return changed


def _again(clock: Clock, calendar: dates.Calendar) -> Recount | None:
    found = reckon(clock, calendar, clock.pauses.all(), clock.extensions.all())
    before = clock.due_date
    if (found.date, found.at, found.provisional) == (before, clock.due_at, clock.provisional):
        return None
    clock.due_date, clock.due_at, clock.provisional = found.date, found.at, found.provisional
    return Recount(clock, before, found.date)
