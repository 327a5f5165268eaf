"""A survey run over the API alone: its cards are seen once, and nothing of it is remembered for a second asking."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from yingshang.conduct.surveys.models import Answer, Token
from yingshang.conduct.surveys.tests.factories import QUESTIONS, market, sheet
from yingshang.kernel import clock, org
from yingshang.kernel.web.models import AnsweredWrite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

API = "/api/v1/surveys"


class Desk:
    """A member of the cast who calls the API."""

    def __init__(self, key):
        cache.clear()
        self.client = Client()
        self.client.post(f"/demo/{org.demo_pseudonym(key)}/")

    def get(self, path):
        return self.client.get(f"{API}{path}")

    def post(self, path, body=None, *, method="post", **headers):
        send = getattr(self.client, method)
        return send(f"{API}{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def test_a_survey_is_run_over_the_api_and_its_cards_are_seen_once(django_assert_max_num_queries):
    market(enterprise=14)
    zhou, qin, chu, sun = (Desk(key) for key in ("zhou", "qin", "chu", "sun"))
    assert zhou.post("/questionnaires", {"code": "open-2026", "title": "问卷"}).status_code == 201
    for method, path, body in (
        ("put", "/questionnaires/open-2026/questions", {"questions": QUESTIONS}),
        ("post", "/questionnaires/open-2026/publish", {}),
    ):
        assert sun.post(path, body, method=method).status_code == 409
        assert zhou.post(path, body, method=method).status_code == 200
    assert zhou.get("/questionnaires").json()["rows"][0]["newest"] == 1
    assert len(zhou.get("/questionnaires/open-2026/versions").json()[0]["questions"]) == 5
    assert [
        sun.get(path).status_code for path in ("/questionnaires", "/own", "/questionnaires/open-2026/versions")
    ] == [404] * 3

    assert sun.get("/rolls").status_code == 404
    rolls = {one["code"]: one for one in zhou.get("/rolls").json()}
    assert [each["key"] for each in rolls["cases.closed"]["attributes"]] == ["kind", "handled_by", "item_code"]
    frame = "/questionnaires/open-2026/frame"
    assert sun.post(frame, {"kinds": ["enterprise"]}).status_code == 409
    found = zhou.post(frame, {"kinds": ["enterprise"]}).json()
    assert found["population"] == sum(each["population"] for each in found["strata"]) >= 14
    for days in ({}, {"dealt_from": "2026-02-01", "dealt_to": "2026-01-01"}, {"dealt_from": "0001-01-01"}):
        faulty = zhou.post(frame, {"roll": "cases.closed", "kinds": ["person"], **days})
        assert faulty.json()["code"] == "surveys.days_missing"

    last_day = (clock.today() + timedelta(days=3)).isoformat()
    asked = {"code": "s1", "title": "调查", "kinds": ["enterprise"], "last_day": last_day}
    place = "/questionnaires/open-2026/open"
    key = {"Idempotency-Key": "k" * 20}
    assert zhou.post(place, asked, **key).json()["code"] == "surveys.key_not_taken"
    opened = zhou.post(place, asked)
    assert (opened.status_code, opened["Cache-Control"]) == (201, "no-store")
    old = opened.json()["cards"]
    assert zhou.post(place, asked).json()["code"] == "surveys.code_taken"
    assert zhou.post("/s1/codes", **key).status_code == 409
    cards = zhou.post("/s1/codes").json()["cards"]
    assert len(cards) == len(old) == Token.objects.count()
    assert not {card["code"] for card in cards} & {card["code"] for card in old}

    with django_assert_max_num_queries(20):
        assert zhou.get("/own").json()["rows"][0]["state"] == "open"
    with django_assert_max_num_queries(20):
        assert {row["reason"] for row in zhou.get("/s1/frame").json()["rows"]} == {"", "kind_not_asked"}
    assert sun.get("/s1").status_code == 404

    batch = {
        "attempt": str(uuid4()),
        "sheets": [{"code": card["code"], "values": sheet(number)} for number, card in enumerate(cards[:11])],
    }
    wrong = {"attempt": str(uuid4()), "sheets": [batch["sheets"][0] | {"values": {"q1": "9"}}]}
    assert "第1行“1．办事是否满意？”" in qin.post("/s1/sheets", wrong).json()["reason"]
    assert [qin.post("/s1/sheets", batch).json() for _ in range(2)] == [{"stored": 11}] * 2
    one = {"code": cards[11]["code"], "values": sheet()}
    assert (
        Client().post(f"{API}/answers", json.dumps(one), content_type="application/json", headers=key).json()["code"]
        == "surveys.key_not_taken"
    )
    assert zhou.get("/s1/strata").json()[0]["answers"] == Answer.objects.count() == 11
    # What is remembered for an Idempotency-Key would hold codes, or a moment beside a digest of the answers.
    assert AnsweredWrite.objects.count() == 0

    assert zhou.post("/s1/close").json()["state"] == "closed"
    assert (
        chu.post("/s1/merge", {"stratum": "enterprise", "into": "enterprise"}).json()["code"] == "surveys.cannot_merge"
    )
    assert chu.post("/s1/withhold", {"reason": "不想。"}).json()["code"] == "surveys.enough_to_publish"
    assert chu.post("/s1/publish").json()["state"] == "published"
    with django_assert_max_num_queries(20):
        assert len(Client().get(f"{API}/s1/results").json()) > 5
