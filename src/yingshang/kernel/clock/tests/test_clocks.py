"""Clocks start, stand, go on and get longer, on real dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingshang.kernel import clock
from yingshang.kernel.clock.models import Clock, Pause
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import dates

AT = datetime(2026, 9, 24, 2, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def started(limit="LIC.NOTICE", on=date(2026, 9, 24), **more):
    return clock.start(limit=limit, on=on, by=SYSTEM, **more)


def refused(deed, *arguments, **named):
    with pytest.raises(Refusal) as caught:
        deed(*arguments, **named)
    return caught.value.code


@pytest.mark.parametrize(
    ("limit", "on", "due_date", "provisional"),
    [
        ("LIC.DECIDE", date(2026, 9, 30), date(2026, 11, 3), False),
        ("LIC.NOTICE", date(2026, 2, 13), date(2026, 2, 27), False),
        ("PUB.PENALTY", date(2026, 9, 30), date(2026, 10, 15), False),
        ("LIC.DECIDE", date(2026, 12, 14), date(2027, 1, 11), True),
        ("LIC.HEAR.NOTICE", date(2026, 10, 12), date(2026, 9, 24), False),  # backwards from the hearing
        ("PEN.DECIDE", date(2026, 7, 7), date(2026, 10, 5), False),  # 90 natural days; a holiday does not move it
        ("REC.DECIDE", date(2026, 8, 6), date(2026, 10, 8), False),  # 60 natural days end on 5 October and roll
        ("PAY.PUBLISH", date(2026, 4, 1), date(2027, 3, 31), False),
        ("CRD.MIN.GENERAL", date(2026, 5, 10), date(2026, 8, 10), False),
        ("CRD.MAX.GENERAL", date(2026, 5, 10), date(2027, 5, 10), False),
        ("PEN.LIMIT.SERIOUS", date(2024, 2, 29), date(2029, 2, 28), False),
    ],
)
def test_a_clock_runs_to_the_day_its_text_says(limit, on, due_date, provisional):
    running = started(limit, on)
    assert (running.due_date, running.provisional) == (due_date, provisional)


def test_hours_run_from_the_moment_of_the_event():
    at = datetime(2026, 9, 30, 8, 30, tzinfo=UTC)
    running = started("CRIME.TRANSFER", date(2026, 9, 30), at=at)
    assert (running.due_at, running.due_date) == (at + timedelta(hours=24), date(2026, 10, 1))
    assert clock.remaining(running, at + timedelta(hours=22, minutes=30)) == clock.Remaining(
        days=2, unit="h", is_overdue=False, due_date=date(2026, 10, 1)
    )
    assert clock.remaining(running, at + timedelta(hours=25)).is_overdue
    assert started("CRIME.TRANSFER", date(2026, 9, 30)).due_at == datetime(2026, 9, 30, 16, tzinfo=UTC)


def test_a_clock_keeps_the_edition_of_the_day_it_began():
    assert started("FOOD.COMMITTED", date(2025, 12, 31)).limit.amount == 8
    assert started("FOOD.COMMITTED", date(2026, 1, 1)).limit.amount == 5


def test_starting_takes_two_statements(django_assert_num_queries):
    clock.calendar()
    with django_assert_num_queries(2):
        started("LIC.DECIDE")


@pytest.mark.parametrize("limit", ["LIC.DECIED", "FOOD.COMMITTED"])
def test_a_limit_that_was_not_in_force_is_not_found(limit):
    with pytest.raises(NotFound, match=limit):
        started(limit, date(2018, 1, 2))


@pytest.mark.parametrize("wrong", [{}, {"limit": "LIC.DECIDE", "due_date": date(2026, 10, 1)}])
def test_a_clock_runs_by_a_limit_or_to_a_date(wrong):
    with pytest.raises(ValueError, match="one of the two"):
        clock.start(on=date(2026, 9, 24), by=SYSTEM, **wrong)


@pytest.mark.parametrize(("limit", "amount", "due_date"), [("TOL.SUPPLY", 5, date(2026, 10, 9))])
def test_a_range_leaves_the_amount_open(limit, amount, due_date):
    assert started(limit, amount=amount).due_date == due_date
    assert refused(started, limit, amount=21) == "clock.amount_out_of_range"
    assert refused(started, "LIC.DECIDE", amount=19) == "clock.amount_out_of_range"


def test_a_special_procedure_stops_the_clock():
    running = started()
    paused = clock.pause(running.pk, on=date(2026, 9, 28), by=SYSTEM, at=AT, reason="专家评审")
    assert (paused.before, paused.after, paused.entered_late) == (date(2026, 10, 9), None, False)
    left = clock.remaining(paused.clock, date(2026, 9, 30))
    assert left == clock.Remaining(days=5, unit="wd", is_overdue=False, is_paused=True)
    resumed = clock.resume(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT + timedelta(days=15))
    assert resumed.after == date(2026, 10, 14)
    assert resumed.sentence == "到期日为2026年10月14日，原已停止计时。"


def test_a_pause_that_is_entered_afterwards_counts_again_and_says_so():
    running = started()
    late = clock.pause(
        running.pk,
        on=date(2026, 9, 28),
        until=date(2026, 10, 8),
        by=SYSTEM,
        at=datetime(2026, 10, 10, tzinfo=UTC),
        reason="专家评审",
    )
    assert (late.before, late.after, late.entered_late) == (date(2026, 10, 9), date(2026, 10, 14), True)
    assert late.sentence == "到期日为2026年10月14日，原为2026年10月9日（事后补录，已重新计算）。"


def test_two_pauses_over_the_same_days_stop_them_once():
    running = started()
    for first in (28, 29):
        clock.pause(running.pk, on=date(2026, 9, first), until=date(2026, 9, 30), by=SYSTEM, at=AT, reason="检验、检测")
    running.refresh_from_db()
    assert running.due_date == date(2026, 10, 13)


def test_a_pause_inside_a_holiday_stops_nothing():
    running = started()
    recount = clock.pause(
        running.pk, on=date(2026, 10, 1), until=date(2026, 10, 7), by=SYSTEM, at=AT, reason="检验、检测"
    )
    assert recount.sentence == "到期日仍为2026年10月9日。"


@pytest.mark.parametrize(
    ("limit", "on", "until", "code"),
    [
        ("LIC.NOTICE", date(2026, 9, 23), None, "clock.before_start"),
        ("LIC.NOTICE", date(2026, 10, 10), None, "clock.already_over"),
        ("LIC.NOTICE", date(2026, 9, 28), date(2026, 9, 27), "clock.resumed_too_early"),
        ("LIC.HEAR.NOTICE", date(2026, 9, 24), None, "clock.fixed_date"),
        ("PAY.PUBLISH", date(2026, 9, 24), None, "clock.fixed_date"),
    ],
)
def test_a_pause_is_refused(limit, on, until, code):
    running = started(limit)
    assert refused(clock.pause, running.pk, on=on, until=until, by=SYSTEM, at=AT, reason="听证") == code
    assert not Pause.objects.filter(clock=running).exists()
    assert Clock.objects.get(pk=running.pk).due_date == running.due_date


def test_a_standing_clock_is_not_stopped_twice_and_a_running_one_not_resumed():
    running = started()
    assert refused(clock.resume, running.pk, on=date(2026, 9, 28), by=SYSTEM, at=AT) == "clock.not_paused"
    clock.pause(running.pk, on=date(2026, 9, 28), by=SYSTEM, at=AT, reason="听证")
    again = {"on": date(2026, 9, 29), "by": SYSTEM, "at": AT}
    assert refused(clock.pause, running.pk, reason="听证", **again) == "clock.already_paused"
    assert refused(clock.resume, running.pk, **(again | {"on": date(2026, 9, 28)})) == "clock.resumed_too_early"


def test_an_extension_is_granted_once_with_approval():
    running = started("LIC.DECIDE")
    grant = {"on": date(2026, 10, 9), "by": SYSTEM, "at": AT, "reason": "案情复杂"}
    assert refused(clock.extend, running.pk, approved_by=" ", **grant) == "clock.approval_missing"
    longer = clock.extend(running.pk, approved_by="局长", **grant)
    assert longer.before == running.due_date
    assert longer.after == dates.working_days_after(date(2026, 9, 24), 30, clock.calendar())
    assert refused(clock.extend, running.pk, approved_by="局长", **grant) == "clock.already_extended"
    assert refused(clock.extend, started().pk, approved_by="局长", **grant) == "clock.no_extension"


def test_nothing_is_extended_after_its_last_day():
    running = started("LIC.DECIDE", date(2026, 3, 2))
    late = {"on": running.due_date + timedelta(days=1), "by": SYSTEM, "at": AT, "reason": "案情复杂"}
    assert refused(clock.extend, running.pk, approved_by="局长", **late) == "clock.already_over"


def test_a_part_of_an_extension_may_be_granted_where_the_text_leaves_a_range():
    running = started("PAY.RESULT")
    grant = {"on": date(2026, 10, 9), "by": SYSTEM, "at": AT, "reason": "情况复杂", "approved_by": "处理部门"}
    assert refused(clock.extend, running.pk, amount=61, **grant) == "clock.amount_out_of_range"
    assert clock.extend(running.pk, amount=15, **grant).after == date(2026, 11, 8)


def test_a_paused_clock_may_be_extended_and_stays_paused():
    running = started("LIC.DECIDE")
    clock.pause(running.pk, on=date(2026, 9, 28), by=SYSTEM, at=AT, reason="听证")
    longer = clock.extend(running.pk, on=date(2026, 9, 29), by=SYSTEM, at=AT, approved_by="局长", reason="案情复杂")
    assert longer.after is None
    assert clock.remaining(longer.clock, date(2026, 9, 29)).days == 30


def test_an_agreed_date_stands_while_somebody_else_looks_and_comes_back_unmoved():
    running = clock.start(on=date(2026, 9, 24), due_date=date(2026, 9, 30), by=SYSTEM)
    held = {"by": SYSTEM, "at": AT, "reason": "已申请销号，等待审核"}
    assert clock.hold(running.pk, on=date(2026, 9, 29), **held).after is None
    assert refused(clock.hold, running.pk, on=date(2026, 9, 29), **held) == "clock.already_paused"
    back = clock.resume(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT)
    assert back.after == date(2026, 9, 30)
    assert refused(clock.hold, running.pk, on=date(2026, 10, 9), **held) == "clock.already_over"


def test_an_agreed_date_moves_only_to_a_later_one():
    running = clock.start(due_date=date(2026, 12, 31), on=date(2026, 1, 5), by=SYSTEM)
    grant = {"on": date(2026, 12, 1), "by": SYSTEM, "at": AT, "reason": "方案调整", "approved_by": "领导小组"}
    assert refused(clock.extend, running.pk, due_date=date(2026, 12, 31), **grant) == "clock.not_later"
    assert refused(clock.extend, running.pk, **grant) == "clock.not_later"
    assert clock.extend(running.pk, due_date=date(2027, 3, 31), **grant).after == date(2027, 3, 31)
    assert not running.provisional
    pause = {"on": date(2026, 6, 1), "by": SYSTEM, "at": AT, "reason": "停工"}
    assert refused(clock.pause, running.pk, **pause) == "clock.fixed_date"


@pytest.mark.parametrize(
    ("on", "days", "is_overdue"),
    [
        (date(2026, 9, 24), 5, False),
        (date(2026, 9, 27), 5, False),  # a holiday takes nothing away
        (date(2026, 9, 28), 4, False),
        (date(2026, 10, 9), 0, False),
        (date(2026, 10, 10), 1, True),  # a Saturday, worked
        (date(2026, 10, 11), 1, True),
    ],
)
def test_what_is_left_is_counted_in_working_days(on, days, is_overdue):
    left = clock.remaining(started(), on)
    assert (left.days, left.unit, left.is_overdue) == (days, "wd", is_overdue)


def test_a_minimum_never_goes_overdue():
    running = started("DOC.COMMENT")
    assert clock.remaining(running, date(2026, 10, 1)).is_minimum
    passed = clock.remaining(running, date(2026, 12, 1))
    assert (passed.days, passed.is_overdue) == (0, False)


def test_many_clocks_are_read_with_the_calendar_of_one_query(django_assert_num_queries):
    running = [started() for _ in range(3)]
    with django_assert_num_queries(1):
        working = clock.calendar()
        assert {clock.remaining(one, date(2026, 9, 28), working=working).days for one in running} == {4}


def test_silence_means_acceptance_as_of_the_day_of_receipt():
    running = started("LIC.NOTICE", date(2026, 2, 13))
    assert clock.deemed_on(running, date(2026, 2, 27)) is None
    deemed = clock.deemed_on(running, date(2026, 2, 28))
    assert (deemed.holds_from, deemed.counts_as_of) == (date(2026, 2, 28), date(2026, 2, 13))
    assert "《行政许可法》第三十二条" in deemed.source


def test_silence_means_nothing_where_the_text_does_not_say_so_or_the_clock_stands():
    assert clock.deemed_on(started("LIC.DECIDE", date(2026, 3, 2)), date(2026, 12, 31)) is None
    running = started("LIC.NOTICE", date(2026, 2, 13))
    stopped = clock.pause(running.pk, on=date(2026, 2, 14), by=SYSTEM, at=AT, reason="听证").clock
    assert clock.deemed_on(stopped, date(2026, 12, 31)) is None


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"due_date": None}, "clock_clock_due_unless_paused"),
        ({"paused_since": date(2026, 9, 28)}, "clock_clock_due_unless_paused"),
        ({"agreed_date": date(2026, 9, 28)}, "clock_clock_by_a_limit_or_an_agreed_date"),
    ],
)
def test_the_database_itself_refuses_a_clock_that_makes_no_sense(change, constraint):
    running = started()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Clock.objects.filter(pk=running.pk).update(**change)


@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 12)), max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_paused_the_due_date_is_that_of_its_stopped_days(spans):
    running = started("LIC.DECIDE", date(2026, 9, 1))
    stopped = set()
    for passed, length in spans:
        first = date(2026, 9, 1) + timedelta(days=passed)
        last = first + timedelta(days=length)
        clock.pause(running.pk, on=first, until=last, by=SYSTEM, at=AT, reason="听证")
        stopped |= set(dates.Span(first, last))
    running.refresh_from_db()
    assert running.due_date == dates.working_days_after(date(2026, 9, 1), 20, clock.calendar(), stopped)
