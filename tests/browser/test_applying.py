"""A license applied for on a phone: one thing at a time, a broken connection, one receipt for two clicks."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from yingshang.casework.cases.models import Case

PLAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n" + b"%" * 1_500_000 + b"\n%%EOF"
)


def test_a_license_is_applied_for_on_a_phone(open_page):
    page = open_page(width=390, face="吴桐")
    page.goto("/apply/food-business/")
    page.get_by_role("button", name="开始申请").click()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择一个答案")
    page.get_by_label("只卖不做，比如食品商店").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("经营者名称").fill("东湖小馆（演示）")
    page.get_by_label("经营场所").fill("东湖路8号")
    page.get_by_label(re.compile("经营面积")).fill("６０")
    page.get_by_role("button", name="继续").click()

    # The connection breaks in the middle of the file; the page waits, asks how much is there, and goes on.
    pieces = []

    def cut(route):
        pieces.append(route.request.headers.get("upload-offset"))
        if len(pieces) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(
        "**/apply/uploads/*/", lambda route: cut(route) if route.request.method == "PATCH" else route.continue_()
    )
    file = {"name": "平面图.pdf", "mimeType": "application/pdf", "buffer": PLAN}
    page.set_input_files("input[type=file]", [file])
    expect(page.get_by_role("heading", name="已经上传")).to_be_visible()
    assert pieces[1] == pieces[2] == str(512 * 1024), pieces
    page.get_by_role("button", name="继续").click()

    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label(re.compile("我声明")).check()
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page.get_by_role("heading", name="已经收到您的申请")).to_be_visible()
    assert Case.objects.count() == 1
    expect(page.get_by_text(Case.objects.get().number)).to_be_visible()
