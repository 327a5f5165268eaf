"""10,000,000 events: percentiles beside hand-written SQL and pandas, working time beside a plain difference."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from datetime import time as of_day
from zoneinfo import ZoneInfo

import duckdb
import ibis.expr.types as ir
import pandas as pd
from figure import Figure

from yingshang.methods import event_log
from yingshang.methods.event_log import Engine, Log

EVENTS, CASES, UNITS, ROUNDS = 10_000_000, 1_000_000, 60, 3
ENOUGH_CORES = 4
START = 1_767_600_000_000_000  # 2026-01-05, in microseconds
MAKE = f"""CREATE TABLE events AS SELECT
    'case-' || (i % {CASES}) AS "case", 'a' || (i // {CASES}) AS activity, 'u' || ((i % {CASES}) % {UNITS}) AS unit,
    ({START} + (hash(i % {CASES}) % 20_000_000) * 1_000_000
        + (i // {CASES}) * 3_600_000_000 * (1 + hash(i) % 9))::BIGINT AS "at", i AS seq FROM range({EVENTS}) t(i)"""
BY_HAND = """SELECT unit, count(*), quantile_disc(took, [0.5, 0.95])
    FROM (SELECT arg_min(unit, seq) AS unit, max("at") - min("at") AS took FROM events GROUP BY "case")
    GROUP BY unit ORDER BY unit"""
DIFFERENCE = 'SELECT sum(d) FROM (SELECT "case", max("at") - min("at") AS d FROM events GROUP BY "case")'


def main() -> Iterator[Figure]:
    connection = duckdb.connect()
    connection.execute(MAKE)
    clock = the_clock()
    connection.from_arrow(clock.table).create("days")
    connection.execute('CREATE TABLE pauses ("case" VARCHAR, first BIGINT, last BIGINT)')
    ours = event_log.sql(per_unit, Engine.DUCKDB)
    working = event_log.sql(lambda log: total_worked(log, clock), Engine.DUCKDB)

    hand = fastest(lambda: connection.sql(BY_HAND).fetchall())
    mine = fastest(lambda: connection.sql(ours).fetchall())
    what = f"{EVENTS:,} events: median and 95th percentile of how long cases took, per unit"
    yield Figure(what, mine, "s", hand, "hand-written DuckDB SQL", ratio_at_most=1.3)

    # Both start from the same columns in memory, the names as text. On one core the two are about even; DuckDB
    # shares the work among all, so the bound is asked for only where there are some to spare.
    panda = beside_pandas(connection)
    cores = os.cpu_count() or 1
    limit = 0.5 if cores >= ENOUGH_CORES else None
    yield Figure(f"the same beside pandas, {cores} cores", mine, "s", panda, "pandas in memory", ratio_at_most=limit)

    plain = fastest(lambda: connection.sql(DIFFERENCE).fetchall())
    worked = fastest(lambda: connection.sql(working).fetchall())
    what = f"working time of {CASES:,} cases from {EVENTS:,} events"
    yield Figure(what, worked, "s", plain, "the plain difference of first and last", ratio_at_most=10)


def per_unit(log: Log) -> ir.Table:
    return event_log.percentiles(event_log.spans(log), "elapsed", "unit", event_log.USUAL[::2], log.engine)


def total_worked(log: Log, clock: event_log.WorkClock) -> ir.Table:
    return event_log.working_spans(log, clock).agg(lambda rows: rows.worked.sum())


def the_clock() -> event_log.WorkClock:
    first = date(2026, 1, 1)
    days = {first + timedelta(n): (first + timedelta(n)).weekday() < 5 for n in range(400)}
    hours = ((of_day(8, 30), of_day(11, 30)), (of_day(13, 30), of_day(17)))
    return event_log.WorkClock(ZoneInfo("Asia/Shanghai"), hours, days)


def beside_pandas(connection: duckdb.DuckDBPyConnection) -> float:
    """Return how long pandas takes for the same table, which must come out the same."""
    frame = connection.sql('SELECT "case", unit, "at" FROM events ORDER BY seq').df()
    took = fastest(lambda: with_pandas(frame), rounds=1)
    ours = [(unit, *found) for unit, _, found in connection.sql(BY_HAND).fetchall()]
    assert ours == list(with_pandas(frame).itertuples(name=None))
    return took


def with_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    cases = frame.groupby("case", observed=True)
    spans = pd.DataFrame({"unit": cases["unit"].first(), "took": cases["at"].max() - cases["at"].min()})
    by_unit = spans.groupby("unit", observed=True)["took"]
    return pd.DataFrame({share: by_unit.apply(nearest_rank, share) for share in (50, 95)}).sort_index()


def nearest_rank(took: pd.Series[int], percent: int) -> int:
    ordered = took.sort_values().to_numpy()
    return int(ordered[-(-len(ordered) * percent // 100) - 1])


def fastest(deed: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return min(times)
