"""A clock that runs only while the office is open, in local time, as arithmetic on integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from yingshang.methods.event_log.log import EPOCH, MICROSECOND, SHAPES, instant

DAY = timedelta(days=1) // MICROSECOND
FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True)
class WorkClock:
    """Office hours in a zone on the working days of a calendar.

    hours: (opens, closes) in order, for example morning and afternoon.
    working: day → whether it is one; it must cover the log without a hole, and
    it is the calendar's to know holidays and make-up working days.
    """

    zone: ZoneInfo
    hours: tuple[tuple[time, time], ...]
    working: Mapping[date, bool]

    @cached_property
    def sessions(self) -> tuple[tuple[int, int], ...]:
        """(opens, closes) in microseconds of the local day. Raises ValueError when they overlap or run backwards."""
        found = tuple((_of_day(opens), _of_day(closes)) for opens, closes in self.hours)
        if any(opens >= closes for opens, closes in found) or any(a[1] > b[0] for a, b in pairwise(found)):
            raise ValueError("办公时间要按先后写，不能重叠。")
        return found

    @cached_property
    def table(self) -> pa.Table:
        """Day number → open time before it, and whether it is open: ``day, before, works``, all int64."""
        days = sorted(self.working)
        if not days or len(days) != (days[-1] - days[0]).days + 1:
            raise ValueError("工作日历中间缺了日子。")
        length = sum(closes - opens for opens, closes in self.sessions)
        before, rows = 0, []
        for day in days:
            works = int(self.working[day])
            rows.append({"day": (day - FIRST_DAY).days, "before": before, "works": works})
            before += length * works
        return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.int64()) for name in SHAPES["days"]]))

    def covers(self, first: datetime, last: datetime) -> bool:
        """Whether the calendar has every local day from one instant to the other."""
        days = [at.astimezone(self.zone).date() for at in (first, last)]
        return bool(self.working) and min(self.working) <= days[0] and days[1] <= max(self.working)

    @cached_property
    def offsets(self) -> list[tuple[int, int]]:
        """(from this instant on, microseconds ahead of UTC), from the first day of the calendar to its last."""
        at = datetime.combine(min(self.working), time(), UTC) - timedelta(days=1)
        end = datetime.combine(max(self.working), time(), UTC) + timedelta(days=2)
        found = [(instant(at), self._ahead(at))]
        while at < end:
            following = at + timedelta(days=1)
            if self._ahead(following) != found[-1][1]:
                changed = self._change(at, following)
                found.append((instant(changed), self._ahead(changed)))
            at = following
        return found

    def _ahead(self, at: datetime) -> int:
        offset = at.astimezone(self.zone).utcoffset()
        return (offset or timedelta()) // MICROSECOND

    def _change(self, low: datetime, high: datetime) -> datetime:
        """Return the first second with the later offset; zones change at whole seconds."""
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            middle = middle.replace(microsecond=0)
            low, high = (middle, high) if self._ahead(middle) == self._ahead(low) else (low, middle)
        return high


def _of_day(at: time) -> int:
    return (datetime.combine(FIRST_DAY, at, UTC) - EPOCH) // MICROSECOND


def worked(rows: ir.Table, clock: WorkClock, days: ir.Table, columns: Iterable[str]) -> ir.Table:
    """Return the rows with, for each instant column, ``<column>_worked``: open time since the calendar began.

    The difference of two of these is the working time between the instants.
    days: the clock's table in the same engine.
    """
    for column in columns:
        local = rows[column] + _offset(rows[column], clock)
        placed = rows.mutate(_day=(local // DAY).cast("int64"), _local=local)
        mine = days.select(_day=days.day, _before=days.before, _works=days.works)
        joined = placed.join(mine, "_day")
        within = joined._local - joined._day * DAY
        open_today = sum(
            (ibis.greatest(ibis.least(within, closes) - opens, 0) for opens, closes in clock.sessions),
            ibis.literal(0, type="int64"),
        )
        counted = joined.mutate(**{f"{column}_worked": (joined._before + joined._works * open_today).cast("int64")})
        rows = counted.drop("_day", "_local", "_before", "_works")
    return rows


def _offset(at: ir.IntegerColumn, clock: WorkClock) -> ir.IntegerValue:
    """Return the microseconds ahead of UTC at each instant, by the zone's own changes."""
    (_, first), *changes = clock.offsets
    if not changes:
        return ibis.literal(first, type="int64")
    branches = [(at >= since, ibis.literal(ahead, type="int64")) for since, ahead in reversed(changes)]
    return ibis.cases(*branches, else_=ibis.literal(first, type="int64"))
