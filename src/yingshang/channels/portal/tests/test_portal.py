"""The portal as a citizen walks it: by what is to be done, by who one is, by unit, by word; and what is one's own."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings
from django.test import Client

from yingshang.channels.portal import queries
from yingshang.kernel import clock, org

pytestmark = pytest.mark.usefixtures("example_county")


def test_the_first_page_asks_what_is_to_be_done_and_leads_there() -> None:
    anybody = Client()
    home = anybody.get("/").content.decode()
    assert home.index("您要办什么事？") < home.index("每一件事都有人负责")
    assert len(re.findall("<h1", home)) == 1
    for event in queries.portal().events:
        assert f'href="/portal/events/{event.key}/"' in home
    page = anybody.get("/portal/events/open-restaurant/").content.decode()
    assert 'href="/items/food-business/"' in page
    guide = anybody.get("/items/food-business/").content.decode()
    assert 'href="/apply/food-business/">立即办理' in guide
    for address in ("/portal/for/person/", "/portal/for/enterprise/", "/portal/for/project/", "/portal/units/"):
        assert anybody.get(address).status_code == 200
        assert anybody.get(f"{address}?format=xlsx").status_code == 200
    assert "/items/food-business/" in anybody.get("/portal/units/scjgj/").content.decode()
    for missing in ("/portal/events/no-such/", "/portal/for/nobody/", "/portal/units/no-such/"):
        assert anybody.get(missing).status_code == 404


def test_elders_get_at_most_six_tiles_and_the_telephone() -> None:
    elder = Client()
    elder.cookies["ys_elder"] = "1"
    page = elder.get("/").content.decode()
    assert 4 <= len(re.findall("ml-tiles__tile", page)) <= 6
    assert "打电话问" in page
    assert 'class="ml-phone"' in page


def test_what_is_ones_own_is_one_page_and_strangers_are_told_to_log_in() -> None:
    stranger = Client().get("/my/").content.decode()
    assert "登录以后" in stranger
    assert "查办件进展" in stranger
    fan = Client()
    fan.post(f"/demo/{org.demo_pseudonym('fan')}/")
    page = fan.get("/my/").content.decode()
    for words in ("我的办件", "我的证照", "谁看过我的数据", "我的缴费"):
        assert words in page
    official = Client()
    official.post(f"/demo/{org.demo_pseudonym('sun')}/")
    assert "换一个身份" in official.get("/my/").content.decode()


def test_convenience_services_are_found_by_word_and_lead_to_a_workbook() -> None:
    anybody = Client()
    everything = anybody.get("/portal/services/").content.decode()
    assert "便民服务" in everything
    rows = queries.services(clock.today(), "社保卡")
    if rows is None:
        assert "没有找到这样的服务" in everything


def test_every_life_event_of_an_item_is_known_to_the_portal() -> None:
    known = {event.key for event in queries.portal().events}
    used = set()
    for county in ("mulan", "example"):
        for file in (settings.YS_COUNTIES_DIR / county / "items").glob("*.yaml"):
            used |= set(yaml.safe_load(file.read_text(encoding="utf-8"))["basics"].get("life_events", ()))
    assert used - known == set()
    assert set(queries.portal().elder) <= known
