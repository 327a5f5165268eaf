"""The way of an applicant, by what people see: questions, form, materials, check, receipt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, Draft, Upload
from yingshang.casework.cases.slots import apply_link
from yingshang.kernel import clock, org
from yingshang.kernel.parties import ANONYMOUS
from yingshang.registers.catalogue import api as catalogue

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
captured_commits = partial(TestCase.captureOnCommitCallbacks, execute=True)
ITEM = "/apply/food-business/"
FORM = {"f.shop_name": "东湖小馆（演示）", "f.address": "东湖路8号", "f.area": "６０"}


@pytest.fixture
def log_in(example_county: Any) -> Callable[[str], Client]:
    def logged_in(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return logged_in


def words(answer: Any) -> str:
    """What people read on a page, without the markup."""
    text = re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style).*?</\1>", "", answer.content.decode()))
    return re.sub(r"\s+", "", text)


def filled(client: Client, **answers: str) -> str:
    """Fill in an application for a shop up to the check, and return the address of its draft."""
    address = client.post(ITEM, {}).headers["Location"]
    draft = re.match(r"/apply/drafts/[^/]+/", address)[0]
    client.post(f"{draft}questions/business/", {"answer": "shop"})
    client.post(f"{draft}pages/1/", FORM | answers)
    plan = SimpleUploadedFile("平面图.pdf", PDF, content_type="application/pdf")
    client.post(f"{draft}materials/floor-plan/", {"way": "file", "files": plan})
    return draft


def test_an_applicant_goes_from_question_to_receipt(log_in):
    zhao = log_in("zhao")
    start = words(zhao.get(ITEM))
    assert "申请食品经营许可（新办）" in start
    assert "8个工作日" in start
    answer = zhao.post(ITEM, {}, follow=True)
    assert "您打算怎样经营？" in words(answer)
    draft = re.match(r"/apply/drafts/[^/]+/", answer.redirect_chain[-1][0])[0]
    answer = zhao.post(f"{draft}questions/business/", {})
    assert (answer.status_code, "请选择一个答案" in words(answer)) == (422, True)
    page = words(zhao.post(f"{draft}questions/business/", {"answer": "shop"}, follow=True))
    assert "经营面积" in page
    answer = zhao.post(f"{draft}pages/1/", FORM | {"f.area": "很大", "f.credit_code": "91350100M000100Y44"})
    assert answer.status_code == 422
    assert "校验位对不上" in words(answer)
    assert 'value="很大"' in answer.content.decode(), "what was typed is not lost"
    answer = zhao.post(f"{draft}pages/1/", FORM, follow=True)
    assert "经营场所平面图" in words(answer)
    assert "健康证明" not in words(zhao.get(draft)), "only what applies is asked for"
    assert "从县市场监管局获取" in words(zhao.get(draft))
    plan = SimpleUploadedFile("平面图.pdf", PDF, content_type="application/pdf")
    answer = zhao.post(f"{draft}materials/floor-plan/", {"way": "file", "files": plan}, follow=True)
    check = words(answer)
    for seen in ("核对并提交", "60", "平面图.pdf", "只卖不做", "8个工作日", "不收费"):
        assert seen in check
    assert f'href="{draft}pages/1/?then=check"' in answer.content.decode()
    answer = zhao.post(f"{draft}check/", {})
    assert (answer.status_code, "还没有声明" in words(answer)) == (422, True)
    answer = zhao.post(f"{draft}check/", {"declared": "on"}, follow=True)
    case = Case.objects.get()
    assert case.number in words(answer)
    assert "接下来会发生什么" in words(answer)
    assert zhao.get(f"/mine/cases/{case.number}/receipt/").content.startswith(b"%PDF")
    assert zhao.get(f"/mine/cases/{case.number}/application/").content.startswith(b"%PDF")
    assert case.answers["area"] == 60
    assert not Upload.objects.exists()
    assert "平面图" in words(zhao.get(f"/mine/cases/{case.number}/"))
    assert case.number in words(zhao.get("/mine/cases/"))


def test_a_doubled_click_gives_the_same_receipt(log_in):
    zhao = log_in("zhao")
    draft = filled(zhao)
    first = zhao.post(f"{draft}check/", {"declared": "on"})
    second = zhao.post(f"{draft}check/", {"declared": "on"})
    case = Case.objects.get()
    assert first.headers["Location"] == f"/mine/cases/{case.number}/received/"
    assert second.headers["Location"] == f"/mine/cases/{case.number}/"
    assert zhao.get(draft).headers["Location"] == f"/mine/cases/{case.number}/"


def test_what_is_held_is_shown_with_its_source_and_what_was_typed_is_not_asked_again(log_in):
    shop = log_in("fan")
    start = shop.post(ITEM, {}, follow=True)
    draft = re.match(r"/apply/drafts/[^/]+/", start.redirect_chain[-1][0])[0]
    page = shop.get(f"{draft}pages/1/").content.decode()
    assert "来源：首次办理时登记（演示）" in page
    assert 'name="f.shop_name"' not in page
    assert "/profiles/fields/enterprise.name/correct/" in page
    assert "统一社会信用代码" in page


def test_somebody_elses_draft_file_and_case_are_not_there(log_in):
    zhao, wu = log_in("zhao"), log_in("wu")
    draft = filled(zhao)
    upload = Upload.objects.get()
    zhao.post(f"{draft}check/", {"declared": "on"})
    case = Case.objects.get()
    draft_of_zhao = filled(zhao)
    for address in (
        draft_of_zhao,
        f"{draft_of_zhao}pages/1/",
        f"{draft_of_zhao}check/",
        f"{draft_of_zhao}paper/",
        f"{draft_of_zhao}drop/",
        f"/mine/cases/{case.number}/",
        f"/mine/cases/{case.number}/receipt/",
        f"/mine/cases/{case.number}/withdraw/",
    ):
        assert wu.get(address).status_code == 404, address
        assert Client().get(address).status_code == 404, address
    assert wu.head(f"/apply/uploads/{upload.public_id}/").status_code == 404
    assert wu.post(f"{draft_of_zhao}check/", {"declared": "on"}).status_code == 404
    assert Case.objects.count() == 1
    assert log_in("qian").get(draft_of_zhao).status_code == 200, "who acts for the applicant sees it"


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_of_it_stays(log_in):
    zhao = log_in("zhao")
    address = zhao.post(ITEM, {}).headers["Location"]
    draft = re.match(r"/apply/drafts/[^/]+/", address)[0]
    zhao.post(f"{draft}questions/business/", {"answer": "shop"})
    program = SimpleUploadedFile("平面图.pdf", b"MZ\x90\x00" + b"\0" * 500, content_type="application/pdf")
    answer = zhao.post(f"{draft}materials/floor-plan/", {"way": "file", "files": program})
    assert answer.status_code == 422
    assert "平面图.pdf" in words(answer)
    assert not Upload.objects.exists()


def test_a_connection_that_breaks_goes_on_where_it_stopped(log_in, settings):
    zhao = log_in("zhao")
    address = zhao.post(ITEM, {}).headers["Location"]
    draft = re.match(r"/apply/drafts/([^/]+)/", address)
    zhao.post(f"{draft[0]}questions/business/", {"answer": "shop"})
    content = PDF + b"\n" + b"%" * 300_000
    told = {"draft": draft[1], "material": "floor-plan", "name": "图.pdf", "size": len(content)}
    told["type"] = "application/pdf"
    begun = zhao.post("/apply/uploads/", told)
    assert begun.status_code == 201
    where = begun.json()["address"]

    def push(offset: int, piece: bytes) -> Any:
        there = {"Upload-Offset": str(offset)}
        return zhao.patch(where, piece, content_type="application/offset+octet-stream", headers=there)

    assert push(0, content[:100_000]).headers["Upload-Offset"] == "100000"
    # The page is loaded again on another device: the same file is announced, and goes on.
    again = zhao.post("/apply/uploads/", told)
    assert (again.status_code, again.json()["offset"], again.json()["address"]) == (200, 100_000, where)
    stale = push(0, content[:50])
    assert (stale.status_code, stale.headers["Upload-Offset"]) == (409, "100000")
    assert zhao.head(where).headers["Upload-Offset"] == "100000"
    # A piece was written, and the machine stopped before that was noted: it is written over.
    upload = Upload.objects.get()
    with (settings.YS_DATA_DIR / "uploads" / upload.public_id.hex).open("ab") as file:
        file.write(b"half a piece")
    assert push(100_000, content[100_000:]).headers["Upload-Offset"] == str(len(content))
    upload.refresh_from_db()
    assert upload.media_type == "application/pdf"
    assert (settings.YS_DATA_DIR / "uploads" / upload.public_id.hex).read_bytes() == content
    assert push(0, b"more").status_code == 204, "a whole file takes nothing more"
    zhao.post(f"{draft[0]}pages/1/", FORM)
    zhao.post(f"{draft[0]}check/", {"declared": "on"})
    assert Case.objects.get().materials.get(key="floor-plan").document.size == len(content)


def test_an_item_withdrawn_while_people_fill_it_in_keeps_the_draft_and_says_where_to_go(log_in):
    zhao = log_in("zhao")
    draft = filled(zhao)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_item SET ended_on = '2026-01-02', ended_because = '改为备案', go_to = '请到备案窗口' "
            "WHERE slug = 'food-business'"
        )
    for address in (draft, f"{draft}pages/1/", f"{draft}check/"):
        answer = zhao.get(address)
        assert answer.status_code == 409
        assert "请到备案窗口" in words(answer)
        assert "草稿还在" in words(answer)
    assert zhao.post(f"{draft}check/", {"declared": "on"}).status_code == 409
    assert Draft.objects.count() == 1
    assert not Case.objects.exists()
    assert zhao.get(f"{draft}paper/").content.startswith(b"%PDF")
    assert zhao.get(ITEM).status_code == 409


def test_the_receipt_opens_the_status_page_and_wrong_words_all_look_alike(log_in, settings):
    cache.clear()
    zhao = log_in("zhao")
    zhao.post(f"{filled(zhao)}check/", {"declared": "on"})
    case = Case.objects.get()
    stranger = Client()
    secret = queries.secret_of(case.number)
    answer = words(stranger.post("/status/", {"number": case.number, "secret": secret.lower()}))
    assert "提交申请" in answer
    assert "赵兰" not in answer
    wrong_secret = stranger.post("/status/", {"number": case.number, "secret": "0000-0000"})
    wrong_number = stranger.post("/status/", {"number": "202601010000-0000", "secret": secret})
    assert wrong_secret.status_code == wrong_number.status_code == 422
    assert "办件编号和查询码对不上" in words(wrong_secret)
    assert "办件编号和查询码对不上" in words(wrong_number)
    settings.YS_TRIES_A_MINUTE = 2
    for _ in range(2):
        answer = stranger.post("/status/", {"number": case.number, "secret": "0000-0000"})
    assert answer.status_code == 429


def test_an_application_is_filled_in_and_handed_in_over_the_api(log_in):
    zhao = log_in("zhao")

    def sent(method: str, address: str, body: Any = None) -> Any:
        call = getattr(zhao, method)
        return call(f"/api/v1/cases/{address}", body, content_type="application/json")

    draft = sent("post", "drafts", {"item": "food-business"}).json()
    own = f"drafts/{draft['id']}"
    assert draft["missing"] == ["您打算怎样经营？", "食品经营许可申请", "经营场所平面图"]
    sent("put", f"{own}/situation", {"question": "business", "answer": "shop"})
    wrong = sent("put", f"{own}/answers", {"values": {"shop_name": "小馆", "area": "很大"}}).json()
    assert {fault["path"] for fault in wrong["faults"]} == {"address", "area"}
    sent("put", f"{own}/answers", {"values": {"shop_name": "小馆", "address": "东湖路8号", "area": "６０"}})
    assert sent("post", f"{own}/hand-in", {"declared": True}).json()["code"] == "cases.not_finished"
    plan = SimpleUploadedFile("平面图.pdf", PDF, content_type="application/pdf")
    answer = zhao.post(f"/api/v1/cases/{own}/files", {"material": "floor-plan", "file": plan})
    assert (answer.status_code, answer.json()["is_complete"]) == (201, True)
    receipt = sent("post", f"{own}/hand-in", {"declared": True}).json()
    assert receipt == sent("post", f"{own}/hand-in", {"declared": True}).json()
    assert zhao.get(f"/api/v1/cases/mine/{receipt['number']}").json()["answers"]["area"] == 60
    assert log_in("wu").get(f"/api/v1/cases/{own}").status_code == 404


def test_a_draft_is_thrown_away_by_its_owner_and_an_old_one_by_the_clock(log_in, settings):
    zhao = log_in("zhao")
    files = settings.YS_DATA_DIR / "uploads"
    first, second = filled(zhao), filled(zhao)
    names = [upload.public_id.hex for upload in Upload.objects.order_by("pk")]
    with captured_commits():
        zhao.post(f"{first}drop/")
    assert [(files / name).exists() for name in names] == [False, True]
    assert zhao.get(first).status_code == 404
    now = clock.now()
    assert operations.forget_drafts(at=now) == 0
    with captured_commits():
        assert operations.forget_drafts(at=now + timedelta(days=91)) == 1
    assert not (files / names[1]).exists()
    assert zhao.get(second).status_code == 404


def test_the_list_of_ones_cases_asks_the_same_however_long_it_is(log_in, django_assert_max_num_queries):
    zhao = log_in("zhao")
    for _ in range(3):
        zhao.post(f"{filled(zhao)}check/", {"declared": "on"})
    with django_assert_max_num_queries(22):
        page = words(zhao.get("/mine/cases/"))
    assert page.count("已提交，待受理") == 3


def test_an_item_of_the_window_has_no_way_online(example_county):
    online = catalogue.version_on("food-business", clock.today())
    there = replace(online.content.where, channels=("1",))
    window = replace(online, content=replace(online.content, where=there))
    assert apply_link(ANONYMOUS, window) == []
    assert [address for _, address in apply_link(ANONYMOUS, online)] == [ITEM]
