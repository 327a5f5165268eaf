"""What people see of an evaluation, and what nobody sees before it is published."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from yingshang.kernel import org
from yingshang.kernel.web.tables.sheet_out import MEDIA_TYPE
from yingshang.oversight.evaluation.models import Evaluation, Owner, Scoring, Value
from yingshang.oversight.evaluation.operations.demonstrated import load_demonstration

pytestmark = pytest.mark.django_db

EDITION = """schema: edition/1
key: test-2026
title: 试评
method: 试评
source: 试评
effective: {from: 2026-01-01, to: null}
missing: average
indicators:
  - {key: total, title: 总分}
  - {key: services, under: total, title: 政务服务}
  - {key: starting, under: total, title: 开办企业}
  - {key: days, under: services, title: 时间, unit: 天, least: 0, score: {frontier: {best: 0, worst: 10}}}
  - {key: rate, under: services, title: 满意度, unit: "%", most: 100, score: {frontier: {best: 100, worst: 0}}}
  - {key: steps, under: starting, title: 环节, unit: 个, score: {frontier: {best: 1, worst: 11}}}
"""
HEADS = ["评价编号", "地方", "数据项", "值", "单位", "部分", "份额", "采集方式", "来源", "采集人", "采集日期"]
ROOM = "/workbench/evaluations/of/test-2026/"
PUBLIC = ("", "indicators/services/", "series/days/", "codebook/", "sensitivity/", "peers/", "record/")
FILES = ("?format=xlsx", "codebook/?format=xlsx", "data-room.zip", "report.pdf")


@pytest.fixture
def face(example_county):
    def choose(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def text_of(response) -> str:
    return response.content.decode()


def sheet(rows: list[list[str]]) -> SimpleUploadedFile:
    book = Workbook()
    for row in [HEADS, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("数据.xlsx", out.getvalue(), MEDIA_TYPE)


def value(series: str, written: str, method: str, **more: str) -> dict[str, str]:
    row = {"series": series, "written": written, "method": method, "place": "示例县", "source_ref": "记录1号"}
    return row | {"collector": "顾平", "collected_on": "2026-03-02"} | more


def post(client: Client, address: str, **typed) -> str:
    answer = client.post(f"{ROOM}{address}", typed, follow=True)
    assert answer.status_code == 200, text_of(answer)
    return text_of(answer)


def commissioned(face) -> None:
    typed = {"title": "示例县营商环境评价", "code": "test-2026", "year": "2026", "place": "示例县", "evaluator": "pgjg"}
    typed |= {"contract_no": "合同1号", "contract_from": "2026-01-01", "contract_to": "2099-12-31"}
    bureau = face("zhou")
    page = bureau.post("/workbench/evaluations/commission/", typed, follow=True)
    assert "示例县营商环境评价" in text_of(page)
    unit = org.unit("scjgj")
    Owner.objects.create(edition_key="test-2026", series="days", unit=unit, post="unit-head", origin="outside")


def test_an_evaluation_goes_its_way_over_the_pages_and_every_number_leads_to_its_rows(face):
    commissioned(face)
    gu, unit, visitor = face("gu"), face("wang_min"), Client()
    assert "您还没有声明利益冲突情况" in text_of(gu.get(ROOM))
    post(gu, "interest/", has_conflict="no")
    post(gu, "edition/", file=SimpleUploadedFile("edition.yaml", EDITION.encode()))
    post(gu, "do/begin-collecting/")
    evidence = SimpleUploadedFile("笔录.txt", "三天".encode(), "text/plain")
    post(gu, "values/new/", **value("days", "3", "statement"), evidence=evidence)
    post(gu, "values/new/", **value("days", "5", "interview"))
    refused = gu.post(f"{ROOM}values/new/", value("days", "三天", "interview"))
    assert refused.status_code == 409 and "“三天”不是数字" in text_of(refused)

    door = "/workbench/evaluations/import/"
    good = ["test-2026", "巴彦县", "days", "4", "天", "", "", "部门座谈", "公开资料", "顾平", "2026-03-02"]
    wrong = ["test-2026", "巴彦县", "rate", "许多", "", "", "", "部门座谈", "公开资料", "顾平", "2026-03-02"]
    faults = gu.post(door, {"sheet": sheet([good, wrong])})
    assert faults.status_code == 422 and "“许多”不是数字" in text_of(faults)
    preview = gu.post(door, {"sheet": sheet([good])})
    stored = gu.post(f"{preview['Location']}confirm/", follow=True)
    assert "已导入1个值" in text_of(stored)
    post(gu, "do/take-measures/")
    post(gu, "do/begin-checking/")

    differing = text_of(gu.get(f"{ROOM}values/?differs=1"))
    assert "3（部门座谈：记录1号）；5（企业访谈：记录1号）" in differing
    assert "还没有值" in text_of(gu.get(f"{ROOM}values/"))
    asked = {"who": "某局办公室", "how": "电话", "asked_on": "2026-03-01", "series": "days", "place": "示例县"}
    assert "某局办公室" in post(gu, "asked/", **asked, wanted="改成1天", answer="没有证据，不改。") or True
    post(gu, "do/score/")
    assert "只能在" in text_of(gu.post(f"{ROOM}do/begin-checking/"))

    heard = text_of(unit.get(f"{ROOM}hearing/"))
    assert "5天" in heard and "满意度" not in heard
    post(unit, "hearing/days/", text="应为3天，附台账。")
    objection = Evaluation.objects.get().objections.get()
    assert "还有1条异议没有答复" in text_of(gu.get(ROOM))
    post(gu, f"objections/{objection.pk}/", is_accepted="yes", answer="核对属实。")
    with_row = re.search(r"values/(\d+)/", text_of(gu.get(f"{ROOM}values/?differs=1"))).group(1)
    chosen = re.search(r'value="(\d+)"[^>]*>\s*<label[^>]*>\s*3（', text_of(gu.get(f"{ROOM}values/{with_row}/")))
    post(gu, f"values/{with_row}/", value=chosen.group(1), reason="台账核对属实")
    post(gu, "score-again/", why="采纳一条异议")

    for client in (unit, face("zhou"), visitor):
        for part in (*PUBLIC, *FILES):
            assert client.get(f"/evaluations/test-2026/{part}").status_code == 404, part
    for reader in (unit, face("zhou"), visitor):
        for part in ("", "values/", "values/new/", "asked/", "publish/"):
            assert reader.get(f"{ROOM}{part}").status_code in (302, 404), part
    post(gu, "publish/")

    one = text_of(visitor.get("/evaluations/test-2026/"))
    assert "<svg" in one and "没有更早的评价可以比" in one and "名次" not in one
    indicator = text_of(visitor.get("/evaluations/test-2026/indicators/services/"))
    assert "/evaluations/test-2026/series/days/" in indicator
    rows = text_of(visitor.get("/evaluations/test-2026/series/days/"))
    assert "70.00 分，从 10（0 分）到 0（100 分）之间的位置，值为 3天" in rows
    assert "评估员逐项认定：台账核对属实" in rows and "记录1号" in rows
    down = re.findall(r"/evaluations/test-2026/values/\d+/", rows)
    assert len(down) == 3
    values = [text_of(visitor.get(address)) for address in down]
    assert any(hashlib.sha256("三天".encode()).hexdigest() in page for page in values)
    assert "没有采集到这个数据项的值：未知" in text_of(visitor.get("/evaluations/test-2026/series/steps/"))
    record = text_of(visitor.get("/evaluations/test-2026/record/"))
    assert "某局办公室" in record and "核对属实。" in record and "没有利益冲突" in record
    assert "不计“政务服务”" in text_of(visitor.get("/evaluations/test-2026/sensitivity/"))
    peers = text_of(visitor.get("/evaluations/test-2026/peers/"))
    assert "公开资料" in peers and "未知" in peers and "+10.00" in peers
    digest = Scoring.objects.order_by("-no").first().digest
    room = visitor.get("/evaluations/test-2026/data-room.zip")
    assert hashlib.sha256(room.content).hexdigest() == digest and digest in one
    assert visitor.get("/evaluations/test-2026/report.pdf").content.startswith(b"%PDF")
    book = CalamineWorkbook.from_filelike(io.BytesIO(visitor.get("/evaluations/test-2026/?format=xlsx").content))
    assert any("政务服务" in row for row in book.get_sheet_by_index(0).to_python())

    matrix = text_of(visitor.get("/evaluation-owners/test-2026/"))
    assert "0个数据项由平台自己取数，1个从别处取得，2个还没有人负责" in matrix
    assert visitor.get("/evaluation-owners/test-2026/scjgj.pdf").content.startswith(b"%PDF")
    assert visitor.get("/evaluation-owners/test-2026/fgj.pdf").status_code == 404


def test_only_the_bureau_commissions_and_a_code_is_used_once(face):
    commissioned(face)
    typed = {"title": "再来一次", "code": "test-2026", "year": "2026", "place": "示例县", "evaluator": "pgjg"}
    typed |= {"contract_no": "合同2号", "contract_from": "2026-01-01", "contract_to": "2026-12-31"}
    again = face("zhou").post("/workbench/evaluations/commission/", typed)
    assert again.status_code == 409 and "已经用过了" in text_of(again)
    assert face("wang_min").get("/workbench/evaluations/commission/").status_code == 409
    assert Evaluation.objects.count() == 1 and not Value.objects.exists()


def test_the_demonstrations_are_done_once_marked_and_compared_only_where_the_method_is_the_same(face, settings):
    mulan = Path(settings.YS_COUNTIES_DIR) / "mulan"
    owner = {"edition_key": "mulan-2026", "series": "starting-days", "origin": "system"}
    Owner.objects.create(unit=org.unit("scjgj"), post="unit-head", **owner)
    for _ in range(2):
        load_demonstration(mulan)
    assert all(one.is_demo for one in Evaluation.objects.all())
    assert set(Evaluation.objects.values_list("code", "dossier__state")) == {
        ("mulan-2024-demo", "published"),
        ("mulan-2025-demo", "published"),
        ("mulan-2026-demo", "collecting"),
    }
    visitor, base = Client(), "/evaluations/mulan-2025-demo/"
    assert visitor.get("/evaluations/mulan-2026-demo/").status_code == 404
    page = text_of(visitor.get(base))
    assert "这是演示用的评价" in page and "方法改变，不能比（政务服务）" in page and "本版不评" in page
    assert "有的值来自问卷，有误差" in page and re.search(r"\d\d\.\d\d～\d\d\.\d\d", page)
    trend = text_of(visitor.get(f"{base}trend/"))
    assert "方法改变，不能比（办事满意度）" in trend and "‖" in trend and "<svg" in trend
    assert "100 × (100 − 2) ÷ (100 − 0.5) = 98.49" in text_of(visitor.get(f"{base}series/starting-days/"))
    settings.YS_COUNTY = "mulan"
    peers = text_of(visitor.get(f"{base}peers/"))
    assert "没有开展" in peers and "没有开展分" not in peers and "未知%" not in peers
    assert "第17项" in peers and "企业开办时间处于全市前列" in peers
    for part in ("edition/", "check/", "sensitivity/", "sensitivity/3/"):
        assert visitor.get(f"{base}{part}").status_code == 200, part
    of_a_neighbor = text_of(visitor.get(f"{base}indicators/starting/?place=巴彦县"))
    assert "<strong>巴彦县</strong>" in of_a_neighbor and '<a href="/"></a>' not in of_a_neighbor
    for part in ("values/0/", "values/9999/", "sensitivity/999/", "indicators/starting/?place=没有"):
        assert visitor.get(f"{base}{part}").status_code == 404, part
    listed = visitor.get("/api/v1/evaluation/published/mulan-2025-demo").json()
    assert listed["is_demo"] and len(listed["lines"]) > 17
    assert visitor.get("/api/v1/evaluation/published/nothing").status_code == 404
    assert "金穗" not in text_of(visitor.get(f"{base}codebook/"))
