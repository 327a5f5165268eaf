"""Let the clock of an obligation stand while somebody else has the word, and go on when it is the unit's turn again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yingshang.kernel import clock, work
from yingshang.kernel.parties import Actor
from yingshang.methods import dates


def stand(obligation: work.Obligation, *, reason: str, by: Actor, at: datetime) -> None:
    """Stop the clock from the Beijing day of ``at`` on, so that an answer on the last day is on time.

    One that is over stays over, and one that runs to a fixed date runs on.
    """
    running, day = obligation.clock, clock.beijing_date(at)
    if running is None or running.limit is None or running.paused_since is not None:
        return
    if running.due_date is None or day > running.due_date:
        return
    clock.pause(running.pk, on=day, by=by, at=at, reason=reason)


def go_on(obligation: work.Obligation, *, by: Actor, at: datetime) -> None:
    """Let a standing clock go on: the first day that counts again is the one after ``at``."""
    running, day = obligation.clock, clock.beijing_date(at)
    if running is None or running.paused_since is None:
        return
    clock.resume(running.pk, on=max(day, running.paused_since) + timedelta(days=1), by=by, at=at)


def last_day(limit_code: str, *, on: date) -> date:
    """Return the last day of a limit that begins on a day. Raises NotFound for an unknown limit."""
    limit = clock.limit_on(limit_code, on)
    if limit.amount is None:
        raise ValueError(f"{limit_code} has no fixed length")
    return dates.due(on, limit.amount, limit.unit, clock.calendar(), rolls=limit.rolls).date
