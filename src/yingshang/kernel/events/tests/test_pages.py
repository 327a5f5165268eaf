"""The operator sees what could not be delivered, and nobody else does."""

from datetime import UTC, datetime

import pytest

from yingshang.kernel.events import Delivery, Fact

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def parked(example_county):
    fact = Fact.objects.create(name="clock.calendar_loaded", payload={"year": 2026}, at=NOON)
    return Delivery.objects.create(
        fact=fact,
        subscriber="yingshang.nowhere.hear",
        state="parked",
        attempts=6,
        next_try_at=NOON,
        error_class="builtins.RuntimeError",
        error_trace="nowhere.py:1 hear",
    )


def log_in(client, actor):
    client.post(f"/demo/{actor.person}/")
    return client


def test_the_operator_sees_the_place_of_the_error_and_tries_again(client, zheng, parked):
    page = log_in(client, zheng).get("/operations/events/").content.decode()
    assert "nowhere.py:1 hear" in page
    assert "已搁置" in page
    answer = client.post(f"/operations/events/{parked.pk}/try-again/")
    assert answer.status_code == 302
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == ("waiting", 0)


def test_an_officer_sees_nothing_of_it(client, wang_min, parked):
    page = log_in(client, wang_min).get("/operations/events/")
    assert page.status_code == 409
    assert "nowhere" not in page.content.decode()
    assert client.post(f"/operations/events/{parked.pk}/try-again/").status_code == 409


def test_a_visitor_sees_nothing_of_it(client, parked):
    assert client.get("/operations/events/").status_code in {302, 401, 403, 409}
