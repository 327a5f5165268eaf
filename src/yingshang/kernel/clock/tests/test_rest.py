"""The same answers for machines."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("start=2026-02-13&amount=5", {"date": "2026-02-27", "provisional": False}),
        ("start=2026-12-14&amount=20", {"date": "2027-01-11", "provisional": True}),
        ("start=2026-09-05&amount=30&unit=d", {"date": "2026-10-05", "provisional": False}),
        ("start=2026-09-05&amount=30&unit=d&rolls=true", {"date": "2026-10-08", "provisional": False}),
        ("start=2026-10-12&amount=7&before=true", {"date": "2026-09-24", "provisional": False}),
    ],
)
def test_a_due_date_is_answered(client, query, answer):
    found = client.get(f"/api/v1/clock/due?{query}")
    assert (found.status_code, found.json()) == (200, answer)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("start=2026-02-30&amount=5", 422),
        ("start=2026-02-13&amount=0", 422),
        ("start=2026-02-13&amount=10001", 422),
        ("start=2026-02-13&amount=5&unit=h", 422),
        ("amount=5", 422),
        ("start=9999-12-30&amount=9&unit=y", 409),
        ("start=9999-12-30&amount=9", 409),
        ("start=9999-12-31&amount=1&unit=d&rolls=true", 409),
        ("start=0001-01-01&amount=9&before=true", 409),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(client, query, status):
    found = client.get(f"/api/v1/clock/due?{query}")
    assert found.status_code == status
    assert found.json()["reason"]


def test_limits_are_answered_as_they_stood_on_a_day(client):
    assert client.get("/api/v1/clock/limits/FOOD.COMMITTED?on=2025-06-01").json()["amount"] == 8
    limit = client.get("/api/v1/clock/limits/LIC.DECIDE?on=2026-06-01").json()
    assert (limit["length"], limit["edition"]) == ("20个工作日", "2019-04-23")
    codes = [limit["code"] for limit in client.get("/api/v1/clock/limits?on=2026-06-01").json()]
    assert codes == sorted(set(codes))
    assert {"LIC.DECIDE", "CMP.REVIEW", "PAY.PUBLISH"} <= set(codes)
    assert client.get("/api/v1/clock/limits/NO.SUCH").status_code == 404
    assert client.get("/api/v1/clock/limits/LIC.DECIDE?on=2001-01-01").status_code == 404


def test_a_year_is_answered_with_its_notice(client):
    year = client.get("/api/v1/clock/calendar/2026").json()
    assert year["notices"] == "国办发明电〔2025〕7号"
    assert year["make_up_days"][0] == "2026-01-04"
    assert len(year["make_up_days"]) == 6
    assert client.get("/api/v1/clock/calendar/1999").status_code == 404
    assert client.get("/api/v1/clock/calendar/123456").status_code == 422
