"""Clocks on the limits and calendars of the example county."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM

COUNTIES = Path(__file__).parents[5] / "counties"
AT = datetime(2026, 9, 24, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db):
    clock.load(COUNTIES / "example")


def test_loading_again_changes_nothing():
    assert clock.load(COUNTIES / "example") == 0


def test_a_decision_clock_runs_twenty_working_days():
    running = clock.start(limit="LIC.DECIDE", on=date(2026, 9, 30), by=SYSTEM)
    assert running.due_date == date(2026, 11, 3)
    assert not running.provisional


def test_starting_a_clock_takes_two_statements(django_assert_num_queries):
    clock.calendar()
    with django_assert_num_queries(2):
        clock.start(limit="LIC.DECIDE", on=date(2026, 9, 30), by=SYSTEM)


def test_an_unknown_limit_is_not_found():
    with pytest.raises(NotFound):
        clock.start(limit="LIC.DECIED", on=date(2026, 9, 30), by=SYSTEM)


def test_a_special_procedure_stops_the_clock():
    running = clock.start(limit="LIC.NOTICE", on=date(2026, 9, 24), by=SYSTEM)
    assert running.due_date == date(2026, 10, 9)
    paused = clock.pause(running.pk, on=date(2026, 9, 28), by=SYSTEM, at=AT, reason="专家评审")
    assert (paused.before, paused.after, paused.entered_late) == (date(2026, 10, 9), None, False)
    assert clock.remaining(paused.clock, date(2026, 9, 30)) == clock.Remaining(
        days=5, unit="wd", is_overdue=False, is_paused=True
    )
    resumed = clock.resume(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT)
    assert resumed.after == date(2026, 10, 14)


def test_silence_means_acceptance_as_of_the_day_of_receipt():
    running = clock.start(limit="LIC.NOTICE", on=date(2026, 2, 13), by=SYSTEM)
    assert clock.deemed_on(running, date(2026, 2, 27)) is None
    deemed = clock.deemed_on(running, date(2026, 2, 28))
    assert (deemed.holds_from, deemed.counts_as_of) == (date(2026, 2, 28), date(2026, 2, 13))


def test_an_extension_is_granted_once_with_approval():
    running = clock.start(limit="LIC.DECIDE", on=date(2026, 9, 24), by=SYSTEM)
    due_before = running.due_date
    with pytest.raises(Refusal) as refused:
        clock.extend(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT, approved_by=" ", reason="案情复杂")
    assert refused.value.code == "clock.approval_missing"
    longer = clock.extend(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT, approved_by="局长", reason="案情复杂")
    assert longer.before == due_before < longer.after
    with pytest.raises(Refusal) as refused:
        clock.extend(running.pk, on=date(2026, 10, 9), by=SYSTEM, at=AT, approved_by="局长", reason="案情复杂")
    assert refused.value.code == "clock.already_extended"
