"""The pages of a draw in a real browser, and the verifier with and without a network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.browser.test_every_page import faults_seen_by

from yingshang.kernel import draws
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import AT, DIGITS, committed, drawn, sign


@pytest.fixture
def held(committed_db):
    """Draw 1 is revealed, draw 2 is drawn, draw 3 waits for its dice; 县工商联 is invited to the next."""
    host, witness = actor_of("wang_min", unit="scjgj"), actor_of("jiang", unit="sfj")
    drawn(host, witness)
    draws.reveal(serial=1, by=host, at=AT + timedelta(days=20))
    drawn(host, witness)
    draws.invite(unit="gsl", by=host, at=AT)
    committed(host)
    draws.add_dice(serial=3, digits=DIGITS, by=host, at=AT)
    sign()


def test_the_pages_of_a_draw_are_accessible_to_everybody(open_page, held):
    pages = {
        "": ["", "1/", "2/", "3/", "3/ceremony/", "verify/?serial=1"],
        "王敏": ["seal/", "invitations/", "2/result/", "3/ceremony/"],
        "蒋丽": ["3/ceremony/"],
        "吕芳": [f"invitations/{draws.Invitation.objects.get().pk}/"],
        "卫国": ["3/void/"],
    }
    wrong: list[str] = []
    for face, addresses in pages.items():
        wrong += faults_seen_by(open_page, face, [f"/draws/{address}" for address in addresses])
    assert wrong == []


def test_a_visitor_verifies_on_the_page_and_from_a_disk_without_a_network(open_page, held, tmp_path):
    page = open_page(width=390)
    page.goto("/draws/verify/?serial=1")
    page.get_by_role("button", name="核验第1号摇号").click()
    page.get_by_text("没有发现造假").wait_for()
    file = page.context.request.get("/draws/1/draw.json").body()
    (tmp_path / "verify.html").write_bytes(page.context.request.get("/draws/verify/offline.html").body())
    (tmp_path / "honest.json").write_bytes(file)
    (tmp_path / "forged.json").write_bytes(file.replace(DIGITS.encode(), DIGITS[::-1].encode()))
    page.context.set_offline(True)
    page.goto((tmp_path / "verify.html").as_uri())
    for name, said in (("honest", "没有发现造假"), ("forged", "伪造骰子"), ("verify", "无法核对")):
        place = tmp_path / (f"{name}.json" if name != "verify" else "verify.html")
        page.set_input_files("#draw-file", place)
        page.get_by_text(said).wait_for()


def test_a_ceremony_is_held_with_scripts_off(open_page, held):
    witness = open_page(face="蒋丽", script=False)
    witness.goto("/draws/3/ceremony/")
    witness.check("[name=checked]")
    witness.get_by_role("button", name="确认").click()
    expect(witness.get_by_text("二十颗骰子从现在起计入")).to_be_visible()
    host = open_page(face="王敏", script=False)
    host.goto("/draws/3/ceremony/")
    host.get_by_role("button", name="抽取").click()
    expect(host.get_by_text("抽取完成")).to_be_visible()
    assert draws.standing_of(draws.draw_of(3)).state == draws.State.DRAWN
