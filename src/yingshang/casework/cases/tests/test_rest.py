"""The API of cases: the deeds of the pages for machines, and nothing of other people's cases."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from yingshang.casework.cases.tests.factories import ANSWERS, SHOP, food_license, party_of
from yingshang.kernel import clock, org
from yingshang.kernel.testing import actor_of

API = "/api/v1/cases"
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(example_county):
    with clock.shifted(MONDAY - clock.now()):
        yield


@pytest.fixture
def post(client):
    """Return what posts as a member of the cast."""

    def posted(who, path, body):
        client.post(f"/demo/{org.demo_pseudonym(who)}/")
        return client.post(f"{API}{path}", body, content_type="application/json")

    return posted


def application():
    return {
        "version": food_license().pk,
        "applicant": str(party_of(actor_of("fan")).public_id),
        "answers": ANSWERS,
        "situation": SHOP,
        "papers": [{"key": "floor-plan", "given": "paper"}],
        "channel": "computer",
        "attempt": "machine-1",
    }


def test_a_case_goes_its_way_over_the_api_and_strangers_find_nothing(client, post):
    receipt = post("fan", "/cases", application()).json()
    assert post("fan", "/cases", application()).json() == receipt
    assert post("wu", "/cases", application()).json()["code"] == "cases.not_the_applicant"
    case, deeds = f"/cases/{receipt['id']}", {}
    deeds["seen"] = client.get(f"{API}{case}").status_code
    deeds["moved"] = post("wu", f"{case}/withdraw", {}).status_code
    deeds["state"] = client.get(f"{API}/receipts/{receipt['number']}", {"secret": "0000-0000"}).status_code
    assert deeds == dict.fromkeys(deeds, 404)
    told = client.get(f"{API}/receipts/{receipt['number']}", {"secret": receipt["secret"]}).json()
    assert (told["official_code"], told["official_words"], told["due_date"]) == (1, "已接件", "2026-03-09")
    accepted = post("han", f"{case}/accept", {"expected_version": 1}).json()
    assert (accepted["state"], accepted["official_code"], accepted["due_date"]) == ("accepted", 3, "2026-03-12")
    assert post("han", f"{case}/advance", {"expected_version": 1}).status_code == 409
    line = client.get(f"{API}/desk", {"only_open": "true"}).json()["rows"][0]
    assert (line["number"], line["state_title"], line["lamp"]) == (receipt["number"], "已受理", "green")
    assert post("han", f"{case}/decide", {"granted": True}).json()["code"] == "cases.not_your_post"
    assert client.get(f"{API}/figures", {"unit": "scjgj", "month": "2026-03"}).json()[0]["received"] == 1
    assert [post("wu", "/promises/7/check", {"kept": True, "finding": "x"}).status_code for _ in "1"] == [404]
    assert client.get(f"{API}/mine").json()["rows"] == []


def test_an_application_for_a_party_nobody_knows_finds_nothing(post):
    assert post("fan", "/cases", application() | {"applicant": str(uuid4())}).status_code == 404
