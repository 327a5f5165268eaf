"""Pauses, extensions, and first-overdue facts that a later entry proves wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from yingshang.kernel import clock, events, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.events import Fact
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing.restaurant import CHIEF, CLERK, HEAD, RECEIVED, officer
from yingshang.kernel.work import Move, Obligation, ObligationFact

TOLD = {"notice": "已书面告知需要三个工作日"}


def day(text):
    return datetime.fromisoformat(f"{text}T02:00:00+00:00").astimezone(UTC)


@pytest.fixture
def accepted(desk):
    desk.move("accept", CLERK)
    return desk


def due(key):
    return Obligation.objects.get(key=key).due_date


def test_a_survey_stops_both_limits_and_both_go_on(accepted):
    where = {"dossier_id": accepted.dossier.pk, "key": "site_survey", "by": CHIEF}
    work.pause(**where, at=day("2026-02-24"), facts=TOLD)
    assert (due("decision"), due("committed")) == (None, None)
    work.resume(**where, at=day("2026-02-27"))
    # Three working days (02-24, 02-25, 02-26) did not count: 2026-03-03 becomes 03-06, 03-19 becomes 03-24.
    assert (due("committed"), due("decision")) == (date(2026, 3, 6), date(2026, 3, 24))
    assert list(Move.objects.order_by("pk").values_list("kind", flat=True))[-2:] == ["pause", "resume"]
    assert Entry.objects.filter(kind="work.clock_changed").count() == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"facts": {}}, "work.fact_missing"),
        ({"by": officer("sfj", "reviewer")}, "work.not_holding_unit"),
    ],
)
def test_a_pause_is_told_in_writing_by_the_unit_that_holds_the_step(accepted, more, code):
    parts = {"dossier_id": accepted.dossier.pk, "key": "site_survey", "by": CHIEF, "at": day("2026-02-24")}
    with pytest.raises(Refusal) as refused:
        work.pause(**(parts | {"facts": TOLD} | more))
    assert refused.value.code == code
    assert due("committed") == date(2026, 3, 3)
    assert not Move.objects.filter(kind="pause").exists()


def test_there_is_nothing_to_pause_before_acceptance(desk):
    with pytest.raises(Refusal) as refused:
        work.pause(dossier_id=desk.dossier.pk, key="site_survey", by=CHIEF, at=day("2026-02-24"), facts=TOLD)
    assert refused.value.code == "work.nothing_runs"
    with pytest.raises(NotFound):
        work.pause(dossier_id=desk.dossier.pk, key="lunch", by=CHIEF, at=day("2026-02-24"))


def test_only_the_head_extends_and_only_once(accepted):
    where = {"dossier_id": accepted.dossier.pk, "key": "extension", "at": day("2026-03-18"), "reason": "案情复杂"}
    with pytest.raises(Refusal) as refused:
        work.extend(**where, by=CHIEF)
    assert refused.value.code == "work.post_missing"
    work.extend(**where, by=HEAD)
    assert due("decision") == date(2026, 4, 2)
    with pytest.raises(Refusal) as refused:
        work.extend(**where, by=HEAD)
    assert refused.value.code == "clock.already_extended"


def test_a_pause_entered_late_strikes_the_first_day_late_through(accepted):
    work.sweep_overdue(day("2026-03-04"))
    late = Obligation.objects.get(key="committed")
    assert late.first_overdue_on == date(2026, 3, 4)
    assert list(work.overdue_on(date(2026, 3, 4)).values_list("key", flat=True)) == ["committed"]
    work.pause(
        dossier_id=accepted.dossier.pk,
        key="site_survey",
        by=CHIEF,
        at=day("2026-03-05"),
        on=date(2026, 2, 24),
        until=date(2026, 2, 27),
        facts=TOLD,
    )
    late.refresh_from_db()
    assert (late.due_date, late.first_overdue_on) == (date(2026, 3, 9), None)
    struck, fact = ObligationFact.objects.order_by("-pk")
    assert (fact.kind, struck.kind, struck.counters) == ("overdue", "struck", fact)
    assert "事后补录" in struck.reason
    assert not work.overdue_on(date(2026, 3, 5)).exists()


def test_the_first_day_late_is_noted_once_and_told_once(accepted):
    for hours in range(3):
        work.sweep_overdue(day("2026-03-04") + timedelta(hours=hours))
    late = Obligation.objects.get(key="committed")
    assert ObligationFact.objects.filter(obligation=late).count() == 1
    told = Fact.objects.filter(name="work.obligation_overdue", payload__obligation_id=late.pk)
    assert told.count() == 1
    assert Entry.objects.filter(kind="work.went_overdue", subject=f"obligation:{late.pk}").count() == 1


def test_a_duty_fulfilled_late_keeps_its_first_day_late(example_county):
    owed = work.owe(kind="work.duty", title="报告", unit="ysj", due_date=date(2026, 3, 2), by=SYSTEM, at=RECEIVED)
    work.sweep_overdue(day("2026-03-03"))
    done = work.fulfill(obligation_id=owed.pk, by=SYSTEM, at=day("2026-03-05"))
    assert (done.first_overdue_on, done.state) == (date(2026, 3, 3), "fulfilled")
    assert work.lamp(done, date(2027, 1, 1)).color in {"yellow", "red"}


def test_a_calendar_loaded_later_strikes_through_what_it_proves_wrong(example_county):
    """The clock recounts when a notice comes in; the obligation follows and the first day late is struck through."""
    owed = work.owe(kind="work.duty", title="报告", unit="ysj", limit="LIC.NOTICE", by=SYSTEM, at=day("2026-03-02"))
    work.sweep_overdue(day("2026-03-10"))
    clock.Clock.objects.filter(pk=owed.clock_id).update(due_date=date(2026, 3, 12))
    with transaction.atomic():
        fact = events.tell("clock.recounted", at=day("2026-03-11"), clock_id=owed.clock_id)
    events.deliver()
    assert not events.Delivery.objects.filter(fact=fact).exclude(state="delivered").exists()
    owed.refresh_from_db()
    assert (owed.due_date, owed.first_overdue_on) == (date(2026, 3, 12), None)
    assert [fact.kind for fact in ObligationFact.objects.filter(obligation=owed).order_by("pk")] == [
        "overdue",
        "struck",
    ]


def test_a_limit_in_hours_is_late_on_the_very_day(example_county):
    """CMP.RETURN: 24 hours from the assignment (2026-03-02 10:00), so late on 03-03 from 10:00 on."""
    owed = work.owe(kind="work.duty", title="退回", unit="ysj", limit="CMP.RETURN", by=SYSTEM, at=day("2026-03-02"))
    work.sweep_overdue(day("2026-03-03"))
    owed.refresh_from_db()
    assert owed.first_overdue_on is None
    work.sweep_overdue(day("2026-03-03") + timedelta(minutes=1))
    owed.refresh_from_db()
    assert owed.first_overdue_on == date(2026, 3, 3)
