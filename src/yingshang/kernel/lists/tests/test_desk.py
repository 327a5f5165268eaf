"""A list's whole way through the pages, by two persons of the owning unit."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from yingshang.kernel import lists

DESK = "/lists/desk/"
HEAD = ["编号", "收费项目", "计费单位", "标准（分）"]


@pytest.fixture
def fees(example_county):
    lists.load(settings.YS_COUNTIES_DIR / "example")
    of = lists.PublishedList.objects.get(code="example-fees")
    of.owner_id = lists.PublishedList._meta.get_field("owner").related_model.objects.get(code="scjgj").pk
    of.save()
    return of


def workbook(*rows):
    book = Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("收费.xlsx", out.getvalue())


@pytest.fixture
def signed_in(client, fees):
    """Return a function that signs a member of the cast in through the demo page."""

    def enter(name):
        page = client.get("/demo/").content.decode()
        key = page.split(f"<h2>{name}")[1].split('action="/demo/')[1].split("/")[0]
        client.post(f"/demo/{key}/")
        return client

    return enter


def test_a_sheet_becomes_a_draft_that_waits_for_another_person(signed_in):
    clerk = signed_in("王敏")
    answer = clerk.post(f"{DESK}example-fees/sheet/", {"sheet": workbook(["F01", "证照工本费", "本", 300])})
    assert answer.status_code == 302
    clerk.post(f"{answer['Location']}confirm/")
    draft = lists.Edition.objects.get(state="draft")
    assert (draft.number, draft.rows.get().values["amount_fen"]) == (3, 300)
    page = f"{DESK}editions/{draft.pk}/"
    assert clerk.post(page, {"effective_from": "2027-01-01", "source": "示例（虚构）第3号"}).status_code == 302
    shown = clerk.get(page).content.decode()
    assert "标准（分）由“0”改为“300”" in shown
    assert "自己起草的清单不能由自己审核" in shown
    assert clerk.post(f"{page}review/").status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.source) == ("draft", "示例（虚构）第3号")


def test_faults_are_shown_by_their_row_and_nothing_is_kept(signed_in):
    clerk = signed_in("王敏")
    sheet = workbook(["F01", "甲", "本", "三元"], ["X", "乙", "本", 1])
    answer = clerk.post(f"{DESK}example-fees/sheet/", {"sheet": sheet})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写整数" in page
    assert not lists.Edition.objects.filter(state="draft").exists()


def test_the_template_has_the_columns_of_the_list(signed_in):
    answer = signed_in("王敏").get(f"{DESK}example-fees/sheet/template.xlsx")
    head = [cell.value for cell in next(load_workbook(io.BytesIO(answer.content)).active.iter_rows())]
    assert head[:4] == HEAD


def test_a_draft_without_a_date_says_what_is_missing(signed_in):
    clerk = signed_in("王敏")
    answer = clerk.post(f"{DESK}example-fees/sheet/", {"sheet": workbook(["F01", "证照工本费", "本", 300])})
    clerk.post(f"{answer['Location']}confirm/")
    draft = lists.Edition.objects.get(state="draft")
    answer = clerk.post(f"{DESK}editions/{draft.pk}/", {"source": "x"})
    assert answer.status_code == 422


@pytest.mark.parametrize("address", [DESK, f"{DESK}example-fees/sheet/", f"{DESK}editions/1/"])
def test_the_desk_is_not_there_for_a_visitor(fees, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{DESK}example-fees/sheet/", f"{DESK}editions/1/"])
def test_nor_for_another_unit(signed_in, address):
    assert signed_in("李强").get(address).status_code == 404
