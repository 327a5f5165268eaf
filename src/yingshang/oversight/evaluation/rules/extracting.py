"""From an event log to tables of figures, and from a figure to the value of a series.

Imported where it is used, not with the package: the engines of event logs are
large, and most requests never ask one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from yingshang.methods import event_log
from yingshang.methods.event_log import Due, Embedded, Engine, Event, Log, Pause, WorkClock

MOST_VARIANTS = 200
"""Ways kept of a log; the rest are counted together."""
BETWEEN = "\x1f"
MATTERS = {"case": "string", "subject": "string"}


class Matter(NamedTuple):
    """One case of a log. subject: id of its item, empty for none. events: (activity, unit, at), oldest first."""

    case: str
    subject: str
    events: Sequence[tuple[str, str, datetime]]
    pauses: Sequence[tuple[datetime, datetime]] = ()
    due: datetime | None = None


@dataclass
class Seen:
    """What a log held. digest: SHA-256 of everything in it, in its order."""

    cases: int = 0
    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    digest: str = ""
    _subjects: list[dict[str, str]] = field(default_factory=list)


def load(matters: Iterable[Matter]) -> tuple[Embedded, Seen]:
    """Return the log of some cases, in memory of this process, and what was seen. The caller closes it."""
    seen, hashed = Seen(), hashlib.sha256()
    pauses: list[Pause] = []
    dues: list[Due] = []

    def events() -> Iterator[Event]:
        for matter in matters:
            unit = next((unit for _, unit, _ in matter.events if unit), "")
            seen._subjects.append({"case": matter.case, "subject": matter.subject})
            seen.cases += 1
            for activity, by, at in matter.events:
                hashed.update(f"{matter.case}\t{matter.subject}\t{activity}\t{by}\t{at.isoformat()}\n".encode())
                seen.events += 1
                seen.first = min(seen.first or at, at)
                seen.last = max(seen.last or at, at)
                yield Event(matter.case, activity, at, by or unit)
            for first, last in matter.pauses:
                hashed.update(f"{matter.case}\tpause\t{first.isoformat()}\t{last.isoformat()}\n".encode())
                pauses.append(Pause(matter.case, first, last))
            if matter.due is not None:
                hashed.update(f"{matter.case}\tdue\t{matter.due.isoformat()}\n".encode())
                dues.append(Due(matter.case, matter.due))

    # The events are read first: by then the lists of pauses and dues are full.
    tables = event_log.arrow_tables(events(), pauses, dues)
    log = Embedded(tables | {"matters": pa.Table.from_pylist(seen._subjects, schema=_schema(MATTERS))})
    seen.digest = hashed.hexdigest()
    return log, seen


def work_clock(
    zone: str, sessions: Sequence[Sequence[str]], seen: Seen, is_working_day: Callable[[date], bool]
) -> WorkClock:
    """Return the clock of office hours that covers a log to the day."""
    assert seen.first is not None and seen.last is not None  # a log without events is refused before
    place = ZoneInfo(zone)
    first, last = (at.astimezone(place).date() for at in (seen.first, seen.last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    hours = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in sessions)
    return WorkClock(place, hours, {day: is_working_day(day) for day in days})


def tables_of(log: Embedded, clock: WorkClock) -> dict[str, list[dict[str, Any]]]:
    """Return lines, bottlenecks, rework, lateness and variants; durations in whole microseconds.

    lines: for each item and unit, for each item, for each unit, and for all,
    with empty names for *all*: cases, percentiles of worked and elapsed time
    and of the number of events, how many had a due date and were late.
    """
    log.add("days", clock.table)
    log.keep("lengths", lambda found: _lengths(found, clock))
    variants = log.ask(event_log.variants)
    return {
        "lines": _lines(log),
        "bottlenecks": [_whole(row) for row in log.ask(event_log.bottlenecks)],
        "rework": [_whole(row) for row in log.ask(event_log.rework)],
        "lateness": [_whole(row) for row in log.ask(event_log.lateness)],
        "variants": [_whole(row) for row in variants[:MOST_VARIANTS]],
        "other_variants": [_rest(variants[MOST_VARIANTS:])] if variants[MOST_VARIANTS:] else [],
    }


def longest(log: Embedded, clock: WorkClock, unit: str, most: int) -> list[dict[str, Any]]:
    """Return the cases of a unit (all if empty) that took the most working time: case, first, last, worked, paused."""
    log.add("days", clock.table)

    def asked(found: Log) -> ir.Table:
        rows = event_log.working_spans(found, clock)
        rows = rows.filter(rows.unit == unit) if unit else rows
        return rows.order_by([ibis.desc("worked"), "case"]).limit(most)

    return log.ask(asked)


def _lengths(log: Log, clock: WorkClock) -> ir.Table:
    """Return a row a case for each of the four groups it is counted in, with its lengths and whether it was late."""
    spans = event_log.working_spans(log, clock)
    named = spans.join(ibis.table(MATTERS, name="matters"), "case").left_join(log.dues, "case")
    rows = named.select(
        "case",
        "subject",
        "unit",
        "worked",
        "elapsed",
        "events",
        has_due=named.due.notnull().cast("int64"),
        late=ibis.coalesce((named["last"] > named.due).cast("int64"), 0),
    )
    everything = ibis.literal("")
    groups = [(rows.subject, rows.unit), (rows.subject, everything), (everything, rows.unit), (everything, everything)]
    columns = ["case", "worked", "elapsed", "events", "has_due", "late"]
    # A log without items or units has the same group twice; distinct counts its cases once.
    chosen = [rows.select(*columns, group=subject + BETWEEN + unit) for subject, unit in groups]
    return ibis.union(*chosen, distinct=True)


def _lines(log: Embedded) -> list[dict[str, Any]]:
    shape = dict.fromkeys(("worked", "elapsed", "events", "has_due", "late"), "int64") | {"group": "string"}
    lengths = ibis.table(shape, name="lengths")
    found: dict[str, dict[str, Any]] = {}
    for name in ("worked", "elapsed", "events"):
        asked = event_log.percentiles(lengths, name, "group", event_log.USUAL, Engine.DUCKDB)
        for row in log.rows(asked):
            line = found.setdefault(row["group"], _named(row["group"]) | {"cases": row["count"]})
            line[name] = {key: int(row[key]) for key in ("p50", "p90", "p95")}
    counted = lengths.group_by("group").agg(due=lengths.has_due.sum(), late=lengths.late.sum())
    for row in log.rows(counted):
        found[row["group"]] |= {"due": int(row["due"]), "late": int(row["late"])}
    return [found[group] for group in sorted(found)]


def _named(group: str) -> dict[str, Any]:
    subject, unit = group.split(BETWEEN)
    return {"subject": subject, "unit": unit}


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with sums as plain integers: engines add in wider types."""
    return {name: value if isinstance(value, str) else int(value) for name, value in row.items()}


def _rest(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {"ways": len(rows), "cases": sum(int(row["cases"]) for row in rows)}


def _schema(shape: Mapping[str, str]) -> pa.Schema:
    return pa.schema([(name, getattr(pa, kind)()) for name, kind in shape.items()])
