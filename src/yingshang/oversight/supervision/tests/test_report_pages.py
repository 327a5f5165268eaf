"""What the reporter, the bureau and the unit see of a report."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from yingshang.kernel import org
from yingshang.oversight.supervision.models import ProblemReport

PHOTO = b"\xff\xd8\xff\xdb\x00\x03\x00\xff\xda\x00\x02\x12\xff\xd9"
CONTACT = "吴桐 13912345678"
TYPED = {"text": "叫号机坏了三天，请打13987654321", "place": "政务大厅", "unit": "scjgj"}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def face(example_county):
    def choose(key: str) -> Client:
        client = Client()
        if key:
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def text_of(response) -> str:
    return response.content.decode()


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def report(client: Client, **changed) -> tuple[str, dict]:
    """Walk the three pages; returns the receipt and what the last page sent."""
    typed = TYPED | changed
    typed["key"] = hidden(text_of(client.get("/report/")), "key")
    second = text_of(client.post("/report/where/", {name: typed[name] for name in ("key", "text")}))
    assert "第2步，共3步" in second
    third = text_of(client.post("/report/reach/", {name: typed[name] for name in ("key", "text", "place", "unit")}))
    assert hidden(third, "unit") == typed["unit"]
    photo = SimpleUploadedFile("吴桐家门口.jpg", PHOTO, "image/jpeg")
    answer = client.post("/report/send/", typed | {"contact": CONTACT, "photos": [photo]})
    assert answer.status_code == 200, text_of(answer)
    return text_of(answer), typed


def door_of(receipt: str) -> dict[str, str]:
    number, code = re.findall(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</strong>", receipt)
    return {"number": number, "code": code}


def test_a_report_goes_from_a_phone_to_the_unit_and_back_and_the_unit_never_learns_who(face):
    citizen, bureau, unit, other = face(""), face("zhou"), face("wang_min"), face("li_qiang")
    receipt, typed = report(citizen)
    door = door_of(receipt)
    assert "谁也不能帮您找回" in receipt
    photo = SimpleUploadedFile("吴桐家门口.jpg", PHOTO, "image/jpeg")
    again = text_of(citizen.post("/report/send/", typed | {"contact": CONTACT, "photos": [photo]}))
    assert door_of(again) == door
    found = ProblemReport.objects.get()
    address = f"/workbench/reports/{found.pk}/"

    desk = text_of(bureau.get(address))
    assert "叫号机坏了三天" in desk
    assert CONTACT not in desk
    assert CONTACT in text_of(bureau.post(f"{address}contact/"))
    assign = text_of(bureau.get(f"{address}assign/"))
    assert "请打（号码已隐去）" in assign
    form = {"unit": "scjgj", "area": "windows", "told": "叫号机坏了三天。", "pass_on_photos": "on"}
    assert bureau.post(f"{address}assign/", form).status_code == 302

    assert other.get(address).status_code == 404
    seen = text_of(unit.get(address)) + text_of(unit.get("/workbench/reports/")) + text_of(unit.get("/workbench/"))
    assert "叫号机坏了三天" in seen
    for secret in (CONTACT, "13987654321", "吴桐家门口", door["number"], door["code"], "联系方式"):
        assert secret not in seen
    assert unit.post(f"{address}contact/").status_code == 404
    assert unit.post(f"{address}sign/").status_code == 302
    unit.post(f"{address}done/", {"words": "叫号机已修好。"})
    assert unit.get(f"{address}close/").status_code == 409

    mine = text_of(citizen.post("/report/status/", door))
    assert "叫号机已修好" in mine
    assert "没有解决，重新办理" in mine
    again = text_of(citizen.post("/report/unsolved/", door | {"reason": "今天又坏了"}))
    assert "已退回承办单位重新办理" in again
    assert "今天又坏了" in text_of(unit.get(address))
    unit.post(f"{address}done/", {"words": "换了新的叫号机。"})
    assert "这件反映已经办结" in text_of(citizen.post("/report/solved/", door))
    figures = text_of(face("").get("/reports/"))
    assert re.search(r"<strong>1</strong> 反映人确认已解决", figures)


def test_number_and_code_together_or_nothing_and_no_address_holds_the_code(face):
    receipt, _ = report(face(""))
    door, stranger = door_of(receipt), face("wu")
    for wrong in (door | {"code": "0000-0000-0000"}, {"number": "0000-0000-0000", "code": door["code"]}):
        answer = stranger.post("/report/status/", wrong)
        assert answer.status_code == 422
        assert "编号和查询码要同时对" in text_of(answer)
    assert stranger.get(f"/report/status/?number={door['number']}&code={door['code']}").status_code == 200
    assert "经过" not in text_of(stranger.get(f"/report/status/?number={door['number']}&code={door['code']}"))
    assert door["code"] not in receipt.split('src="data:')[1].split('"')[0]


@pytest.mark.parametrize("step", ["where", "reach", "send"])
def test_a_short_text_comes_back_to_the_first_page_and_nothing_is_stored(face, step):
    answer = face("").post(f"/report/{step}/", {"key": "0" * 32, "text": "坏"})
    assert answer.status_code == 422
    assert "第1步，共3步" in text_of(answer)
    assert "再写几个字" in text_of(answer)
    assert not ProblemReport.objects.exists()


def test_what_is_no_photo_is_said_on_the_last_page_and_nothing_is_stored(face):
    client = face("")
    photo = SimpleUploadedFile("照片.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = client.post("/report/send/", TYPED | {"key": "0" * 32, "photos": [photo]})
    assert answer.status_code == 422
    assert "不是完整的照片" in text_of(answer)
    assert hidden(text_of(answer), "text") == TYPED["text"]
    assert not ProblemReport.objects.exists()


def test_danger_shows_whom_to_call_before_anything_else(face):
    page = text_of(face("").post("/report/where/", {"key": "0" * 32, "text": "大厅门口着火了"}))
    assert page.index('href="tel:119"') < page.index("<h1")


def test_the_sixth_report_of_a_browser_on_one_day_waits_for_tomorrow(face):
    client = face("")
    for place in range(5):
        report(client, place=f"{place}号窗口")
    answer = client.post("/report/send/", TYPED | {"key": "f" * 32})
    assert answer.status_code == 422
    assert "一天最多反映5件" in text_of(answer)


def test_lists_cost_the_same_however_many_and_come_out_as_a_workbook(face, django_assert_max_num_queries):
    client, bureau = face(""), face("zhou")
    for place in range(4):
        report(client, place=f"{place}号窗口")
    bureau.get("/workbench/reports/")
    with django_assert_max_num_queries(20):
        bureau.get("/workbench/reports/")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(bureau.get("/workbench/reports/?format=xlsx").content))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert len(rows) == 5
    numbers = set(ProblemReport.objects.values_list("public_no", flat=True))
    assert not numbers & {str(cell) for row in rows for cell in row}
    assert face("").get("/reports/?format=xlsx").status_code == 200


def test_the_api_takes_a_report_once_and_keeps_a_unit_from_what_is_not_its_own(face):
    client, unit = face(""), face("wang_min")
    form = {"key": "a" * 32, "text": "收费不公示", "place": "大厅"}
    first, second = (client.post("/api/v1/supervision/reports", form) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    door = {name: first.json()[name] for name in ("number", "code")}
    json = {"content_type": "application/json"}
    assert client.post("/api/v1/supervision/reports/status", door, **json).json()["state"] == "待分办"
    assert client.post("/api/v1/supervision/reports/status", door | {"code": "x"}, **json).status_code == 404
    found = ProblemReport.objects.get()
    assert unit.get("/api/v1/supervision/reports").json()["rows"] == []
    assert unit.get(f"/api/v1/supervision/reports/{found.pk}").status_code == 404
    assert unit.post(f"/api/v1/supervision/reports/{found.pk}/sign").status_code in {403, 404}
    assert face("zhou").get("/api/v1/supervision/reports").json()["rows"][0]["id"] == str(found.pk)
