"""10,000,000 events: percentiles beside hand-written SQL and pandas, working time beside a plain difference."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from datetime import time as of_day
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pandas as pd
from figure import Figure

from yingshang.methods import event_log
from yingshang.methods.event_log import Engine, Log

EVENTS, CASES, UNITS, ROUNDS = 10_000_000, 1_000_000, 60, 3
START = 1_767_600_000_000_000  # 2026-01-05, in microseconds
MAKE = f"""CREATE TABLE events AS SELECT
    'case-' || (i % {CASES}) AS "case", 'a' || (i // {CASES}) AS activity, 'u' || ((i % {CASES}) % {UNITS}) AS unit,
    ({START} + (hash(i % {CASES}) % 20_000_000) * 1_000_000
        + (i // {CASES}) * 3_600_000_000 * (1 + hash(i) % 9))::BIGINT AS "at", i AS seq FROM range({EVENTS}) t(i)"""
BY_HAND = "SELECT unit, count(*), quantile_disc(took, [0.5, 0.95]) FROM durations GROUP BY unit ORDER BY unit"
TOOK = """CREATE TABLE durations AS SELECT unit, (1 + hash(seq) % 1_000_000_000) * (1 + hash("case") % 9) AS took
    FROM events"""
DIFFERENCE = 'SELECT sum(d) FROM (SELECT "case", max("at") - min("at") AS d FROM events GROUP BY "case")'


def main() -> Iterator[Figure]:
    connection = duckdb.connect()
    connection.execute(MAKE)
    connection.execute(TOOK)
    clock = the_clock()
    connection.from_arrow(clock.table).create("days")
    connection.execute('CREATE TABLE pauses ("case" VARCHAR, first BIGINT, last BIGINT)')
    ours = event_log.sql(lambda _: per_unit(), Engine.DUCKDB)
    working = event_log.sql(lambda log: total_worked(log, clock), Engine.DUCKDB)

    hand = fastest(lambda: connection.sql(BY_HAND).fetchall())
    mine = fastest(lambda: connection.sql(ours).fetchall())
    what = f"{EVENTS:,} events: median and 95th percentile per unit"
    yield Figure(what, mine, "s", hand, "hand-written DuckDB SQL", ratio_at_most=1.3)

    frame = connection.sql("SELECT unit, took::BIGINT AS took FROM durations").df()
    panda = fastest(lambda: with_pandas(frame), rounds=1)
    yield Figure("the same beside pandas", mine, "s", panda, "pandas in memory", ratio_at_most=0.5)

    plain = fastest(lambda: connection.sql(DIFFERENCE).fetchall())
    worked = fastest(lambda: connection.sql(working).fetchall())
    what = f"working time of {CASES:,} cases from {EVENTS:,} events"
    yield Figure(what, worked, "s", plain, "the plain difference of first and last", ratio_at_most=10)


def per_unit() -> ibis.Table:
    durations = ibis.table({"unit": "string", "took": "int64"}, name="durations")
    return event_log.percentiles(durations, "took", "unit", event_log.USUAL[::2], Engine.DUCKDB)


def total_worked(log: Log, clock: event_log.WorkClock) -> ibis.Table:
    return event_log.working_spans(log, clock).agg(lambda rows: rows.worked.sum())


def the_clock() -> event_log.WorkClock:
    first = date(2026, 1, 1)
    days = {first + timedelta(n): (first + timedelta(n)).weekday() < 5 for n in range(400)}
    hours = ((of_day(8, 30), of_day(11, 30)), (of_day(13, 30), of_day(17)))
    return event_log.WorkClock(ZoneInfo("Asia/Shanghai"), hours, days)


def with_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby("unit")["took"].quantile([0.5, 0.95], interpolation="higher").unstack()


def fastest(deed: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return min(times)
