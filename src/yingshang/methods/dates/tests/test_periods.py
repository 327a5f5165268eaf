"""Periods on the real calendars, and the rules that hold on any."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingshang.methods import county_files
from yingshang.methods.dates import (
    NOTICE_SCHEMA,
    Calendar,
    Due,
    Span,
    Unit,
    before,
    calendar_of,
    days_of,
    due,
    due_moment,
    next_yearly,
    working_days_after,
    working_days_between,
)

CALENDARS = Path(__file__).parents[5] / "counties" / "_national" / "calendars"
NATIONAL = calendar_of(file.data for file in county_files.read_folder(CALENDARS, NOTICE_SCHEMA))
DAYS = st.dates(date(2019, 1, 1), date(2026, 9, 1))
AMOUNTS = st.integers(1, 60)


def moment(year, month, day, hour=0):
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (date(2026, 1, 30), 5, date(2026, 2, 6)),  # an ordinary Friday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday worked in exchange
        (date(2026, 2, 13), 7, date(2026, 3, 2)),  # over the Spring Festival, with 28 February worked
        (date(2026, 4, 30), 3, date(2026, 5, 8)),  # over Labour Day
        (date(2026, 9, 24), 5, date(2026, 10, 9)),  # Mid-Autumn, then National Day
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 20, date(2026, 11, 3)),  # 10 October worked
        (date(2025, 9, 30), 5, date(2025, 10, 14)),  # eight days off, 11 October worked
        (date(2025, 1, 24), 7, date(2025, 2, 10)),  # 26 January and 8 February worked
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 23), 20, date(2026, 12, 21)),
        (date(2020, 1, 23), 1, date(2020, 2, 3)),  # the Spring Festival that was extended
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # moved by the notice of 2019
    ],
)
def test_a_period_counts_working_days_only(start, amount, expected):
    assert working_days_after(start, amount, NATIONAL) == expected


@pytest.mark.parametrize(
    ("what", "start", "amount", "stopped", "expected"),
    [
        ("a promise of 5 days", date(2026, 9, 24), 5, (), date(2026, 10, 9)),
        (
            "the same, stopped for four working days",
            date(2026, 9, 24),
            5,
            Span(date(2026, 9, 28), date(2026, 10, 8)),
            date(2026, 10, 14),
        ),
        ("no notice of missing materials", date(2026, 2, 13), 5, (), date(2026, 2, 27)),
        ("a penalty to be made public", date(2026, 9, 30), 7, (), date(2026, 10, 15)),
    ],
)
def test_the_sanity_cases_of_the_deadline_table(what, start, amount, stopped, expected):
    assert due(start, amount, "wd", NATIONAL, stopped=stopped) == Due(expected), what


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolls", "expected"),
    [
        (date(2026, 9, 5), 30, "d", False, date(2026, 10, 5)),
        (date(2026, 9, 5), 30, "d", True, date(2026, 10, 8)),  # 5 October is a holiday
        (date(2026, 1, 15), 30, "d", True, date(2026, 2, 14)),  # a Saturday, but worked
        (date(2026, 1, 16), 30, "d", True, date(2026, 2, 24)),  # a Sunday of the Spring Festival
        (date(2026, 1, 31), 1, "m", False, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "m", False, date(2024, 2, 29)),
        (date(2026, 5, 10), 3, "m", False, date(2026, 8, 10)),  # the earliest repair of a general record
        (date(2026, 5, 10), 1, "y", False, date(2027, 5, 10)),  # its last day on display
        (date(2024, 2, 29), 1, "y", False, date(2025, 2, 28)),
        (date(2025, 11, 30), 15, "m", False, date(2027, 2, 28)),
    ],
)
def test_days_months_and_years_end_as_the_civil_code_says(start, amount, unit, rolls, expected):
    assert due(start, amount, unit, NATIONAL, rolls=rolls).date == expected


def test_a_stopped_day_moves_natural_days_and_months_by_a_day_each():
    stopped = Span(date(2026, 3, 10), date(2026, 3, 19))
    assert due(date(2026, 3, 1), 30, "d", NATIONAL, stopped=stopped).date == date(2026, 4, 10)
    assert due(date(2026, 3, 1), 1, "m", NATIONAL, stopped=stopped).date == date(2026, 4, 11)
    assert due(date(2026, 3, 1), 9, "d", NATIONAL, stopped=stopped).date == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("start", "hours", "stopped", "expected"),
    [
        (moment(2026, 2, 13, 16), 24, (), moment(2026, 2, 14, 16)),
        (moment(2026, 9, 30, 16), 24, (), moment(2026, 10, 1, 16)),  # hours run through holidays
        (moment(2026, 3, 2, 16), 24, (date(2026, 3, 3),), moment(2026, 3, 4, 16)),
        (moment(2026, 3, 2, 16), 24, (date(2026, 3, 2),), moment(2026, 3, 4)),
        (moment(2026, 3, 2, 16), 8, (date(2026, 3, 3),), moment(2026, 3, 3)),
        (moment(2026, 3, 2), 48, Span(date(2026, 3, 3), date(2026, 3, 5)), moment(2026, 3, 7)),
    ],
)
def test_hours_run_from_the_moment_of_the_event(start, hours, stopped, expected):
    assert due_moment(start, hours, stopped=stopped).at == expected


@pytest.mark.parametrize(
    ("event", "amount", "unit", "expected"),
    [
        (date(2026, 3, 9), 5, "wd", date(2026, 3, 2)),
        (date(2026, 10, 12), 7, "wd", date(2026, 9, 24)),  # over both autumn holidays; 10 October is worked
        (date(2026, 3, 31), 30, "d", date(2026, 3, 1)),
        (date(2026, 3, 31), 1, "m", date(2026, 2, 28)),
        (date(2024, 2, 29), 1, "y", date(2023, 2, 28)),
    ],
)
def test_counting_backwards_leaves_out_the_day_of_the_event(event, amount, unit, expected):
    assert before(event, amount, unit, NATIONAL).date == expected


def test_a_day_of_the_year_comes_round():
    assert next_yearly(date(2026, 3, 31), 3, 31) == date(2026, 3, 31)
    assert next_yearly(date(2026, 4, 1), 3, 31) == date(2027, 3, 31)
    assert next_yearly(date(2026, 1, 1), 2, 29) == date(2026, 2, 28)
    assert next_yearly(date(2027, 3, 1), 2, 29) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolls", "provisional"),
    [
        (date(2026, 12, 31), 1, "wd", False, True),
        (date(2026, 12, 14), 20, "wd", False, True),  # every promise of 20 days given in December
        (date(2026, 12, 21), 5, "wd", False, False),
        (date(2026, 12, 25), 2, "wd", False, True),  # the notice of 2027 may still move 29 December
        (date(2025, 12, 29), 2, "wd", False, False),
        (date(2026, 12, 14), 60, "d", False, False),  # natural days need no notice
        (date(2026, 12, 14), 60, "d", True, True),  # unless the last day may roll
        (date(2018, 6, 1), 1, "wd", False, True),
    ],
)
def test_a_year_without_a_holiday_notice_is_provisional(start, amount, unit, rolls, provisional):
    assert due(start, amount, unit, NATIONAL, rolls=rolls).provisional is provisional


def test_a_provisional_year_counts_monday_to_friday():
    assert due(date(2026, 12, 31), 1, "wd", NATIONAL) == Due(date(2027, 1, 1), provisional=True)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: due(date(2026, 1, 1), 0, "wd", NATIONAL), "at least 1"),
        (lambda: due(date(2026, 1, 1), 1, "h", NATIONAL), "from a moment"),
        (lambda: due(date(2026, 1, 1), 1, "w", NATIONAL), "'w' is not a valid Unit"),
        (lambda: due(date(9999, 12, 1), 60, "d", NATIONAL), "past the year 9999"),
        (lambda: due(date(9999, 12, 1), 9, "y", NATIONAL), "past the year 9999"),
        (lambda: due(date(9999, 12, 20), 60, "wd", NATIONAL), "past the year 9999"),
        (lambda: due_moment(moment(2026, 1, 1), 10**12), "past the year 9999"),
        (lambda: before(date(1, 1, 5), 60, "d", NATIONAL), "before the year 1"),
        (lambda: before(date(2026, 1, 5), 0, "d", NATIONAL), "at least 1"),
        (lambda: Span(date(2026, 1, 2), date(2026, 1, 1)), "before it begins"),
    ],
)
def test_a_period_that_makes_no_sense_says_so(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_every_unit_has_a_word():
    assert [f"5{unit.word}" for unit in Unit] == ["5个工作日", "5日", "5小时", "5个月", "5年"]


def test_the_calendars_agree_with_an_independent_one():
    """chinesecalendar transcribes the same notices; 2019 through 2026 must be equal day by day."""
    day = date(2018, 12, 29)
    differing = []
    while day <= date(2026, 12, 28):
        if NATIONAL.is_working_day(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_2026_has_248_working_days_and_six_of_them_on_weekends():
    assert working_days_between(date(2025, 12, 31), date(2026, 12, 31), NATIONAL) == 248
    assert sorted(d for d in NATIONAL.make_up_days if d.year == 2026) == [
        date(2026, month, day) for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"make_up_days": [date(2026, 2, 16)]}, "既列为放假"),
        ({"make_up_days": [date(2026, 3, 2)]}, "不是星期六"),
        ({"make_up_days": [date(2027, 3, 6)]}, "不在2026年"),
        ({"make_up_days": [date(2025, 11, 29)]}, "不在2026年"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(wrong, sentence):
    notice = {
        "year": 2026,
        "days_off": [{"name": "春节", "first": date(2026, 2, 15), "last": date(2026, 2, 23)}],
        "make_up_days": [],
    }
    with pytest.raises(ValueError, match=sentence):
        days_of(notice | wrong)


@given(DAYS, AMOUNTS)
def test_a_later_start_or_a_longer_period_is_never_due_earlier(start, amount):
    last = working_days_after(start, amount, NATIONAL)
    assert last < working_days_after(start, amount + 1, NATIONAL)
    assert last <= working_days_after(start + timedelta(days=1), amount, NATIONAL)
    assert NATIONAL.is_working_day(last)
    assert working_days_between(start, last, NATIONAL) == amount
    assert working_days_between(last, start, NATIONAL) == -amount


@given(DAYS, AMOUNTS)
def test_counting_back_undoes_counting_on(start, amount):
    worked = NATIONAL.next_working_day(start)
    assert before(working_days_after(worked, amount, NATIONAL), amount, "wd", NATIONAL).date == worked
    assert before(due(start, amount, "d", NATIONAL).date, amount, "d", NATIONAL).date == start


@given(DAYS, AMOUNTS, st.integers(1, 20))
def test_stopping_n_working_days_is_due_n_working_days_later(start, amount, stopped):
    first = start + timedelta(days=1)
    span = Span(first, working_days_after(start, stopped, NATIONAL))
    expected = working_days_after(start, amount + stopped, NATIONAL)
    assert working_days_after(start, amount, NATIONAL, span) == expected


@given(DAYS, st.sampled_from(["d", "m", "y"]), st.integers(1, 5), st.integers(1, 40))
def test_stopping_n_days_inside_a_natural_period_is_due_n_days_later(start, unit, amount, stopped):
    span = Span(start + timedelta(days=1), start + timedelta(days=stopped))
    plain = due(start, amount, unit, NATIONAL).date
    assert due(start, amount, unit, NATIONAL, stopped=span).date == plain + timedelta(days=stopped)


@given(DAYS, AMOUNTS, st.sampled_from(["d", "m"]))
def test_a_rolled_period_ends_on_a_working_day_and_never_earlier(start, amount, unit):
    plain = due(start, amount, unit, Calendar(frozenset(), frozenset(), frozenset())).date
    rolled = due(start, amount, unit, NATIONAL, rolls=True).date
    assert plain <= rolled
    assert NATIONAL.is_working_day(rolled)
