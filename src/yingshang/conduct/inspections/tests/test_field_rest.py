"""The whole way of a visit over the API, as an app on a phone would go it."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine

from yingshang.conduct.inspections.models import Stop, Target, Visit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
API = "/api/v1/inspections"


@pytest.fixture(autouse=True)
def the_day(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def calling(log_in):
    """Return what calls as a member of the cast: GET without a body, POST with one."""
    clients = {}

    def call(key, path, body=None, expect=200):
        client = clients.setdefault(key, log_in(key))
        address = f"{API}/{path}"
        sent = {"content_type": "application/json"}
        answer = client.get(address) if body is None else client.post(address, json.dumps(body), **sent)
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()

    return call


def test_a_visit_from_the_scan_to_the_rating(plan_visit, calling):
    visit = plan_visit(target=Target.objects.get(party__isnull=False))
    one, at_home = f"visits/{visit.public_id}", f"enterprises/{visit.target.code}"
    (mine,) = calling("wang_min", "visits/mine")
    assert (mine["id"], mine["state"], mine["items"][0]["code"]) == (str(visit.public_id), "planned", "X01")
    assert [row["id"] for row in calling("wei", "visits")["rows"]] == [mine["id"]]
    assert calling("li_qiang", "visits")["rows"] == []
    calling("li_qiang", one, expect=404)
    assert calling("fan", at_home)["visits"] == []

    refused = calling("wang_min", f"{one}/start", {"code": "91350100M000100Y43"}, expect=409)
    assert (refused["code"], refused["source"]) == ("inspections.another_enterprise", "国办发〔2024〕54号")
    assert Stop.objects.filter(visit=visit).count() == 1
    begun = calling("wang_min", f"{one}/start", {"code": visit.target.code, "latitude": 45.95, "longitude": 128.04})
    assert begun["state"] == "started" and begun["points"]
    marks = [{"item": each["item"], "number": each["number"], "is_right": True} for each in begun["points"]]
    sheet = {"attempt": "phone-1", "results": ["1"], "marks": marks}
    calling("wang_min", f"{one}/sheet", sheet | {"marks": marks[:-1]}, expect=409)
    for _ in range(2):  # cut off and sent again
        assert calling("wang_min", f"{one}/sheet", sheet)["state"] == "recorded"
    calling("wang_min", f"{one}/stop", {"reason": "晚了"}, expect=409)
    assert calling("wang_min", f"{one}/publish", {})["state"] == "closed"
    assert calling("wang_min", f"{one}/correct", {"results": ["1"], "reason": "补充说明"})["results"][0]["code"] == "1"
    assert calling("wu", at_home)["visits"][0]["results"]

    assert calling("fan", f"{one}/rate", {"level": 5}, expect=201) == {"level": 5}
    calling("wu", f"{one}/rate", {"level": 5}, expect=404)
    assert Visit.objects.get().rating.level == 5


def test_an_alarm_is_raised_explained_and_seen_by_those_concerned(example_county, calling):
    target = Target.objects.get(party__isnull=False)
    home = f"enterprises/{target.code}"
    said = {"unit": "scjgj", "happened_on": "2026-03-01", "what": "没有扫码就来查仓库。"}
    calling("wu", f"{home}/alarms", said, expect=404)
    raised = calling("fan", f"{home}/alarms", said, expect=201)
    calling("li_qiang", f"alarms/{raised['id']}/explain", {"explanation": "无关"}, expect=409)
    answered = calling("wei", f"alarms/{raised['id']}/explain", {"explanation": "已纠正。"})
    assert answered["explained_at"]
    assert calling("fan", f"{home}/alarms") == calling("zhou", "alarms") == [answered]
    assert calling("li_qiang", "alarms") == []
    calling("wu", "alarms", expect=404)
    assert calling("li_qiang", f"{home}/other-visits", {"purpose": "call"}, expect=201)["unit"] == "sfj"
    assert calling("wu", home)["other_visits"][0]["purpose"] == "call"


def test_what_is_not_there_is_not_found(calling):
    gone = f"visits/{uuid4()}"
    for path, body in [
        (gone, None),
        (f"{gone}/start", {"code": "x"}),
        (f"{gone}/sheet", {"attempt": "a", "results": [], "marks": []}),
        (f"{gone}/publish", {}),
        (f"{gone}/rate", {"level": 1}),
        ("follow-ups/1/finish", {"evidence": "x"}),
        ("alarms/1/explain", {"explanation": "x"}),
        ("enterprises/91350100M000100Y43", None),
    ]:
        calling("wang_min", path, body, expect=404)
