"""The public list, the payer's page, the desk, and what strangers find there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yingshang.kernel import clock, org
from yingshang.registers.fees.models import Charge, Refund, SimulatedPayment


@pytest.fixture
def log_in(example_county: Any) -> Callable[[str], Client]:
    def logged_in(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return logged_in


def test_everybody_searches_the_list_and_reads_a_row(example_county: str) -> None:
    anybody = Client()
    page = anybody.get("/fees/").content.decode()
    assert "检验费" in page
    assert "300.00—600.00元/台，按下限300.00元收（演示）" in page
    assert "反映问题" in page
    found = anybody.get("/fees/?word=占道&kind=administrative&unit=zjj").content.decode()
    assert "占道费" in found
    assert "检验费" not in found
    ended = anybody.get("/fees/row/F02/").content.decode()
    assert "最后一天是2025年12月31日" in ended
    assert anybody.get("/fees/row/F99/").status_code == 404
    assert anybody.get("/fees/?format=xlsx").status_code == 200
    assert anybody.get("/api/v1/fees/rows/F02/check").json()["code"] == "fees.ended"
    assert len(anybody.get("/api/v1/fees/rows").json()) == 6


def test_a_payer_pays_over_the_named_simulator_and_the_statement_agrees(log_in: Callable[[str], Client]) -> None:
    fan, sun = log_in("fan"), log_in("sun")
    waiting = Charge.objects.get(payer__display_name="金穗餐饮店（演示）", paid_at=None, amount_fen__gt=0)
    assert "检验费" in fan.get("/fees/mine/").content.decode()
    page = fan.get(f"/fees/mine/{waiting.pk}/").content.decode()
    assert "模拟接口" in page
    assert log_in("wu").get(f"/fees/mine/{waiting.pk}/").status_code == 404
    assert log_in("wu").post(f"/api/v1/fees/charges/{waiting.pk}/pay").status_code in (403, 404)
    assert fan.post(f"/fees/mine/{waiting.pk}/pay/").status_code == 302
    assert fan.post(f"/fees/mine/{waiting.pk}/pay/").status_code == 409
    assert SimulatedPayment.objects.filter(charge_no=waiting.no).count() == 1
    assert "一致" in log_in("zhou").get("/workbench/fees/statement/?day=2026-01-20").content.decode()
    assert "一致" in sun.get("/workbench/fees/statement/").content.decode()


def test_what_only_the_channel_knows_is_shown_and_adopted(log_in: Callable[[str], Client]) -> None:
    sun = log_in("sun")
    waiting = Charge.objects.get(payer__display_name="金穗餐饮店（演示）", paid_at=None, amount_fen__gt=0)
    SimulatedPayment.objects.create(
        reference="LOST1", charge_no=waiting.no, amount_fen=waiting.amount_fen, at=clock.now()
    )
    assert "渠道有，平台没有" in sun.get("/workbench/fees/statement/").content.decode()
    assert log_in("li_qiang").post("/workbench/fees/statement/LOST1/adopt/").status_code == 404
    assert sun.post("/workbench/fees/statement/LOST1/adopt/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.receipt_no == "LOST1"


def test_the_desk_charges_enters_and_pays_back(log_in: Callable[[str], Client]) -> None:
    sun = log_in("sun")
    code = "92239901MA0000015A"
    refused = sun.post("/workbench/fees/new/", {"row_code": "F01", "quantity": "1", "payer_code": "9999"})
    assert refused.status_code == 422
    assert "没有登记过这个号码的当事人" in refused.content.decode()
    assert sun.post("/workbench/fees/new/", {"row_code": "F01", "quantity": "3", "payer_code": code}).status_code == 302
    assert Charge.objects.latest("pk").amount_fen == 3000
    paper = {"row_code": "F02", "name": "档案查询费", "payer_code": code, "quantity": "1", "amount": "5.00"}
    paper |= {"taken_on": "2026-01-06", "receipt_no": "C1"}
    assert sun.post("/workbench/fees/paper/", paper).status_code == 302
    owed = Refund.objects.latest("pk")
    assert "应当在" in log_in("fan").get(f"/fees/mine/{owed.charge_id}/").content.decode()
    assert "退还“档案查询费”5.00元" in sun.get("/workbench/").content.decode()
    address = f"/workbench/fees/{owed.charge_id}/refund/"
    assert log_in("li_qiang").get(address).status_code == 404
    assert sun.post(address, {"proof": "回单9"}).status_code == 302
    assert "回单9" in sun.get(f"/workbench/fees/{owed.charge_id}/").content.decode()
    for path in ("", "refunds/", "figures/", "?format=xlsx", "refunds/?format=xlsx", "figures/?format=xlsx"):
        assert sun.get(f"/workbench/fees/{path}").status_code == 200
    assert log_in("zhou").post("/workbench/fees/check/").status_code == 302
    assert Client().get("/workbench/fees/").status_code == 404
    assert Client().get("/fees/mine/").status_code == 409


def test_the_desk_costs_the_same_however_many_charges(
    log_in: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    zhou = log_in("zhou")
    zhou.get("/workbench/fees/")
    with django_assert_max_num_queries(14):
        assert zhou.get("/workbench/fees/").status_code == 200
