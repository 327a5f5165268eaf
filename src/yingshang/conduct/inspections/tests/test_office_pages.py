"""What the office sees, and what it can do there."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from yingshang.conduct.inspections.models import Exemption, Inspector, Permission, Plan, Target, Tie, Visit
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db

OFFICE = "/workbench/inspections/"
CODE = "91350100M000100Y43"
"""The worked example of GB 32100—2015."""


def text_of(answer) -> str:
    return answer.content.decode()


def sheet_of(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


@pytest.fixture(autouse=True)
def a_monday(time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


@pytest.fixture
def han(example_county, log_in):
    return log_in("han")


def test_the_pool_of_targets_is_found_by_class_township_tag_and_name(han, django_assert_max_num_queries):
    first = Target.objects.order_by("code")[0]
    with django_assert_max_num_queries(25):
        page = text_of(han.get(f"{OFFICE}targets/"))
    assert "在库60户" in page and "下一页" in page
    found = text_of(han.get(f"{OFFICE}targets/?words={first.name[:3]}&grade=&township=&tag=&left="))
    assert first.name in found
    grade_c = sheet_of(han.get(f"{OFFICE}targets/?grade=C&tag=food&format=xlsx"))
    assert {row[-1] for row in grade_c[1:]} == {"C类"}
    assert all("食品" in row[6] for row in grade_c[1:])
    assert "没有符合条件" in text_of(han.get(f"{OFFICE}targets/?words=没有这家"))


@pytest.mark.mission("5c")
def test_one_enterprise_is_added_graded_observed_and_taken_out(han):
    wrong = text_of(han.post(f"{OFFICE}targets/add/", {"code": "91350100M000100Y44", "name": "新店（演示）"}))
    assert "校验位对不上" in wrong and 'value="新店（演示）"' in wrong
    given = {"code": "９1350100m000100y43", "name": "新店（演示）", "kind": "企业", "grade": "B", "source": "首次"}
    assert "已入库" in text_of(han.post(f"{OFFICE}targets/add/", given, follow=True))
    target = Target.objects.get(code=CODE)
    address = f"{OFFICE}targets/{target.pk}/"
    again = han.post(f"{OFFICE}targets/add/", given)
    assert again.status_code == 422 and "已经在名录库里" in text_of(again)
    late = text_of(han.post(f"{address}observe/", {"reason": "新业态", "basis": "条例", "last": "2020-01-01"}))
    assert "已经过去" in late
    han.post(f"{address}observe/", {"reason": "新业态", "basis": "条例", "last": "2099-12-31"})
    assert "观察中" in text_of(han.get(address))
    assert target.name in text_of(han.get(f"{OFFICE}observations/"))
    row = Exemption.objects.get(target=target)
    han.post(f"{OFFICE}observations/{row.pk}/end/", {"reason": "发生事故"})
    assert "已提前结束" in text_of(han.get(address))
    assert "已移出名录库" in text_of(han.post(f"{address}remove/", {"reason": "注销"}, follow=True))
    assert "调整风险类别" not in text_of(han.get(address))


@pytest.mark.mission("13h")
def test_a_sheet_of_targets_is_looked_at_first_and_names_each_fault_by_row_and_column(han):
    known = Target.objects.filter(gradings__grade="B").order_by("code")[0]
    head = "统一社会信用代码,名称,风险类别,定类依据,标签\n"
    faulty = (
        f"{head}91350100M000100Y44,甲,B,分类,\n{CODE},乙,B,分类,食品\n９1350100m000100y43,丙,E,分类,\n"
        f"９1350100m000100y43,丁,C,分类,烟花\n"
    )
    upload = SimpleUploadedFile("名录.csv", faulty.encode())
    answer = han.post(f"{OFFICE}targets/import/", {"sheet": upload})
    page = text_of(answer)
    assert answer.status_code == 422
    for words in ("校验位对不上", "请填写A、B、C、D中的一个", "和第3行重复", "没有“烟花”这个标签"):
        assert words in page
    right = f"{head}{CODE},乙（演示）,b类,分类,食品\n{known.code},{known.name},C,分类结果,\n"
    answer = han.post(f"{OFFICE}targets/import/", {"sheet": SimpleUploadedFile("名录.csv", right.encode())})
    assert not Target.objects.filter(code=CODE).exists()
    done = text_of(han.post(f"{answer.url}confirm/", follow=True))
    assert "新入库1户，调整类别1户" in done
    assert Target.objects.get(code=CODE).tags == ["food"]
    assert known.gradings.latest("on").grade == "C"
    assert Entry.objects.filter(kind="inspections.targets_taken_in").count() == 1


def test_an_inspector_is_suspended_and_ties_are_shown_only_to_those_who_may_know(han, log_in):
    inspector = Inspector.objects.get(certificate_no="黑演000004")
    target = Target.objects.order_by("code")[0]
    address = f"{OFFICE}inspectors/{inspector.pk}/"
    tie = {"code": target.code, "kind": "kinship", "since": "2026-01-01"}
    assert "已申报" in text_of(han.post(f"{address}tie/", tie, follow=True))
    assert Tie.objects.count() == 1
    assert "近亲属" in text_of(han.get(f"{OFFICE}targets/{target.pk}/"))
    host = log_in("wang_min")
    assert "近亲属" not in text_of(host.get(f"{OFFICE}targets/{target.pk}/"))
    assert host.get(f"{address}tie/").status_code == 409
    han.post(f"{address}suspend/", {"reason": "违规入企"})
    listed = text_of(han.get(f"{OFFICE}inspectors/?lamp=red"))
    assert inspector.certificate_no in listed and "违规入企" in listed
    han.post(f"{address}restore/")
    assert inspector.certificate_no not in text_of(han.get(f"{OFFICE}inspectors/?lamp=red"))


def test_the_pools_are_no_page_for_a_citizen(log_in, client, example_county):
    assert log_in("wu").get(f"{OFFICE}targets/").status_code == 409
    assert client.get(f"{OFFICE}inspectors/").status_code in {302, 401, 409}


TASK = {
    "title": "餐饮经营抽查",
    "items": ["X06"],
    "tags": ["food"],
    "ratio_a": "1/100",
    "ratio_b": "10/100",
    "ratio_c": "30/100",
    "ratio_d": "1/1",
    "first": "2026-03-01",
    "last": "2026-12-31",
    "times": "1",
}


def test_a_plan_goes_from_draft_to_the_public_and_changes_with_a_reason(han, log_in, client):
    made = han.post(f"{OFFICE}plans/draft/", {"year": "2026", "changed_because": ""})
    plan = Plan.objects.get()
    add = f"{OFFICE}plans/{plan.pk}/tasks/add/"
    form = text_of(han.get(add))
    assert "在5/100至20/100之间" in form and 'value="5/100"' in form
    wrong = text_of(han.post(add, TASK | {"ratio_b": "1/2"}))
    assert "B类的比例是1/2" in wrong
    assert made.url == f"/inspections/plans/{plan.pk}/"
    han.post(add, TASK)
    line = plan.lines.get()
    han.post(f"{OFFICE}tasks/{line.pk}/change/", TASK | {"title": "餐饮单位抽查"})
    assert "餐饮单位抽查" in text_of(han.get(f"{OFFICE}plans/{plan.pk}/submit/"))
    assert client.get(made.url).status_code == 404
    han.post(f"{OFFICE}plans/{plan.pk}/submit/")
    head = log_in("wei")
    decide = f"{OFFICE}plans/{plan.pk}/decide/"
    assert "退回要写明理由" in text_of(head.post(decide, {"approve": "no", "reason": ""}))
    assert "请公示岗公示" in text_of(head.post(decide, {"approve": "yes"}, follow=True))
    publisher = log_in("wang_min")
    publisher.post(f"{OFFICE}plans/{plan.pk}/publish/")
    page = text_of(client.get(made.url))
    assert "食品经营许可和进货查验的检查" in page and "报批" not in page
    assert "县市场监管局" in text_of(client.get("/inspections/plans/"))
    refused = han.post(f"{OFFICE}plans/draft/", {"year": "2026", "changed_because": ""})
    assert refused.status_code == 422 and "要写明理由" in text_of(refused)
    han.post(f"{OFFICE}plans/draft/", {"year": "2026", "changed_because": "增加专项"})
    assert Plan.objects.get(version=2).lines.get().title == "餐饮单位抽查"


def test_an_address_with_a_strange_number_is_no_defect(han):
    assert han.get(f"{OFFICE}plans/draft/?year=²⁰²⁶").status_code == 200
    assert han.get(f"{OFFICE}merging/merge/?visit=²").status_code == 404
    assert han.get(f"{OFFICE}targets/?words=x&grade=Z&township=nowhere").status_code == 200


def test_another_unit_sees_no_draft(han, log_in):
    han.post(f"{OFFICE}plans/draft/", {"year": "2026", "changed_because": ""})
    plan = Plan.objects.get()
    other = log_in("li_qiang")
    assert other.get(f"/inspections/plans/{plan.pk}/").status_code == 404
    assert other.get(f"{OFFICE}plans/{plan.pk}/tasks/add/").status_code == 409


def test_a_single_inspection_is_asked_for_decided_and_arranged(han, log_in):
    target = Target.objects.order_by("code")[0]
    ask = {
        "target_code": target.code,
        "kind": "case",
        "items": ["X06"],
        "cause": "complaint",
        "reason": "多人食用后不适。",
    }
    missing = han.post(f"{OFFICE}permissions/ask/", ask | {"target_code": CODE})
    assert "没有找到这个检查对象" in text_of(missing)
    page = text_of(han.post(f"{OFFICE}permissions/ask/", ask, follow=True))
    assert "安排检查" not in page
    asked = Permission.objects.get()
    address = f"{OFFICE}permissions/{asked.pk}/"
    head = log_in("wei")
    assert "没有写明理由" not in text_of(head.get(address))
    assert "不批准要写明理由" in text_of(head.post(f"{address}decide/", {"grant": "no"}))
    head.post(f"{address}decide/", {"grant": "yes", "decision": "同意。"})
    two = list(Inspector.objects.filter(certificate_no__in=["黑演000001", "黑演000002"]).order_by("certificate_no"))
    crew = {"lead": two[0].pk, "companions": [two[0].pk], "planned_on": "2026-12-01"}
    assert "不用再勾选" in text_of(han.post(f"{address}arrange/", crew))
    done = han.post(f"{address}arrange/", crew | {"companions": [two[1].pk]}, follow=True)
    assert "检查已安排" in text_of(done)
    assert Visit.objects.get().planned_on == date(2026, 12, 1)
    again = han.post(f"{address}arrange/", crew | {"companions": [two[1].pk]})
    assert "一份审批只检查一次" in text_of(again)
    assert log_in("li_qiang").get(address).status_code == 404
