"""A sheet comes in whole or not at all, and what is wrong with it is said cell by cell."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import include, path
from openpyxl import Workbook, load_workbook

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import Fault, SheetDoor, Wanted
from yingshang.kernel.web.models import PendingSheet
from yingshang.kernel.web.tables.sheet_in import Sheet, read_sheet, template_of
from yingshang.kernel.web.tables.workbook_in import rows_of
from yingshang.site import urls as site_urls

HEAD = ["单位名称", "联系人", "期限"]
STORED: list[dict] = []


def day(cell):
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("请写成2026-03-02这样的日期。") from None


WANTED = [
    Wanted(title="单位名称", name="unit", example="县司法局"),
    Wanted(title="联系人", name="contact", required=False),
    Wanted(title="期限", name="due", read=day, example="2026-03-02"),
]


def check(rows, by):
    return [Fault(row=row["row"], column="单位名称", words="没有这个单位。") for row in rows if row["unit"] == "县某局"]


def store(rows, by, at):
    STORED.extend(rows)
    if any(row["unit"] == "拒绝" for row in rows):
        raise Refusal("web.sheet_empty", "不收。", "请核对。")
    return f"存入{len(rows)}行。"


DOOR = SheetDoor(name="test", title="导入示例", wanted=WANTED, check=check, store=store)
urlpatterns = [path("sheets/", include((DOOR.urls, "door"))), *site_urls.urlpatterns]
handler404 = site_urls.handler404


def workbook(*rows, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client, content, name="表.xlsx", **data):
    return client.post("/sheets/", {"sheet": SimpleUploadedFile(name, content), **data})


@pytest.fixture
def clerk(wang_min, settings):
    STORED.clear()
    client = Client()
    with override_settings(ROOT_URLCONF=__name__):
        page = client.get("/demo/").content.decode()
        key = page.split("王敏")[1].split('action="/demo/')[1].split("/")[0]
        client.post(f"/demo/{key}/")
        yield client


def test_a_good_sheet_waits_for_confirmation_and_is_stored_once(clerk):
    answer = upload(clerk, workbook(["县司法局", None, date(2026, 3, 2)], ["县营商局", "周正", "2026-03-03"]))
    assert answer.status_code == 302
    assert STORED == []
    address = answer["Location"]
    assert "县营商局" in clerk.get(address).content.decode()
    for _ in range(2):
        assert clerk.post(f"{address}confirm/").status_code == 302
    assert [row["due"] for row in STORED] == ["2026-03-02", "2026-03-03"]
    assert [row["row"] for row in STORED] == [2, 3]
    assert "存入2行。" in clerk.get(address).content.decode()


def test_faults_name_row_and_column_and_nothing_waits(clerk):
    answer = upload(clerk, workbook(["县司法局", "", "三月二日"], ["", "", "2026-03-03"], ["县某局", "", "2026-03-04"]))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "请写成2026-03-02这样的日期。" in words
    assert "没有填写。" in words
    assert "没有这个单位。" in words
    assert PendingSheet.objects.count() == 0


def test_the_faulty_rows_come_back_as_a_workbook(clerk):
    answer = upload(clerk, workbook(["县司法局", "", "2026-03-02"], ["=1+1", "", "明天"]), workbook="1")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("行号", *HEAD, "错误原因")
    assert rows[1][0] == 3
    assert "期限：请写成2026-03-02这样的日期。" in rows[1][-1]
    assert len(rows) == 2


def test_a_refusal_while_storing_stores_nothing(clerk):
    address = upload(clerk, workbook(["拒绝", "", "2026-03-02"]))["Location"]
    assert clerk.post(f"{address}confirm/").status_code == 409
    assert PendingSheet.objects.get().stored_at is None


def test_a_pending_sheet_is_its_uploaders_alone(clerk):
    address = upload(clerk, workbook(["县司法局", "", "2026-03-02"]))["Location"]
    PendingSheet.objects.update(person="somebody-else")
    assert clerk.get(address).status_code == 404
    assert clerk.post(f"{address}confirm/").status_code == 404
    assert STORED == []


def test_visitors_find_no_door(clerk):
    assert Client().get("/sheets/").status_code == 404


def test_the_template_comes_back_in(clerk):
    template = clerk.get("/sheets/template.xlsx").content
    assert read_sheet(rows_of("模板.xlsx", template), WANTED).rows[0]["unit"] == "县司法局"


def test_a_template_offers_what_may_be_picked_and_leaves_out_what_no_list_can_hold():
    wanted = [
        Wanted(title="题", name="q", choices=("好", "不好")),
        Wanted(title="长", name="r", choices=("甲" * 200, "乙" * 200)),
        Wanted(title="逗", name="s", choices=("一,二", "三")),
    ]
    offered = load_workbook(io.BytesIO(template_of("问卷", wanted))).active.data_validations.dataValidation
    assert [(str(one.sqref), one.formula1) for one in offered] == [("A2:A2001", '"好,不好"')]


def test_a_door_that_keeps_no_rows_forgets_them_when_they_are_stored(wang_min, rf):
    def said(rows, by, at):
        return f"存入{len(rows)}行。"

    door = SheetDoor(name="t", title="表", wanted=WANTED, store=said, keeps_rows=False)
    request = rf.post("/")
    request.actor = wang_min
    door._keep(Sheet(rows=[{"unit": "县司法局"}], faults=[]), wang_min, "表.xlsx")
    pending = PendingSheet.objects.get()
    door.confirm(request, pending.token)
    pending.refresh_from_db()
    assert (pending.rows, pending.outcome) == ([], "存入1行。")


@pytest.mark.parametrize("head", [["单位 名称", "联系人", "期限*"], ["单位\n名称", "联系人", "期　限"]])
def test_spaces_line_breaks_and_stars_in_the_head_do_not_matter(head):
    sheet = read_sheet(rows_of("表.xlsx", workbook(["县司法局", "", "2026-03-02"], head=head)), WANTED)
    assert sheet.rows == [{"row": 2, "unit": "县司法局", "contact": None, "due": "2026-03-02"}]


def test_a_title_may_stand_above_the_head():
    rows = [["2026年联系人名单"], HEAD, ["县司法局", "", "2026-03-02"]]
    assert read_sheet(rows, WANTED).rows[0]["row"] == 3


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (90 * 1024 * 1024))
    return buffer.getvalue()


def stretched():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "单位名称", "远"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("表.xls", b"\xd0\xcf\x11\xe0 old", "web.sheet_old_format"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "web.sheet_old_format"),
        ("空.xlsx", b"", "web.sheet_unreadable"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n", "web.sheet_unreadable"),
        ("断.xlsx", workbook(["县司法局", "", "2026-03-02"])[:-200], "web.sheet_unreadable"),
        ("乱.csv", b"\xff\xff\xff\xff", "web.sheet_unreadable"),
        ("大.xlsx", b"x" * (10 * 1024 * 1024 + 1), "web.sheet_too_large"),
        ("远.xlsx", stretched(), "web.sheet_too_large"),
        ("弹.xlsx", bomb(), "web.sheet_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_refused_in_one_sentence(name, content, code):
    with pytest.raises(Refusal) as refused:
        rows_of(name, content)
    assert refused.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_comes_in_both_encodings_of_china(encoding):
    content = "单位名称,联系人,期限\n县司法局,,2026-03-02\n".encode(encoding)
    assert read_sheet(rows_of("表.csv", content), WANTED).rows[0]["unit"] == "县司法局"


def test_a_sheet_without_the_wanted_head_names_what_is_missing():
    with pytest.raises(Refusal) as refused:
        read_sheet([["名称", "期限"], ["县司法局", "2026-03-02"]], WANTED)
    assert refused.value.code == "web.sheet_wrong_head"
    assert "单位名称" in refused.value.reason


def test_a_head_with_nothing_under_it_is_refused():
    with pytest.raises(Refusal) as refused:
        read_sheet([HEAD, ["", "", ""]], WANTED)
    assert refused.value.code == "web.sheet_empty"
