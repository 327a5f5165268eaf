"""What an event log says: how long things took by the office clock, where they wait, what is done twice.

Expressions of ibis over three plain tables, with times as whole microseconds.
They run on the embedded DuckDB and, unchanged, on ClickHouse, and are equal to
the last digit. No Django.
"""

from yingshang.methods.event_log.durations import spans, steps, working_spans
from yingshang.methods.event_log.embedded import Embedded
from yingshang.methods.event_log.log import Due, Engine, Event, Log, Pause, arrow_tables, log_in, sql
from yingshang.methods.event_log.patterns import bottlenecks, lateness, rework, variants
from yingshang.methods.event_log.percentiles import HALF, USUAL, nearest_rank, percentiles
from yingshang.methods.event_log.reading import WrongLog, read_csv, read_xes
from yingshang.methods.event_log.worktime import WorkClock, worked

__all__ = [
    "HALF",
    "USUAL",
    "Due",
    "Embedded",
    "Engine",
    "Event",
    "Log",
    "Pause",
    "WorkClock",
    "WrongLog",
    "arrow_tables",
    "bottlenecks",
    "lateness",
    "log_in",
    "nearest_rank",
    "percentiles",
    "read_csv",
    "read_xes",
    "rework",
    "spans",
    "sql",
    "steps",
    "variants",
    "worked",
    "working_spans",
]
