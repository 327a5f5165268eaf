"""A survey in a real browser: asked by a desk, answered on phones, on paper and without network, read by strangers."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import AXE_PATH
from tests.browser.test_every_page import RULES, WATCH, faults_at

DESK = "/workbench/surveys/"
QUESTIONS = (("办事满意吗？", "打分", ""), ("办过哪类事？", "单选", "开办\n许可"), ("今年跑了几次？", "数字", ""))


@pytest.fixture
def entities(committed_db):
    """Enterprises and households that may be asked."""
    from django.core.cache import cache

    from yingshang.conduct.surveys.tests.factories import market

    cache.clear()
    return market(enterprise=14, household=10)


def written_and_opened(desk) -> dict[str, list[str]]:
    """Write and publish a questionnaire, open a survey; return the codes on the cards by stratum."""
    from yingshang.kernel import clock

    desk.goto(DESK)
    desk.get_by_label("问卷名称").fill("营商环境问卷")
    desk.get_by_label("代号").fill("open-2026")
    desk.get_by_role("button", name="开始编写").click()
    for title, kind, options in QUESTIONS:
        desk.get_by_label("题目").fill(title)
        desk.get_by_label(kind).check(force=True)
        desk.get_by_label("选项").fill(options)
        desk.get_by_role("button", name="加上").click()
    desk.get_by_role("button", name="发布这一版").click()
    desk.get_by_role("link", name="开始一次调查").click()
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_label("代号").fill("s1")
    for kind in ("企业", "个体工商户"):
        desk.get_by_label(kind, exact=True).check(force=True)
    desk.get_by_label("截止日").fill((clock.today() + timedelta(days=9)).isoformat())
    desk.get_by_role("button", name="看看能问多少户").click()
    desk.get_by_label("Excel表格").check(force=True)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="下载答题卡").click()
    rows = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active.iter_rows(
        min_row=2, values_only=True
    )
    cards: dict[str, list[str]] = {}
    for stratum, code, *_ in rows:
        cards.setdefault(stratum, []).append(code)
    return cards


def answer(phone, code: str) -> None:
    """Answer by the code in the address, as the card's picture gives it; lose the network and the page on the way."""
    phone.goto(f"/surveys/answer/#{code}")
    phone.get_by_role("button", name="开始答题").click()
    phone.get_by_role("button", name="下一题").click()
    expect(phone.get_by_role("alert").first).to_contain_text("请回答：办事满意吗？")
    phone.get_by_label("4分，满意").check(force=True)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_text("现在没有网络").wait_for()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_text("第2题，共3题").first.wait_for()
    phone.goto("/surveys/answer/")  # the phone rang, and the page is gone
    phone.get_by_role("button", name="接着答").click()
    phone.get_by_label("许可").check(force=True)
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_label("今年跑了几次？").fill("２")
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_role("button", name="提交答卷").dblclick()
    phone.get_by_text("谢谢，答卷已收到").wait_for()
    assert phone.evaluate("localStorage.length") == 0


def collect(device, code: str, score: str) -> None:
    """Fill one sheet on an interviewer's device."""
    device.get_by_label("答题码").fill(code)
    device.get_by_label(score).check(force=True)
    device.get_by_label("开办").check(force=True)
    device.get_by_label("今年跑了几次？").fill("1")
    device.get_by_role("button", name="存在这台设备里").click()
    device.get_by_text("还没有发送。").wait_for()


def collected_without_network(device, used: str, good: list[str]) -> None:
    """Keep sheets without network, one of them on a used card; be told which; send the others once."""
    device.goto(f"{DESK}s1/field/")
    device.get_by_text("可以离线使用了").wait_for()
    device.context.set_offline(True)
    device.reload()
    device.get_by_text("可以离线使用了").wait_for()
    device.get_by_role("button", name="存在这台设备里").click()
    expect(device.get_by_role("alert").first).to_contain_text("答题码应有16位，现在是0位")
    device.get_by_label("答题码").fill(used[:-1] + ("1" if used[-1] != "1" else "2"))
    device.get_by_role("button", name="存在这台设备里").click()
    expect(device.get_by_role("alert").first).to_contain_text("答题码抄错了")
    collect(device, used, "1分，很不满意")
    for code in good:
        collect(device, code, "5分，很满意")
    device.get_by_role("button", name="发送3份").click()
    device.get_by_text("没有网络。答卷还在这台设备里").wait_for()
    device.context.set_offline(False)
    device.get_by_text("没有发送，一份都没有存").wait_for()  # by itself, when the network is back
    expect(device.locator("[data-list] li").first).to_contain_text("答题码：现在不能用")
    device.once("dialog", lambda dialog: dialog.accept())
    device.get_by_role("button", name="删除").first.click()
    device.get_by_role("button", name="发送2份").click()
    device.get_by_text("已发送2份").wait_for()


