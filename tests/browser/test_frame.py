"""The frame in a real browser: weight, elder mode, keyboard, no script, paper, English."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import expect

LARGEST_FIRST_LOAD = 60 * 1024
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg")
ELDER = re.compile(r"\bml-elder\b")


@pytest.mark.parametrize("path", ["/", "/components/", "/account/login/", "/demo/"])
def test_the_first_load_is_light(open_page, path):
    page = open_page(width=390)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    weight = 0
    for answer in answers:
        body, kind = answer.body(), answer.headers.get("content-type", "")
        # Behind the real server every text comes compressed; here the middleware compresses pages only.
        small = len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body)
        weight += small + sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    assert weight <= LARGEST_FIRST_LOAD, f"{weight} bytes"


def test_elder_mode_is_a_layout_of_its_own(open_page):
    page = open_page(width=390, elder=True)
    page.goto("/")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 24
    assert page.locator(".ml-menu").count() == 0
    assert 1 <= page.locator(".ml-tiles__tile").count() <= 6
    assert page.locator(".ml-phone").is_visible()
    low = page.evaluate(
        """[...document.querySelectorAll("a, button")]
        .filter((one) => one.offsetParent !== null || one.closest(".ml-phone"))
        .filter((one) => !one.classList.contains("govuk-skip-link") && one.getBoundingClientRect().height < 59.5)
        .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert low == []


def test_elder_mode_is_switched_on_and_off_by_links(open_page):
    page = open_page()
    page.goto("/help/accessibility/")
    page.get_by_role("link", name="切换到关怀版").click()
    expect(page.locator("html")).to_have_class(ELDER)
    page.get_by_role("link", name="返回普通版").click()
    expect(page.locator("html")).not_to_have_class(ELDER)


def test_the_first_tab_skips_to_the_content(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_wrong_forms_put_the_focus_on_the_summary_that_leads_to_the_field(open_page):
    page = open_page()
    page.goto("/account/login/")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").first.click()
    expect(page.locator("[name=login]")).to_be_focused()


def test_without_script_a_face_logs_in_and_finds_its_work(open_page):
    page = open_page(script=False, face="王敏")
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def test_paper_has_no_frame_and_no_buttons(open_page):
    page = open_page()
    page.goto("/components/")
    page.emulate_media(media="print")
    for hidden in (".ml-menu", ".ml-foot", ".ml-filter", ".govuk-button", ".govuk-breadcrumbs"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".ml-table").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.ml-source')).maxHeight") == "none"


def test_a_table_becomes_cards_on_a_phone(open_page):
    page = open_page(width=390)
    page.goto("/components/")
    cell = page.locator(".ml-table--cards td").first
    assert cell.evaluate("(one) => getComputedStyle(one, '::before').content") == '"责任单位"'
    assert cell.evaluate("(one) => getComputedStyle(one.parentElement).display") == "block"
