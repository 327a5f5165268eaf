"""An officer who cannot program makes an item on the screens, and everybody may see and compare it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.kernel import clock
from yingshang.registers.catalogue import api
from yingshang.registers.catalogue.models import Item, ItemVersion
from yingshang.registers.catalogue.rules.content import read

pytestmark = pytest.mark.django_db


def said(response, status=200):
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def save(client, version, part, values, number=None):
    where = f"/workbench/item-versions/{version.pk}/parts/{part}/"
    where += "" if part in ("basics", "where", "limits", "choices") else f"{number}/" if number else "add/"
    response = client.post(where, values)
    assert response.status_code == 302, re.findall(r"govuk-error-message.{0,200}", response.content.decode())
    version.refresh_from_db()
    return version


def test_an_officer_makes_an_item_on_the_screens_and_it_can_be_applied_for(log_in):
    client = log_in("han")
    made = {
        "title": "小面馆登记",
        "kind": "confirmation",
        "slug": "noodle-shop",
        "code": "11239901MB0000115D4230131003099",
    }
    assert "网址代号" in said(client.get("/workbench/items/new/"))
    assert "不能作为网址代号" in said(client.post("/workbench/items/new/", made | {"slug": "Noodle Shop"}), 422)
    response = client.post("/workbench/items/new/", made)
    version = ItemVersion.objects.get(item__slug="noodle-shop")
    assert response["Location"] == f"/workbench/item-versions/{version.pk}/"
    at = f"/workbench/item-versions/{version.pk}/"
    assert "处要改" in said(client.get(at))

    save(client, version, "bases", {"text": "《示例县政务服务办法》第八条", "edition": "2025-12-01", "todo": ""})
    basics = {
        "title": "小面馆登记", "kind": "confirmation", "level": "4", "power_source": "1", "basis": ["b1"],
        "applicants": ["1", "2"], "summary": "开面馆前登记。", "names": "吃面\n面条店", "result-title": "登记书",
    }  # fmt: skip
    save(client, version, "basics", basics)
    save(
        client,
        version,
        "where",
        {"channels": ["1", "3"], "visits": "0", "consult": "0451", "complain": "12345", "nature": "1"},
    )
    save(client, version, "places", {"name": "政务中心"})
    save(client, version, "conditions", {"title": "有固定地点", "basis": "b1"})
    limits = {
        "statutory-days": "20", "statutory-unit": "wd", "statutory-basis": "b1",
        "committed-days": "3", "committed-unit": "wd", "committed-basis": "承诺清单",
    }  # fmt: skip
    save(client, version, "limits", limits)
    save(client, version, "situations", {"title": "外卖吗？", "answers": "外卖\n堂食"})
    material = {"title": "店内照片", "required": "on", "source_kind": "self", "basis": "b1", "form-electronic": "on"}
    save(client, version, "materials", material)
    save(client, version, "materials", {**material, "title": "其他材料", "applies": ["q1:a1"]})
    save(client, version, "steps", {"title": "审查", "post": "reviewer", "days": "2", "basis": "b1"})
    save(client, version, "choices", {"commitment": "none"})
    save(client, version, "faq", {"ask": "收费吗？", "answer": "不收费。"})
    save(client, version, "fields", {"title": "店名", "kind": "text", "required": "on", "held": "enterprise.name"})
    save(client, version, "fields", {"title": "面积", "kind": "number", "least": "9", "most": "1"})
    save(client, version, "fields", {"title": "口味", "kind": "choice", "options": "牛肉\n羊肉"})
    assert version.content["situations"][0]["answers"] == [
        {"key": "a1", "title": "外卖"},
        {"key": "a2", "title": "堂食"},
    ]
    assert version.content["form"]["order"] == ["f1", "f2", "f3"]
    assert version.content["form"]["properties"]["f1"]["x-held"] == "enterprise.name"

    page = said(client.get(f"{at}check/"))
    assert "材料“其他材料”是兜底的说法" in page and f"{at}parts/materials/" in page
    assert "第三十五条" in page and f"{at}parts/fields/" in page
    save(client, version, "materials", {**material, "title": "外卖平台协议", "applies": ["q1:a1"]}, number=2)
    save(client, version, "fields", {"title": "面积", "kind": "number", "least": "1", "most": "900"}, number=2)
    assert "没有发现问题" in said(client.get(f"{at}check/")), re.findall(
        "<strong>(.*?)</strong>", said(client.get(f"{at}check/"))
    )
    up = client.post(f"{at}parts/materials/2/move/", {"deed": "up", "revision": version.revision})
    assert up.status_code == 302
    version.refresh_from_db()
    assert [each["title"] for each in version.content["materials"]] == ["外卖平台协议", "店内照片"]
    stale = client.post(f"{at}parts/materials/2/move/", {"deed": "remove", "revision": "1"})
    assert stale.status_code == 409

    preview = said(client.get(f"{at}preview/"))
    assert "外卖平台协议" not in preview and "店名" in preview and "吃面" not in preview
    assert "外卖平台协议" in said(client.get(f"{at}preview/?q1=a1"))
    assert client.post(f"{at}send/").status_code == 302
    assert said(client.post(f"{at}parts/faq/add/", {"ask": "?", "answer": "!"}), 404)

    reviewer = log_in("sun")
    assert "审核" in said(reviewer.get(at))
    assert "写明" in said(reviewer.post(f"{at}review/", {"agree": "no", "note": ""}), 422)
    assert reviewer.post(f"{at}review/", {"agree": "yes"}).status_code == 302
    publisher = log_in("wang_min")
    today = clock.today()
    yesterday = {"effective_from": today - timedelta(days=1)}
    assert "早于今天" in said(publisher.post(f"{at}publish/", yesterday), 422)
    assert publisher.post(f"{at}publish/", {"effective_from": today}).status_code == 302
    found = api.version_on("noodle-shop", today)
    assert found.title == "小面馆登记" and api.takes_new_cases("noodle-shop", today) is None
    assert found.content == read(found.content and version_content(found.pk))


def version_content(pk):
    return ItemVersion.objects.get(pk=pk).content


def test_drafts_are_their_units_own_and_the_catalogue_is_everybodys(log_in, client):
    draft = ItemVersion.objects.get(item__slug="food-business")
    for address in ("/workbench/items/", f"/workbench/item-versions/{draft.pk}/", "/workbench/items/of/food-business/"):
        assert client.get(address).status_code in (302, 404, 409)
    stranger = log_in("li_qiang")
    assert stranger.get(f"/workbench/item-versions/{draft.pk}/").status_code == 404
    assert stranger.get("/workbench/items/of/food-business/").status_code == 404
    client.logout()
    page = said(client.get("/catalogue/"))
    assert "食品经营许可（新办）" in page and "优化审批服务" in page and "8个工作日" in page
    assert "临时占用城市道路许可" in said(client.get("/catalogue/gaps/"))
    assert "60%" in said(client.get("/catalogue/items/food-business/versions/"))
    page = said(client.get("/catalogue/items/small-kitchen/versions/1/2/"))
    assert "取消：防鼠防虫设施说明" in page and "收到办件" in page and "在园区先试" in page
    assert client.get("/catalogue/items/nowhere/versions/").status_code == 404
    assert "小型餐饮" in said(client.get("/catalogue/?kind=confirmation"))
    assert "食品经营许可" not in said(client.get("/catalogue/?kind=confirmation"))
    workbooks = ("/catalogue/", "/catalogue/gaps/", "/catalogue/items/small-kitchen/versions/", "/catalogue/practices/")
    for address in (*workbooks, "/catalogue/items/small-kitchen/versions/1/2/"):
        assert client.get(f"{address}?format=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")
    head = log_in("wei")
    for part in ("versions", "delegations", "transfers"):
        found = head.get(f"/workbench/items/of/small-kitchen/?format=xlsx&of={part}")
        assert found["Content-Type"].endswith("spreadsheetml.sheet")
    assert "西山镇政府" in said(head.get("/workbench/items/of/small-kitchen/"))
    assert client.get("/catalogue/items/food-business/versions/1/2/").status_code == 404


def test_items_and_materials_go_out_and_come_in_as_workbooks(log_in):
    client = log_in("han")
    out = openpyxl.load_workbook(io.BytesIO(client.get("/workbench/items/export/").content)).active
    rows = [[cell.value for cell in row] for row in out.iter_rows()]
    mine = next(row for row in rows if row[0] == "food-business")
    assert mine[1:3] == ["食品经营许可（新办）", "行政许可"] and mine[8] == 20

    def workbook(head, *body):
        book = openpyxl.Workbook()
        for row in (head, *body):
            book.active.append(row)
        kept = io.BytesIO()
        book.save(kept)
        return SimpleUploadedFile("表.xlsx", kept.getvalue())

    mine[rows[0].index("承诺时限（工作日）")] = 6
    bad = [*mine]
    bad[0], bad[2] = "signboard-record", "审批"
    faulty = client.post("/workbench/items/import/", {"sheet": workbook(rows[0], bad)})
    assert "没有“审批”" in said(faulty, 422) and "别的单位" not in said(faulty, 422)
    kept = client.post("/workbench/items/import/", {"sheet": workbook(rows[0], mine)})
    assert kept.status_code == 302 and not Item.objects.get(slug="food-business").versions.filter(state="draft")
    assert client.post(f"{kept['Location']}confirm/").status_code == 302
    draft = ItemVersion.objects.get(item__slug="food-business", state="draft")
    assert draft.content["limits"]["committed"]["days"] == 6
    assert draft.content["materials"] == version_content(api.version_on("food-business", clock.today()).pk)["materials"]

    out = openpyxl.load_workbook(io.BytesIO(client.get("/workbench/items/materials/export/").content)).active
    rows = [[cell.value for cell in row] for row in out.iter_rows()]
    mine = [row for row in rows if row[0] == "food-business"][1:]
    kept = client.post("/workbench/items/materials/import/", {"sheet": workbook(rows[0], *mine)})
    assert client.post(f"{kept['Location']}confirm/").status_code == 302
    draft.refresh_from_db()
    assert [each["key"] for each in draft.content["materials"]] == [
        "floor-plan",
        "health-certificate",
        "cold-room-plan",
    ]
    assert draft.content["materials"][1]["applies"] == {"business": ["restaurant"]}


def test_lists_ask_a_fixed_number_of_questions(log_in, django_assert_max_num_queries):
    client = log_in("wu")
    for address in ("/catalogue/", "/catalogue/gaps/", "/catalogue/items/food-business/versions/"):
        said(client.get(address))
        with django_assert_max_num_queries(16):
            said(client.get(address))
