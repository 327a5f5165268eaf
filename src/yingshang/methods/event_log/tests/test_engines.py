"""One expression, two engines, the same digits."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from yingshang.methods import event_log

chdb = pytest.importorskip("chdb", reason="chdb, the embedded ClickHouse, has no wheel for this system")

Asked = Callable[[event_log.Log], ir.Table]
SHARES = (*event_log.USUAL, Fraction(1, 3))


def clock() -> event_log.WorkClock:
    first = date(2025, 12, 1)
    days = {first + timedelta(n): (first + timedelta(n)).weekday() < 5 for n in range(150)}
    return event_log.WorkClock(ZoneInfo("Asia/Shanghai"), ((time(8, 30), time(11, 30)), (time(13, 30), time(17))), days)


QUESTIONS: dict[str, Asked] = {
    "durations": lambda log: event_log.working_spans(log, clock()).order_by("case"),
    "percentiles": lambda log: event_log.percentiles(event_log.spans(log), "elapsed", "unit", SHARES, log.engine),
    "bottlenecks": event_log.bottlenecks,
    "rework": event_log.rework,
    "variants": event_log.variants,
    "lateness": event_log.lateness,
}


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    """Return a made-up log: 400 cases of six units, with pauses and due dates; times to the microsecond."""
    chance = Random(20260105)
    start = datetime(2026, 1, 5, tzinfo=UTC)
    events, pauses, dues = [], [], []
    for number in range(400):
        case, at = f"case-{number:03d}", start + timedelta(seconds=chance.randrange(5_000_000))
        for activity in chance.choices(["收件", "受理", "审查", "补正", "决定"], k=chance.randrange(1, 9)):
            events.append(event_log.Event(case, activity, at, f"u{number % 6}"))
            at += timedelta(microseconds=chance.randrange(0, 3 * 10**11))
        if number % 4 == 0:
            pauses.append(event_log.Pause(case, at - timedelta(days=4), at - timedelta(days=2)))
        dues.append(event_log.Due(case, at - timedelta(hours=chance.randrange(-40, 40))))
    return event_log.arrow_tables(events, pauses, dues) | {"days": clock().table}


@pytest.mark.parametrize("name", QUESTIONS)
def test_duckdb_and_clickhouse_agree_to_the_last_digit(name: str, tables: dict[str, pa.Table], tmp_path: Path) -> None:
    with event_log.Embedded(tables) as log:
        ours = log.ask(QUESTIONS[name])
    files = ""
    for table, rows in tables.items():
        pq.write_table(rows, tmp_path / f"{table}.parquet")
        files += f"CREATE TABLE {table} ENGINE = Memory AS SELECT * FROM file('{tmp_path / table}.parquet');\n"
    session = chdb.session.Session()
    try:
        session.query(files)
        text = str(session.query(event_log.sql(QUESTIONS[name], event_log.Engine.CLICKHOUSE), "JSONEachRow"))
    finally:
        session.close()
    theirs = [plain(json.loads(line)) for line in text.splitlines()]
    assert ours and theirs == ours


def plain(row: dict[str, object]) -> dict[str, object]:
    """JSON of ClickHouse quotes large integers."""
    return {
        name: int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value
        for name, value in row.items()
    }
