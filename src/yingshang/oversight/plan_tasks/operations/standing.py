"""The time of whoever handed something in stands while somebody else looks at it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yingshang.kernel import clock, work
from yingshang.kernel.parties import SYSTEM


def hold(obligation: work.Obligation, *, why: str, on: date, at: datetime) -> None:
    """Let an obligation's clock stand. One that is late stays late, one without a date has none to stop."""
    if obligation.clock_id is None or obligation.due_date is None or on > obligation.due_date:
        return
    clock.hold(obligation.clock_id, on=on, by=SYSTEM, at=at, reason=why)


def go_on(obligation: work.Obligation, *, on: date, at: datetime) -> date | None:
    """Let the clock go on if it stands, and return the due date as it is now.

    The day of handing in does not count: back on the same day, the clock goes on from the next.
    """
    found = work.Obligation.objects.select_related("clock").get(pk=obligation.pk)
    if found.clock is None:
        return None
    if found.clock.paused_since is None:
        return found.due_date
    first_day = max(on, found.clock.paused_since + timedelta(days=1))
    return clock.resume(found.clock.pk, on=first_day, by=SYSTEM, at=at).after
