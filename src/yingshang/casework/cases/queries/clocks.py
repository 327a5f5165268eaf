"""The clocks of a case: since when, until when, and what did not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yingshang.casework.cases.models import Case
from yingshang.kernel import clock, work

OF_THE_DECISION = ("committed", "decision")


@dataclass(frozen=True)
class Clocks:
    """accepted_on: the day they began. due_on: the promised last day, else the statutory one; None while it stands."""

    accepted_on: date | None
    due_on: date | None
    stopped: frozenset[date]


def clocks_of(case: Case) -> Clocks:
    """Return the clocks by which a case is decided. Queries: 2."""
    rows = work.Obligation.objects.filter(
        dossier=case.dossier_id, key__in=OF_THE_DECISION, clock__isnull=False
    ).exclude(state=work.Obligation.State.CANCELLED)
    by_key = {row.key: row.clock for row in rows.select_related("clock")}
    running = by_key.get("committed") or by_key.get("decision")
    if running is None:
        return Clocks(None, None, frozenset())
    pauses = clock.Pause.objects.filter(clock=running, last_day__isnull=False).values_list("first_day", "last_day")
    stopped = frozenset(
        first + timedelta(days=n) for first, last in pauses if last is not None for n in range((last - first).days + 1)
    )
    return Clocks(running.started_on, running.due_date, stopped)
