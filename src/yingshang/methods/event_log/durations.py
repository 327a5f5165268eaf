"""How long cases and steps took, in elapsed and in working time, without what does not count."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from yingshang.methods.event_log.log import Log
from yingshang.methods.event_log.worktime import WorkClock, worked


def spans(log: Log) -> ir.Table:
    """Return ``case, unit, first, last, events, elapsed``: one row a case; unit is the one of its first event."""
    events = log.events
    found = events.group_by("case").agg(
        unit=events.unit.argmin(events.seq), first=events["at"].min(), last=events["at"].max(), events=events.count()
    )
    return found.mutate(elapsed=found["last"] - found["first"])


def working_spans(log: Log, clock: WorkClock) -> ir.Table:
    """Return `spans` with ``worked``: open time from the first to the last event, less the pauses between them.

    Pauses of one case do not overlap (`arrow_tables` sees to it); what of a pause lies before the first or
    after the last event takes nothing away. A case on a day that the clock's
    calendar has not is not in the answer; see `WorkClock.covers`.
    """
    rows = worked(spans(log), clock, log.days, ("first", "last"))
    whole = rows.mutate(_whole=rows.last_worked - rows.first_worked)
    bounds = whole.select("case", _from=whole["first"], _to=whole["last"])
    joined = log.pauses.join(bounds, "case")
    cut = joined.select(
        "case", first=ibis.greatest(joined["first"], joined._from), last=ibis.least(joined["last"], joined._to)
    )
    cut = cut.filter(cut["last"] > cut["first"])
    stopped = worked(cut, clock, log.days, ("first", "last"))
    taken = stopped.group_by("case").agg(_paused=(stopped.last_worked - stopped.first_worked).sum())
    both = whole.left_join(taken, "case")
    paused = ibis.coalesce(both._paused, 0)
    found = both.mutate(worked=(both._whole - paused).cast("int64"), paused=paused.cast("int64"))
    return found.select("case", "unit", "first", "last", "events", "elapsed", "worked", "paused")


def steps(log: Log) -> ir.Table:
    """Return ``case, unit, before, activity, waited``: each event with the one before it and the time between."""
    events = log.events
    window = ibis.window(group_by=events.case, order_by=[events["at"], events.seq])
    found = events.mutate(before=events.activity.lag().over(window), since=events["at"].lag().over(window))
    found = found.filter(found.since.notnull())
    return found.select("case", "unit", "before", "activity", waited=(found["at"] - found.since).cast("int64"))
