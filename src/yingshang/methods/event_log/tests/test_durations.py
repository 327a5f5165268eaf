"""Durations against a published log, and against calendars worked out by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.methods import event_log
from yingshang.methods.event_log import Due, Embedded, Event, Pause, WorkClock

DATA = Path(__file__).parent / "data"
BEIJING = ZoneInfo("Asia/Shanghai")
NINE_TO_FIVE = ((time(9), time(17)),)


def weekdays(first: date, days: int) -> dict[date, bool]:
    return {first + timedelta(n): (first + timedelta(n)).weekday() < 5 for n in range(days)}


# Receipt phase of an environmental permit, Dutch municipality, 2010-2012 (doi 10.4121/12709127), 150 of its cases
# with answers of another program.
def expected() -> Iterator[dict[str, str]]:
    with (DATA / "receipt_150_cases_expected.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def receipts() -> list[Event]:
    return event_log.read_csv((DATA / "receipt_150_cases.csv").read_bytes())


@pytest.mark.parametrize(("zone", "column"), [("UTC", "work_s_utc"), ("Europe/Amsterdam", "work_s_amsterdam")])
def test_the_published_log_takes_as_long_in_local_time_as_published(
    receipts: list[Event], zone: str, column: str
) -> None:
    clock = WorkClock(ZoneInfo(zone), NINE_TO_FIVE, weekdays(date(2010, 1, 1), 1200))
    with Embedded.of(receipts, days=clock.table) as log:
        found = {row["case"]: row for row in log.ask(lambda log: event_log.working_spans(log, clock))}
    rows = list(expected())
    assert len(rows) == len(found) == 150
    for row in rows:
        ours = found[row["case:concept:name"]]
        assert ours["events"] == int(row["n_events"])
        assert ours["elapsed"] == round(float(row["duration_s"]) * 1_000_000)
        assert ours["worked"] == round(float(row[column]) * 1_000_000)


def test_what_is_repeated_in_the_published_log(receipts: list[Event]) -> None:
    with Embedded.of(receipts) as log:
        repeats = sum(row["repeats"] for row in log.ask(event_log.rework))
        ways = log.ask(event_log.variants)
    assert repeats == sum(int(row["repeated_events"]) for row in expected())
    assert sum(row["cases"] for row in ways) == 150 and ways[0]["cases"] == 92


def test_percentiles_and_lateness_of_the_published_log(receipts: list[Event]) -> None:
    rows = list(expected())
    took = [round(float(row["duration_s"]) * 1_000_000) for row in rows]
    with Embedded.of(one._replace(unit="") for one in receipts) as log:
        (found,) = log.ask(
            lambda log: event_log.percentiles(event_log.spans(log), "elapsed", "unit", event_log.USUAL, log.engine)
        )
    assert [found[name] for name in ("p50", "p90", "p95")] == [
        event_log.nearest_rank(took, share) for share in event_log.USUAL
    ]
    for due, late in (("enddate_planned", "late_vs_planned"), ("deadline", "late_vs_deadline")):
        known = [row for row in rows if row[late]]
        ends = [Event(row["case:concept:name"], "end", datetime.fromisoformat(row["enddate"])) for row in known]
        dues = [Due(row["case:concept:name"], datetime.fromisoformat(row[due])) for row in known]
        with Embedded.of(ends, dues=dues) as log:
            (found,) = log.ask(event_log.lateness)
        assert (found["due"], found["late"]) == (len(known), sum(row[late] == "True" for row in known))


def at(day: int, hour: int, minute: int = 0, month: int = 2) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        # 国办发明电〔2025〕7号：2026-02-15～02-23 春节放假，02-14（周六）、02-28（周六）上班。午休一小时。
        (at(13, 16), at(13, 17), 60),
        (at(13, 16), at(14, 9, 30), 90),  # Friday to the make-up Saturday
        (at(14, 16), at(24, 10), 120),  # over the holiday
        (at(14, 12, 10), at(14, 12, 50), 0),  # the lunch hour
        (at(14, 11, 30), at(14, 13, 30), 60),
        (at(16, 9), at(20, 17), 0),
        (at(13, 23), at(14, 6), 0),
    ],
)
def test_holidays_make_up_days_and_lunch_do_not_count(first: datetime, last: datetime, minutes: int) -> None:
    working = weekdays(date(2026, 2, 1), 60)
    working |= {date(2026, 2, day): False for day in range(15, 24)} | {date(2026, 2, 14): True, date(2026, 2, 28): True}
    clock = WorkClock(BEIJING, ((time(9), time(12)), (time(13), time(17))), working)
    with Embedded.of([Event("甲", "收件", first), Event("甲", "办结", last)], days=clock.table) as log:
        (row,) = log.ask(lambda log: event_log.working_spans(log, clock))
    assert row["worked"] == minutes * 60 * 1_000_000


def test_a_pause_counts_only_where_it_lies_inside_the_case() -> None:
    clock = WorkClock(BEIJING, NINE_TO_FIVE, weekdays(date(2026, 3, 1), 31))
    events = [Event("甲", "收件", at(2, 9, month=3)), Event("甲", "办结", at(6, 17, month=3))]
    pauses = [
        Pause("甲", at(1, 9, month=3), at(2, 10, month=3)),
        Pause("甲", at(4, 9, month=3), at(5, 17, month=3)),
        Pause("甲", at(9, 9, month=3), at(10, 17, month=3)),
    ]
    with Embedded.of(events, pauses, days=clock.table) as log:
        (row,) = log.ask(lambda log: event_log.working_spans(log, clock))
    hour = 3600 * 1_000_000
    assert (row["worked"], row["paused"]) == ((40 - 17) * hour, 17 * hour)


def test_pauses_that_overlap_count_once() -> None:
    clock = WorkClock(BEIJING, NINE_TO_FIVE, weekdays(date(2026, 3, 1), 31))
    events = [Event(case, name, at(day, 9, month=3)) for case in "甲乙" for day, name in ((2, "收件"), (6, "办结"))]
    pauses = [
        Pause("甲", at(3, 9, month=3), at(4, 9, month=3)),
        Pause("乙", at(3, 9, month=3), at(4, 9, month=3)),
        Pause("甲", at(2, 12, month=3), at(5, 9, month=3)),
        Pause("甲", at(5, 9, month=3), at(5, 10, month=3)),
    ]
    with Embedded.of(events, pauses, days=clock.table) as log:
        found = {row["case"]: row for row in log.ask(lambda log: event_log.working_spans(log, clock))}
    hour = 3600 * 1_000_000
    assert {case: (row["worked"], row["paused"]) for case, row in found.items()} == {
        "甲": (10 * hour, 22 * hour),
        "乙": (24 * hour, 8 * hour),
    }


def test_a_log_of_nothing_and_cases_of_one_event_have_answers_too() -> None:
    clock = WorkClock(BEIJING, NINE_TO_FIVE, weekdays(date(2026, 3, 1), 31))
    asked = (event_log.spans, event_log.bottlenecks, event_log.rework, event_log.variants, event_log.lateness)
    with Embedded.of([], days=clock.table) as log:
        assert [log.ask(one) for one in (*asked, lambda log: event_log.working_spans(log, clock))] == [[]] * 6
    with Embedded.of([Event("甲", "收件", at(2, 9, month=3))], days=clock.table) as log:
        (row,) = log.ask(lambda log: event_log.working_spans(log, clock))
        assert (row["elapsed"], row["worked"], row["paused"]) == (0, 0, 0)
        assert log.ask(event_log.bottlenecks) == [] and log.ask(event_log.variants) == [{"way": "收件", "cases": 1}]


def test_events_of_one_instant_keep_the_order_in_which_they_were_done() -> None:
    events = [Event("甲", name, at(2, 9, month=3)) for name in ("乙", "甲", "丙", "甲")]
    with Embedded.of(events) as log:
        assert log.ask(event_log.variants) == [{"way": "乙 → 甲 → 丙 → 甲", "cases": 1}]


def test_a_log_reaches_no_file_and_no_network() -> None:
    with Embedded.of([]) as log, pytest.raises(duckdb.Error):
        log.connection.sql(f"SELECT * FROM '{DATA / 'receipt_150_cases.csv'}'").fetchall()


def test_a_clock_change_moves_the_office_with_it() -> None:
    # Amsterdam, 25 March 2012: clocks go from +1 to +2. Both days are open 9 to 17 local time.
    zone = ZoneInfo("Europe/Amsterdam")
    clock = WorkClock(zone, NINE_TO_FIVE, weekdays(date(2012, 3, 1), 60))
    assert [ahead // 3_600_000_000 for _, ahead in clock.offsets] == [1, 2]
    first, last = datetime(2012, 3, 23, 16, tzinfo=zone), datetime(2012, 3, 26, 10, tzinfo=zone)
    with Embedded.of([Event("a", "x", first), Event("a", "y", last)], days=clock.table) as log:
        (row,) = log.ask(lambda log: event_log.working_spans(log, clock))
    assert row["worked"] == 2 * 3600 * 1_000_000


def test_who_was_late_is_counted_by_unit() -> None:
    events = [
        Event(case, "办结", at(3, 10, month=3), unit) for case, unit in (("甲", "u1"), ("乙", "u1"), ("丙", "u2"))
    ]
    dues = [Due("甲", at(3, 9, month=3)), Due("乙", at(3, 10, month=3))]
    with Embedded.of(events, dues=dues) as log:
        assert log.ask(event_log.lateness) == [{"unit": "u1", "due": 2, "late": 1}]


def test_office_hours_that_overlap_and_calendars_with_holes_are_refused() -> None:
    days = weekdays(date(2026, 3, 1), 5)
    with pytest.raises(ValueError, match="不能重叠"):
        _ = WorkClock(BEIJING, ((time(9), time(12)), (time(11), time(17))), days).sessions
    del days[date(2026, 3, 3)]
    with pytest.raises(ValueError, match="缺了日子"):
        _ = WorkClock(BEIJING, NINE_TO_FIVE, days).table


@settings(max_examples=10)
@given(values=st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_percentiles_are_the_nearest_rank(values: list[int]) -> None:
    start = at(2, 9, month=3)
    events = [
        Event(f"c{number}", name, start + timedelta(seconds=value * step))
        for number, value in enumerate(values)
        for step, name in enumerate(("收件", "办结"))
    ]
    shares = (Fraction(1, 2), Fraction(9, 10), Fraction(1, 3), Fraction(1))
    with Embedded.of(events) as log:
        (row,) = log.ask(lambda log: event_log.percentiles(event_log.spans(log), "elapsed", "unit", shares, log.engine))
    found = [row[name] // 1_000_000 for name in ("p50", "p90", "p33_3333", "p100")]
    assert found == [event_log.nearest_rank(values, share) for share in shares]
