"""Every page stands in the frame, under a strict policy."""

import re

import pytest

from yingshang.kernel import org

pytestmark = pytest.mark.django_db

OPEN_PAGES = ["/", "/components/", "/demo/", "/account/login/"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_open_pages_answer_under_the_strict_policy(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_demo_face_logs_in_with_one_click_and_finds_its_workbench(client, example_county):
    page = client.get("/demo/").content.decode()
    assert "王敏" in page
    key = page.split('action="/demo/')[1].split("/")[0]
    answer = client.post(f"/demo/{key}/", follow=True)
    assert answer.redirect_chain[-1][0] == "/workbench/"
    assert answer.status_code == 200


def test_there_are_no_faces_outside_demo_mode(client, settings, example_county):
    settings.YS_DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/anybody/").status_code == 404


def test_menus_stand_in_drawers_and_mark_the_page_and_its_drawer(client, example_county):
    page = client.get("/law/limits/").content.decode()
    menu = page[page.index('<nav class="ml-menu"') : page.index("</nav>")]
    drawers = re.findall(r"<details class=\"([^\"]*)\"[^>]*><summary>([^<]*)</summary>", menu)
    assert [title for _, title in drawers] == ["办事", "检查", "方案和督办", "评价和意见", "规则和公开"]
    assert [title for classes, title in drawers if "current" in classes] == ["规则和公开"]
    assert re.findall(r'aria-current="page">([^<]*)<', menu) == ["时限清单"]
    services = menu[menu.index("办事</summary>") :]
    assert re.findall(r'<a href="[^"]*">([^<]*)</a>', services)[0] == "政务服务事项"


def test_what_asks_for_nothing_stands_below_the_rest_of_the_workbench(client, example_county):
    client.post(f"/demo/{org.demo_pseudonym('zhou')}/")
    page = client.get("/workbench/").content.decode()
    below = page[page.index("没有待办的") :]
    assert "没有要办的通报。" in below
    assert 'class="ml-lamp' not in below
