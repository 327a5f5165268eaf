"""An event log: who did what in which case, and when. Tables of one engine, asked through ibis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir
import pyarrow as pa

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BATCH = 50_000


class Engine(StrEnum):
    """Where a log lives: embedded DuckDB for a county, ClickHouse for a province."""

    DUCKDB = "duckdb"
    CLICKHOUSE = "clickhouse"


class Event(NamedTuple):
    """One thing that was done. at: aware. unit: who did it; empty where the log does not say."""

    case: str
    activity: str
    at: datetime
    unit: str = ""


class Pause(NamedTuple):
    """A stretch of a case that does not count: a special procedure, a correction by the applicant."""

    case: str
    first: datetime
    last: datetime


class Due(NamedTuple):
    """When a case had to be done."""

    case: str
    at: datetime


def instant(at: datetime) -> int:
    """Return whole microseconds since 1970 in UTC: integers are equal on every engine. ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("时间没有时区。")
    return (at - EPOCH) // MICROSECOND


SHAPES: dict[str, Any] = {
    "events": {"case": "string", "activity": "string", "unit": "string", "at": "int64", "seq": "int64"},
    "pauses": {"case": "string", "first": "int64", "last": "int64"},
    "dues": {"case": "string", "due": "int64"},
    "days": {"day": "int64", "before": "int64", "works": "int64"},
}


@dataclass(frozen=True)
class Log:
    """The tables of a log, by name only: what is asked of them is SQL for the engine. days: of the work clock."""

    events: ir.Table
    pauses: ir.Table
    dues: ir.Table
    days: ir.Table
    engine: Engine


def log_in(engine: Engine) -> Log:
    """Return the log as it lies in an engine, in tables with the shapes of SHAPES."""
    return Log(**{name: ibis.table(shape, name=name) for name, shape in SHAPES.items()}, engine=engine)


def sql(asked: Callable[[Log], ir.Table], engine: Engine) -> str:
    """Return a question as the SQL of an engine; a province runs it where its log lies."""
    return str(ibis.to_sql(asked(log_in(engine)), dialect=engine.value))


def arrow_tables(
    events: Iterable[Event], pauses: Iterable[Pause] = (), dues: Iterable[Due] = ()
) -> dict[str, pa.Table]:
    """Return events, pauses and dues as tables, by name.

    The events of a case come in the order of their times, those of one time
    as they were done. Pauses that overlap count once. The events are read
    first, then the pauses, then the dues.
    """
    done = (
        {"case": one.case, "activity": one.activity, "unit": one.unit, "at": instant(one.at), "seq": place}
        for place, one in enumerate(events)
    )
    stopped = ({"case": one.case, "first": instant(one.first), "last": instant(one.last)} for one in _apart(pauses))
    owed = ({"case": one.case, "due": instant(one.at)} for one in dues)
    rows = {"events": done, "pauses": stopped, "dues": owed}
    return {name: _table(found, _schema(SHAPES[name])) for name, found in rows.items()}


def _apart(pauses: Iterable[Pause]) -> Iterator[Pause]:
    """Yield the pauses with those that overlap or touch made one."""
    last: Pause | None = None
    for one in sorted(pauses):
        if last is not None and last.case == one.case and one.first <= last.last:
            last = last._replace(last=max(last.last, one.last))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _table(rows: Iterator[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Gather rows in batches, so that they are never all in memory as Python objects."""
    batches = []
    while group := list(islice(rows, BATCH)):
        batches.append(pa.RecordBatch.from_pylist(group, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _schema(shape: dict[str, str]) -> pa.Schema:
    return pa.schema([(name, getattr(pa, kind)()) for name, kind in shape.items()])
