"""Two people change one clock, or publish one year, at the same moment."""

from datetime import UTC, date, datetime

from yingshang.kernel import clock
from yingshang.kernel.clock.models import CalendarYear, Clock, Extension
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.testing import at_once

AT = datetime(2026, 9, 24, 2, tzinfo=UTC)
KEEPER = Actor(person="p-zheng", name="郑", actions=frozenset({"clock.publish_calendar"}))


def test_only_one_of_two_extensions_is_granted(committed_db):
    running = clock.start(limit="LIC.DECIDE", on=date(2026, 9, 24), by=SYSTEM)

    def extend():
        return clock.extend(running.pk, on=date(2026, 9, 25), by=SYSTEM, at=AT, approved_by="局长", reason="案情复杂")

    answers = at_once(extend, extend)
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [refusal.code for refusal in refusals] == ["clock.already_extended"]
    assert Extension.objects.filter(clock=running).count() == 1


def test_a_pause_and_an_extension_at_once_both_count(committed_db):
    running = clock.start(limit="LIC.DECIDE", on=date(2026, 9, 24), by=SYSTEM)
    when = {"by": SYSTEM, "at": AT}
    at_once(
        lambda: clock.extend(running.pk, on=date(2026, 9, 25), approved_by="局长", reason="案情复杂", **when),
        lambda: clock.pause(running.pk, on=date(2026, 9, 28), until=date(2026, 9, 30), reason="听证", **when),
    )
    alone = clock.start(limit="LIC.DECIDE", on=date(2026, 9, 24), by=SYSTEM)
    clock.pause(alone.pk, on=date(2026, 9, 28), until=date(2026, 9, 30), reason="听证", **when)
    both = clock.extend(alone.pk, on=date(2026, 9, 25), approved_by="局长", reason="案情复杂", **when)
    assert Clock.objects.get(pk=running.pk).due_date == both.after


def test_a_year_is_published_once(committed_db):
    holiday = {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 3)}
    notice = {
        "schema": "calendar/1",
        "year": 2027,
        "notices": [{"number": "国办发明电〔2026〕99号", "confirmed": True}],
        "days_off": [holiday],
        "make_up_days": [],
    }

    def publish():
        return clock.publish_calendar(notice=notice, by=KEEPER, at=AT)

    answers = at_once(publish, publish)
    assert sum(isinstance(answer, Stale | Refusal) for answer in answers) == 1
    assert CalendarYear.objects.filter(year=2027).count() == 1
