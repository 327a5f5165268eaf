"""Reads, each with a fixed number of queries."""

from yingshang.oversight.dashboards.queries.calls import CallRow, calling_rule_on, calls_of, last_calls, to_call
from yingshang.oversight.dashboards.queries.cockpit import CountedUnit, Picture, counted_units, picture, strip_of
from yingshang.oversight.dashboards.queries.progress import PublicTask, Section, progress
from yingshang.oversight.dashboards.queries.running import running
from yingshang.oversight.dashboards.queries.watching import MONTHS, Seen, read, read_unit
from yingshang.oversight.dashboards.queries.why import Why, why

__all__ = [
    "MONTHS",
    "CallRow",
    "CountedUnit",
    "Picture",
    "PublicTask",
    "Section",
    "Seen",
    "Why",
    "calling_rule_on",
    "calls_of",
    "counted_units",
    "last_calls",
    "picture",
    "progress",
    "read",
    "read_unit",
    "running",
    "strip_of",
    "to_call",
    "why",
]
