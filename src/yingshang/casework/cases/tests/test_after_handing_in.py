"""What an applicant does after handing in: correct once, supply later, take back; by what people see."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yingshang.casework.cases import operations
from yingshang.casework.cases.models import Case, Upload
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.tests.factories import CHIEF, CLERK, HELD, RECEIVED, REVIEWER, hand_in
from yingshang.kernel import org
from yingshang.kernel.parties import Actor

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


@pytest.fixture
def page(example_county: Any) -> Client:
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym('zhao')}/")
    return client


def a_file(name: str = "图.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PICTURE, content_type="image/png")


def read(answer: Any) -> str:
    return answer.content.decode()


def test_a_correction_is_told_at_once_handed_in_once_and_cannot_be_half_done(page: Client, zhao: Actor) -> None:
    case = hand_in(zhao)
    defects = [
        {"material": "floor-plan", "what": "没有标出操作间", "remedy": "请标出后重新上传。"},
        {"material": "", "what": "经营面积写错了", "remedy": "请按租赁合同填写。"},
    ]
    operations.ask_to_correct(case_id=case.pk, defects=defects, by=CLERK, at=RECEIVED)
    address = f"/mine/cases/{case.number}/"
    for words in ("没有标出操作间", "经营面积写错了", "现在补正"):
        assert words in read(page.get(address))
    shown = read(page.get(f"{address}correct/"))
    assert 'value="60"' in shown, "the form is asked with what was handed in"
    form = {"f.shop_name": "东湖小馆（演示）", "f.address": "东湖路8号", "f.area": "88", "send": "1"}
    answer = page.post(f"{address}correct/", form)
    assert (answer.status_code, "还没有上传：经营场所平面图" in read(answer)) == (422, True)
    answer = page.post(f"{address}correct/", form | {"f.area": "", "files-floor-plan": a_file()})
    assert (answer.status_code, "请填写经营面积" in read(answer)) == (422, True)
    page.post(f"{address}correct/", form)
    case = Case.objects.get()
    assert (case.state, case.answers["area"]) == ("submitted", 88)
    assert case.materials.get(round=2).document.media_type == "image/png"
    assert not Upload.objects.exists()
    assert page.post(f"{address}correct/", form).status_code == 302, "sent again, nothing is done twice"
    assert case.materials.filter(round=2).count() == 1
    assert "没有标出操作间</li>" in read(page.get(address)), "what was wrong with the first paper stays beside it"
    operations.accept(case_id=case.pk, by=CLERK, at=RECEIVED)
    floor_plan = case.materials.filter(key="floor-plan").order_by("pk")
    assert list(floor_plan.values_list("verdict", flat=True)) == ["defect", "fits"]


def test_what_was_to_come_later_is_shown_with_its_day_and_supplied(page: Client, zhao: Actor) -> None:
    case = hand_in(zhao, papers=[Paper(key="floor-plan", given=Given.LATER), HELD])
    operations.accept_tolerantly(case_id=case.pk, missing=["floor-plan"], promise="按期补交", by=CLERK, at=RECEIVED)
    address = f"/mine/cases/{case.number}/"
    assert "还要补交" in read(page.get(address))
    assert "经营场所平面图" in read(page.get(f"{address}supply/"))
    answer = page.post(f"{address}supply/", {"send": "1"})
    assert (answer.status_code, "还没有上传要补交的材料" in read(answer)) == (422, True)
    strange = page.post("/apply/uploads/", {"case": case.number, "material": "photo", "name": "a.png", "size": "9"})
    assert (strange.status_code, strange.json()["code"]) == (409, "cases.not_asked_for")
    page.post(f"{address}supply/", {"send": "1", "files-floor-plan": a_file()})
    assert case.materials.get(round=3).document is not None
    assert "还要补交" not in read(page.get(address))


def test_an_applicant_takes_an_application_back_and_reads_a_decision(page: Client, zhao: Actor) -> None:
    case = hand_in(zhao)
    address = f"/mine/cases/{case.number}/withdraw/"
    assert page.post(address, {}).status_code == 422
    assert "撤回" in read(page.post(address, {"reason": "不开店了"}, follow=True))
    assert Case.objects.get().state == "withdrawn"

    refused = hand_in(zhao)
    operations.accept(case_id=refused.pk, by=CLERK, at=RECEIVED)
    for _ in range(3):
        operations.advance(case_id=refused.pk, by=REVIEWER, at=RECEIVED)
    operations.decide(
        case_id=refused.pk, granted=False, reason="场所不符合要求", remedy="可以申请行政复议", by=CHIEF, at=RECEIVED
    )
    shown = read(page.get(f"/mine/cases/{refused.number}/"))
    for words in ("不予", "场所不符合要求", "可以申请行政复议"):
        assert words in shown
    assert "撤回申请" not in shown