def typed_by_a_clerk(desk, codes: list[str]) -> None:
    """Bring paper sheets in as a workbook: first with a doubled code, which is named, then as it should be."""
    head = ["答题码", *(f"{number}．{title}" for number, (title, _, _) in enumerate(QUESTIONS, start=1))]
    for doubled in (True, False):
        book = openpyxl.Workbook()
        for row in [head, *([code, "3", "许可", "4"] for code in ([codes[0], *codes] if doubled else codes))]:
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        desk.goto(f"{DESK}s1/paper/")
        desk.set_input_files(
            "input[type=file]", {"name": "问卷.xlsx", "mimeType": "application/zip", "buffer": file.getvalue()}
        )
        desk.get_by_role("button", name="上传并核对").click()
        if doubled:
            desk.get_by_text("一个码只能录一份").wait_for()
    desk.get_by_role("button", name="确认存入").click()
    desk.get_by_text(f"录入了{len(codes)}份答卷").wait_for()


def test_a_survey_is_asked_answered_on_every_way_and_read_by_a_stranger(open_page, entities):
    desk, phone, device = open_page(face="周正"), open_page(width=390), open_page(width=390, face="秦岚")
    cards = written_and_opened(desk)
    companies, household = cards["企业"], cards["个体工商户"][0]
    answer(phone, companies[0])
    for tried in (companies[0], "0000-0000-0000-0000"):
        phone.goto("/surveys/answer/")
        phone.get_by_label("答题码").fill(tried)
        phone.get_by_role("button", name="开始答题").click()
        expect(phone.get_by_role("alert").first).to_contain_text("这个答题码现在不能用")
    collected_without_network(device, companies[0], [companies[1], household])
    typed_by_a_clerk(desk, companies[2:12])

    desk.goto(f"{DESK}s1/")
    desk.get_by_role("link", name="截止这次调查").click()
    expect(desk.get_by_text("现在收回了13份")).to_be_visible()
    desk.get_by_role("button", name="截止，打乱答卷").click()
    head = open_page(face="褚明")
    head.goto("/workbench/")
    head.get_by_role("link", name="营商环境问卷").first.click()
    head.get_by_label("只有一份答卷的层或者群").select_option(label="个体工商户")
    head.get_by_label("并入哪一个计算误差").select_option(label="企业")
    head.get_by_role("button", name="合并计算误差").click()
    head.get_by_role("button", name="公布结果").click()
    head.get_by_text("结果已公布").wait_for()

    phone.goto("/surveys/")
    phone.get_by_role("link", name="营商环境问卷").click()
    expect(phone.get_by_role("heading", name="1．办事满意吗？")).to_be_visible()
    expect(phone.get_by_text("不公布").first).to_be_attached()


def test_the_pages_of_a_survey_are_accessible_to_everybody(open_page, entities):
    from yingshang.conduct.surveys.tests.factories import opened, questionnaire
    from yingshang.kernel import clock

    questionnaire()
    _, cards = opened(at=clock.now(), last_day=clock.today())
    wrong: list[str] = []
    for face, width, addresses in (
        ("周正", 1280, ["s1/", "s1/close/", "s1/codes/", "s1/frame/", "questionnaires/open-2026/"]),
        ("秦岚", 390, ["s1/field/", "s1/paper/"]),
    ):
        page = open_page(face=face)
        page.add_init_script(WATCH)
        for address in addresses:
            wrong += [f"{address} {fault}" for fault in faults_at(page, f"{DESK}{address}", (width,))]
    phone = open_page(width=390)
    phone.goto(f"/surveys/answer/#{cards[1].code}")
    phone.get_by_role("button", name="开始答题").click()
    phone.get_by_role("button", name="下一题").click()
    phone.add_script_tag(url=AXE_PATH)
    wrong += [
        f"question {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in phone.evaluate(f"axe.run(document, {json.dumps(RULES)}).then((result) => result.violations)")
    ]
    phone = open_page(width=390, script=False)  # every question can be answered without script
    phone.goto("/surveys/answer/")
    phone.get_by_label("答题码").fill(cards[0].code)
    phone.get_by_role("button", name="开始答题").click()
    phone.get_by_label("3分，一般").check(force=True)
    phone.get_by_role("button", name="下一题").click()
    expect(phone.get_by_text("第2题，共5题").first).to_be_visible()
    assert wrong == []
