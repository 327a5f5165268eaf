"""What people see and do about their unit's own plan, on the example county's own notice."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from yingshang.kernel import clock, org, work
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Duty, Filing, Stage, TypingDay, WorkPlan

DUE = "2030-06-30"


@pytest.fixture
def log_in(client, example_county):
    """Choose a face on the demo page, as a visitor of a demo does."""

    def choose(key: str):
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def text_of(response) -> str:
    return response.content.decode()


def duty_of(unit: str, place: int = 3) -> work.Obligation:
    duties = Duty.objects.filter(task__edition__plan__code="example-2026-1", task__place=place, unit__code=unit)
    return duties.get(obligation__kind="plan_tasks.file_sub_plan").obligation


@pytest.fixture
def drafted(log_in):
    """李强 begins the sub-plan of 县司法局 for task 3 and writes one stage, page by page."""
    page = log_in("li_qiang")
    assert "报送第3项任务的子方案" in text_of(page.get("/workbench/units/sfj/plans/"))
    page.post(f"/workbench/obligations/{duty_of('sfj').pk}/plan/")
    plan = WorkPlan.objects.get(unit__code="sfj", year=None)
    here = f"/workbench/work-plans/{plan.pk}/"
    opened = text_of(page.get(f"{here}stages/add/")).split('name="opened" value="')[1].split('"')[0]
    step = page.post(f"{here}stages/add/", {"title": "公示检查结果", "goal_kind": "number", "opened": opened})
    assert step["Location"] == f"{here}stages/add/goal/"
    assert "第2步，共3步" in text_of(page.get(f"{here}stages/add/goal/"))
    goal = {"words": "按期公示率", "baseline": "60", "target": "100", "unit": "%", "source": "公示系统"}
    page.post(f"{here}stages/add/goal/", goal)
    done = page.post(
        f"{here}stages/add/when/", {"starts_on": "2030-01-01", "finish_on": DUE, "answers": "法制股 股长"}, follow=True
    )
    assert "第1阶段：公示检查结果" in text_of(done)
    assert "由60%到100%" in text_of(done)
    return plan


def test_a_goal_that_cannot_be_checked_is_said_beside_its_field(log_in, drafted):
    page = log_in("li_qiang")
    stage = Stage.objects.get(edition__work_plan=drafted)
    half = {"words": "按期公示率", "unit": "%", "target": "100"}
    answer = page.post(f"/workbench/stages/{stage.pk}/edit/goal/", half)
    assert answer.status_code == 422
    assert "请填写现有数值。" in text_of(answer)
    same = {"words": "按期公示率", "baseline": "100", "target": "100", "unit": "%", "source": "公示系统"}
    assert "目标数值和现有数值相同" in text_of(page.post(f"/workbench/stages/{stage.pk}/edit/goal/", same))
    back = {"starts_on": DUE, "finish_on": "2030-01-01", "answers": "法制股"}
    assert "早于开始日期" in text_of(page.post(f"/workbench/stages/{stage.pk}/edit/when/", back))


def test_the_way_from_the_check_page_over_the_desk_to_the_public_page(log_in, drafted, client):
    page = log_in("li_qiang")
    here = f"/workbench/work-plans/{drafted.pk}/"
    check = text_of(page.get(f"{here}check/"))
    assert "符合" in check and "不符合" not in check
    version = check.split('name="version" value="')[1].split('"')[0]
    assert "已报备，待审核" in text_of(page.post(f"{here}file/", {"version": version}, follow=True))
    again = page.post(f"{here}file/", {"version": version})
    assert again.status_code == 409
    filing = Filing.objects.get(edition__work_plan=drafted)
    desk = log_in("zhou")
    assert "第3项任务子方案" in text_of(desk.get("/workbench/filing-desk/"))
    shown = text_of(desk.get(f"/workbench/filing-desk/{filing.pk}/"))
    assert "检查清单" in shown and "按期公示率" in shown
    desk.post(f"/workbench/filing-desk/{filing.pk}/return/", {"reasons": "请把责任人写到科室和姓名。"})
    returned = text_of(log_in("li_qiang").get(here))
    assert "请把责任人写到科室和姓名。" in returned and "核对" in returned
    client.post(f"{here}file/")
    second = Filing.objects.get(edition__work_plan=drafted, round=2)
    assert "公示检查结果" not in text_of(client.get("/plans/example-2026-1/tasks/3/"))
    log_in("zhou").post(f"/workbench/filing-desk/{second.pk}/accept/")
    client.logout()
    public = text_of(client.get("/plans/example-2026-1/tasks/3/"))
    assert "公示检查结果" in public and "2030" in public
    book = client.get("/plans/example-2026-1/tasks/3/?format=xlsx&part=stages")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["县司法局", "公示检查结果"]


def test_the_stages_come_in_as_a_sheet_with_every_fault_by_row_and_column(log_in, drafted):
    page = log_in("li_qiang")
    here = f"/workbench/work-plans/{drafted.pk}/sheet/"
    rows = [
        "阶段,目标类型,要达到什么,现有数值,目标数值,计量单位,依据什么检验,开始日期,完成时限,责任人,在哪些阶段之后",
        "甲,数值,压减时间,20,,工作日,办件系统,2030-01-01,2030-03-01,周,",
        "乙,是否完成,办成,,,,文件,2030年5月1日,2030-02-01,周,1",
    ]
    bad = "\n".join(rows)
    answer = page.post(here, {"sheet": SimpleUploadedFile("阶段.csv", bad.encode("utf-8-sig"))})
    faults = text_of(answer)
    assert answer.status_code == 422
    assert "没有写明目标数值" in faults and "早于开始日期" in faults
    good = bad.replace("20,,工作日", "20,8,工作日").replace("2030-02-01", "2030-06-01")
    preview = page.post(here, {"sheet": SimpleUploadedFile("阶段.csv", good.encode("utf-8-sig"))})
    assert Stage.objects.filter(edition__work_plan=drafted).count() == 1
    done = page.post(f"{preview['Location']}confirm/", follow=True)
    assert "已存入2个阶段" in text_of(done)
    stages = list(Stage.objects.filter(edition__work_plan=drafted).order_by("place"))
    assert [each.title for each in stages] == ["甲", "乙"]
    assert list(stages[1].follows.all()) == [stages[0]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(page.get(f"{here}template.xlsx").content))
    assert book.get_sheet_by_index(0).to_python()[2][0] == "乙"


def test_typing_is_counted_for_the_unit_and_shown_on_its_page(log_in, drafted):
    row = TypingDay.objects.get(unit__code="sfj")
    assert (row.forms, row.fields) == (1, 2)
    assert "填表时长" in text_of(log_in("li_qiang").get("/workbench/units/sfj/typing/"))


def test_drafts_and_the_desk_are_for_those_concerned(log_in, drafted):
    stranger = log_in("wang_min")
    here = f"/workbench/work-plans/{drafted.pk}/"
    assert "公示检查结果" not in text_of(stranger.get(here))
    assert stranger.get(f"{here}stages/add/").status_code == 409
    assert stranger.get("/workbench/filing-desk/").status_code == 409
    assert log_in("wu").get(here).status_code == 409


def test_the_lists_cost_the_same_however_many_plans_there_are(drafted, django_assert_max_num_queries):
    everybody = queries.yearly_plans(clock.today().year)
    assert len(everybody) > 5
    with django_assert_max_num_queries(12):
        queries.plan_rows(everybody, clock.today())
    with django_assert_max_num_queries(12):
        queries.plan_rows(queries.begun_plans_of(org.unit("fgj")), clock.today())
