"""A fact is told in the deed's transaction and heard at least once, whatever fails."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from yingshang.kernel import events, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.events import Delivery, Fact
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.registry import Capability
from yingshang.kernel.registry.table import _by_package

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ZHENG = Actor(person="p-zheng", name="郑", actions=frozenset({"events.try_again", "events.see_deliveries"}))
WANG = Actor(person="p-wang", name="王敏", unit="scjgj")

heard: list[tuple[int, int]] = []
failing: set[str] = set()


def write_down(fact):
    heard.append((fact.id, fact["year"]))


def stumble(fact):
    if failing:
        Fact.objects.create(name="clock.calendar_loaded", payload={"year": -1}, at=NOON)
        raise RuntimeError("the name of 赵 must not be kept")
    heard.append((fact.id, -fact["year"]))


loaded_with_the_county: list[int] = []


@pytest.fixture(autouse=True)
def clean_slate(db):
    heard.clear()
    failing.clear()
    loaded_with_the_county[:] = Fact.objects.values_list("id", flat=True)


def told_since_morning():
    """Ids of the facts that this test told; loading the example county told some before."""
    return list(Fact.objects.exclude(id__in=loaded_with_the_county).values_list("id", flat=True))


@pytest.fixture
def talkers(monkeypatch):
    """One package tells a calendar was loaded; two hear it."""
    tells = {"clock.calendar_loaded": {"year": int}}
    for name, parts in {
        "teller": {"tells": tells},
        "first": {"hears": {"clock.calendar_loaded": f"{__name__}.write_down"}},
        "second": {"hears": {"clock.calendar_loaded": f"{__name__}.stumble"}},
    }.items():
        monkeypatch.setitem(_by_package, f"made_up.{name}", Capability(name=name, title=name, **parts))
    others = [key for key in _by_package if not key.startswith("made_up.")]
    for key in reversed(others):  # they come back the other way round, and stand as before
        monkeypatch.delitem(_by_package, key)


@pytest.mark.django_db
def test_a_fact_reaches_everybody_who_hears_it_once(talkers):
    fact = events.tell("clock.calendar_loaded", at=NOON, year=2026)
    assert events.deliver() == events.Delivered(heard=2)
    assert heard == [(fact.id, 2026), (fact.id, -2026)]
    assert events.deliver() == events.Delivered()
    assert len(heard) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts", "error"),
    [
        ("clock.calender_loaded", {"year": 2026}, LookupError),
        ("work.obligation_opened", {"obligation_id": 1, "kind": "x"}, registry.NotInstalled),
        ("clock.calendar_loaded", {}, TypeError),
        ("clock.calendar_loaded", {"year": "2026"}, TypeError),
        ("clock.calendar_loaded", {"year": True}, TypeError),
        ("clock.calendar_loaded", {"year": 2026, "month": 1}, TypeError),
    ],
)
def test_what_does_not_fit_the_catalogue_is_not_told(talkers, name, facts, error):
    with pytest.raises(error):
        events.tell(name, **facts)
    assert told_since_morning() == []


@pytest.mark.django_db
def test_an_unknown_name_is_answered_with_the_nearest(talkers):
    with pytest.raises(LookupError, match=r"Did you mean clock\.calendar_loaded\?"):
        events.tell("clock.calender_loaded", year=2026)


@pytest.mark.django_db
def test_a_fact_vanishes_with_the_deed_that_told_it(talkers):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.tell("clock.calendar_loaded", year=2026)
        _ = 1 / 0
    assert told_since_morning() == []


@pytest.mark.django_db
def test_one_who_fails_neither_stops_the_others_nor_leaves_half_a_deed(talkers):
    failing.add("yes")
    fact = events.tell("clock.calendar_loaded", at=NOON, year=2026)
    assert events.deliver() == events.Delivered(heard=1, failed=1)
    assert told_since_morning() == [fact.id]
    late = events.troubled().get()
    assert late.error_class == "builtins.RuntimeError"
    assert "stumble" in late.error_trace
    assert "赵" not in late.error_trace


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_parked_in_the_end(talkers):
    failing.add("yes")
    events.tell("clock.calendar_loaded", at=NOON, year=2026)
    start = datetime(2030, 1, 1, tzinfo=UTC)
    events.deliver(at=start)
    assert events.deliver(at=start + timedelta(seconds=29)).failed == 0
    for days in range(1, 6):
        assert events.deliver(at=start + timedelta(days=days)).failed == 1
    parked = events.troubled().get()
    assert (parked.state, parked.attempts) == (Delivery.State.PARKED, 6)
    assert events.deliver(at=start + timedelta(days=99)) == events.Delivered()


@pytest.mark.django_db
def test_the_operator_tries_a_parked_delivery_again(talkers):
    failing.add("yes")
    fact = events.tell("clock.calendar_loaded", at=NOON, year=2026)
    events.deliver()
    Delivery.objects.filter(state="waiting").update(state="parked")
    failing.clear()
    events.redeliver(events.troubled().get().pk, ZHENG)
    events.deliver()
    assert (fact.id, -2026) in heard
    assert not events.troubled().exists()


@pytest.mark.django_db
def test_only_an_operator_tries_again_and_only_what_was_not_heard(talkers):
    events.tell("clock.calendar_loaded", at=NOON, year=2026)
    delivery = Delivery.objects.earliest("id")
    with pytest.raises(Refusal) as refused:
        events.redeliver(delivery.pk, WANG)
    assert refused.value.code == "events.operators_only"
    events.deliver()
    with pytest.raises(Refusal) as refused:
        events.redeliver(delivery.pk, ZHENG)
    assert refused.value.code == "events.already_delivered"
    with pytest.raises(NotFound):
        events.redeliver(0, SYSTEM)


@pytest.mark.django_db
def test_a_subscriber_that_was_removed_is_kept_as_not_installed(talkers, monkeypatch):
    events.tell("clock.calendar_loaded", at=NOON, year=2026)
    monkeypatch.delitem(_by_package, "made_up.second")
    events.deliver()
    assert events.troubled().get().error_class.endswith("NotInstalled")


def test_events_nobody_tells_are_listed_with_those_who_wait_for_them(talkers, monkeypatch):
    hears = {"work.dossier_moved": f"{__name__}.write_down"}
    monkeypatch.setitem(_by_package, "made_up.third", Capability(name="third", title="third", hears=hears))
    silent = {missing.event: missing.heard_by for missing in events.not_installed()}
    assert silent["work.dossier_moved"] == (f"{__name__}.write_down",)
    assert "clock.calendar_loaded" not in silent


def test_every_manifest_tells_what_the_catalogue_says():
    plain = {"int": int, "str": str, "bool": bool}
    for manifest in registry.capabilities():
        for name, payload in manifest.tells.items():
            assert dict(payload) == {field: plain[kind] for field, kind in registry.catalogue()[name].items()}, name
