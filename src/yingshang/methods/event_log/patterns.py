"""Where cases wait, what is done twice, which ways they take, and which were late."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from yingshang.methods.event_log.durations import spans, steps
from yingshang.methods.event_log.log import Log
from yingshang.methods.event_log.percentiles import USUAL, percentiles

ARROW = " → "
WIDTH = 9  # digits of a place in a case: places compare as text


def bottlenecks(log: Log, shares: Sequence[Fraction] = USUAL) -> ir.Table:
    """Return ``way, count, p50…, total``: from one activity to the next, the longest total first.

    total: microseconds of all cases together; it says where a day of waiting
    is to be won, the percentiles how an ordinary case fares.
    """
    rows = steps(log)
    rows = rows.mutate(way=rows.before + ARROW + rows.activity)
    waits = percentiles(rows, "waited", "way", shares, log.engine)
    sums = rows.group_by("way").agg(total=rows.waited.sum())
    return waits.join(sums, "way").order_by([ibis.desc("total"), "way"])


def rework(log: Log) -> ir.Table:
    """Return ``activity, cases, repeats``: what was done again in a case, in how many, how often too many."""
    events = log.events
    often = events.group_by(["case", "activity"]).agg(times=events.count())
    again = often.filter(often.times > 1)
    found = again.group_by("activity").agg(cases=again.count(), repeats=(again.times - 1).sum().cast("int64"))
    return found.order_by([ibis.desc("cases"), "activity"])


def variants(log: Log) -> ir.Table:
    """Return ``way, cases``: every sequence of activities and how many cases took it, the most frequent first."""
    events = log.events
    window = ibis.window(group_by=events.case, order_by=[events["at"], events.seq])
    placed = events.mutate(place=ibis.row_number().over(window).cast("string").lpad(WIDTH, "0"))
    placed = placed.mutate(step=placed.place + placed.activity)
    # Sorting texts that begin with their place keeps the order on engines that cannot collect in an order.
    ways = placed.group_by("case").agg(all_steps=placed.step.collect().sort())
    ways = ways.mutate(way=ways.all_steps.map(lambda step: step.substr(WIDTH)).join(ARROW))
    return ways.group_by("way").agg(cases=ways.count()).order_by([ibis.desc("cases"), "way"])


def lateness(log: Log) -> ir.Table:
    """Return ``unit, due, late``: cases that had a due date, and those whose last event came after it."""
    done = spans(log)
    rows = done.join(log.dues, "case")
    late = (rows["last"] > rows.due).cast("int64").sum().cast("int64")
    return rows.group_by("unit").agg(due=rows.count(), late=late).order_by("unit")
