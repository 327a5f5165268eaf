"""One's own pages, the desk, and what strangers find there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from yingshang.kernel import org, parties, work
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.testing import actor_of
from yingshang.registers.profiles import api, operations
from yingshang.registers.profiles.models import Objection, Reading

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def log_in(example_county: Any) -> Callable[[str], Client]:
    def logged_in(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return logged_in


@pytest.fixture
def party(zhao: Actor) -> Party:
    return parties.party(zhao.party)


def test_a_person_sees_changes_and_takes_home_what_is_held(log_in: Callable[[str], Client], party: Party) -> None:
    zhao = log_in("zhao")
    page = zhao.get("/profiles/").content.decode()
    assert "13800000001" in page
    assert "首次办理时本人填写（演示）" in page
    assert zhao.post("/profiles/fields/person.mobile/", {"value": "12345"}).status_code == 422
    assert zhao.post("/profiles/fields/person.mobile/", {"value": "１３９０００００００２"}).status_code == 302
    assert "13900000002" in zhao.get("/profiles/").content.decode()
    exported = zhao.get("/profiles/export.json").json()
    assert {row["field"] for row in exported["fields"]} == {"person.name", "person.mobile", "person.address"}
    assert exported["history"][0]["value"] == "13900000002"
    assert zhao.get("/profiles/export.pdf").content.startswith(b"%PDF")
    for path in ("/profiles/readings/", "/profiles/readings/?own=1&format=xlsx", "/profiles/objections/"):
        assert zhao.get(path).status_code == 200
    assert zhao.get("/api/v1/profiles/mine").json()[0]["field"] == "person.address"
    assert zhao.get("/profiles/fields/enterprise.name/").status_code == 404


def test_nobody_else_has_a_page_of_people(log_in: Callable[[str], Client]) -> None:
    for client in (Client(), log_in("sun"), log_in("zheng")):
        assert client.get("/profiles/").status_code == 409
        assert client.get("/profiles/readings/").status_code == 409
        assert client.get("/api/v1/profiles/mine").status_code in (401, 404)
    assert "赵兰" not in log_in("wu").get("/profiles/").content.decode()
    assert "核实当事人的纠错" in Client().get("/profiles/purposes/").content.decode()


def test_an_enterprise_takes_its_data_from_the_named_simulator_and_has_one_corrected(
    log_in: Callable[[str], Client],
) -> None:
    fan, sun = log_in("fan"), log_in("sun")
    assert "模拟接口" in fan.get("/profiles/").content.decode()
    fan.post("/profiles/registry/")
    assert "餐饮业" in fan.get("/profiles/").content.decode()
    wrong = fan.post("/profiles/fields/enterprise.industry/", {"value": "零售业"})
    assert wrong.status_code == 302
    assert "餐饮业" in fan.get("/profiles/").content.decode()  # what the registry said stays until it is corrected
    fan.post("/profiles/fields/enterprise.industry/correct/", {"wanted": "零售业", "said": "登记错了"})
    raised = Objection.objects.get()
    assert (raised.unit.code, raised.obligation.kind) == ("scjgj", "profiles.correct")
    address = f"/workbench/objections/{raised.pk}/"
    assert log_in("li_qiang").get(address).status_code == 404
    assert "登记错了" in sun.get(address).content.decode()
    assert sun.post(address, {"outcome": "corrected", "words": "已核实"}).status_code == 302
    assert "零售业" in fan.get("/profiles/").content.decode()
    assert "已核实" in fan.get("/profiles/objections/").content.decode()
    assert sun.get("/workbench/objections/").status_code == 200
    seen = fan.get("/profiles/readings/").content.decode()
    assert "核实当事人的纠错" in seen
    assert "孙立" not in seen


def test_a_party_asks_who_read_and_the_unit_owes_the_name(log_in: Callable[[str], Client], party: Party) -> None:
    dossier = work.Dossier.objects.create(
        kind="cases.case", title="示例事项", lead_unit=org.unit("scjgj"), state="open", opened_at=AT
    )
    work.Involvement.objects.create(dossier=dossier, party=party, role="applicant", since=AT)
    sun = actor_of("sun", unit="scjgj")
    api.read(sun, party, ["person.mobile"], purpose="deliver", subject=f"dossier:{dossier.pk}", at=AT)
    reading = Reading.objects.get()
    zhao = log_in("zhao")
    assert "县市场监管局（首席代表）" in zhao.get("/profiles/readings/").content.decode()
    ask = f"/profiles/readings/{reading.public_id}/ask/"
    assert log_in("wu").post(ask, {"said": "谁"}).status_code == 404
    assert zhao.post(ask, {"said": "谁看的"}).status_code == 302
    assert zhao.post(ask, {"said": "谁看的"}).status_code == 409
    made = Objection.objects.get()
    laid = operations.lay_open(made.pk, by=sun, at=AT)
    assert laid.reader == "孙立（演示）"
    operations.answer(objection_id=made.pk, outcome="answered", words="办理送达。", by=sun, at=AT)
    made.obligation.refresh_from_db()
    assert made.obligation.state == "fulfilled"
