"""What people see of the plan."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from yingshang.oversight.plan_tasks.models import Question, Reading

PLAN = "/plans/example-2026-1/"


@pytest.fixture
def as_zhou(log_in):
    return log_in("zhou")


def text_of(response) -> str:
    return response.content.decode()


def test_everybody_sees_the_plan_with_its_tasks_and_leads(client, example_county):
    page = text_of(client.get(PLAN))
    assert "示例县优化营商环境工作要点" in page
    assert "第4项" in page
    assert "总牵头单位：县营商环境建设监督局" in page


def test_everybody_sees_the_sentence_and_how_many_have_done_it_but_not_who(client, example_county):
    page = text_of(client.get(f"{PLAN}tasks/1/"))
    assert "编制办事指南" in page
    assert "应报" in page
    assert "任务分解表" not in page
    assert "东湖镇政府" not in page


def test_an_official_sees_who_owes_what(as_zhou):
    page = text_of(as_zhou.get(f"{PLAN}tasks/1/"))
    assert "东湖镇政府" in page
    assert "各乡镇政府" in page


def test_the_plan_comes_out_as_a_workbook(client, example_county):
    answer = client.get(f"{PLAN}?format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "序号"
    assert len(rows) == 5


def test_a_plan_or_task_that_does_not_exist_is_not_found(client, example_county):
    for address in ("/plans/nothing/", f"{PLAN}tasks/99/", "/plans/nothing/notice/"):
        assert client.get(address).status_code == 404


def test_a_unit_sees_what_it_owes_with_its_dates(log_in):
    page = text_of(log_in("zhou").get("/workbench/units/ysj/"))
    assert "完成第1项任务" in page
    assert "2026-06-30" in page


def test_the_workbench_shows_what_the_unit_owes_first(as_zhou):
    page = text_of(as_zhou.get("/workbench/"))
    assert "完成第1项任务" in page
    assert "没有待核对的方案" in page


def test_a_unit_does_not_see_the_home_of_another(log_in):
    assert log_in("li_qiang").get("/workbench/units/scjgj/").status_code == 404


def test_a_visitor_does_not_see_the_home_of_a_unit(client, example_county):
    assert client.get("/workbench/units/ysj/").status_code in {302, 404}


def test_the_review_shows_source_beside_result_and_takes_answers(as_zhou):
    notice = "示例县专项方案\n1.公布目录。（牵头单位：县司法局；责任单位：县林业总站）\n"
    upload = SimpleUploadedFile("专项方案.txt", notice.encode("gb18030"))
    answer = as_zhou.post("/workbench/plan-readings/", {"file": upload}, follow=True)
    page = text_of(answer)
    assert "县林业总站" in page
    assert "名录中没有这个单位" in page
    question = Question.objects.get(printed="县林业总站")
    form = {"question": question.pk, "answer": "unit", "unit": "gxj"}
    as_zhou.post(f"/workbench/plan-readings/{question.reading_id}/answers/", form)
    as_zhou.post(f"/workbench/plan-readings/{question.reading_id}/confirm/")
    done = as_zhou.post(f"/workbench/plan-readings/{question.reading_id}/publish/", {"plan_code": "small"}, follow=True)
    assert "方案已发布" in text_of(done)
    assert Reading.objects.get(pk=question.reading_id).state == "published"


def test_a_question_about_a_whole_task_leaves_its_fields_marked_and_leads_to_the_task(as_zhou):
    notice = "示例县专项方案\n1.公布目录。（牵头单位：县司法局；责任单位：县发改局等部门）\n"
    upload = SimpleUploadedFile("专项方案.txt", notice.encode())
    page = text_of(as_zhou.post("/workbench/plan-readings/", {"file": upload}, follow=True))
    source = page.split('class="ml-source"')[1].split("读出的结果")[0]
    assert "【牵头单位：</span>县司法局" in source
    assert "【责任单位：</span>县发改局" in source
    question = Question.objects.get(kind="finding", reading__state="waiting")
    assert f"#span-question-{question.place}" not in page
    assert f'href="#task-{question.task_place}"' in page.split(f'id="question-{question.place}"')[1]


def test_an_upload_that_is_no_document_says_what_is_wrong(as_zhou):
    upload = SimpleUploadedFile("方案.docx", b"PK\x03\x04 nothing")
    answer = as_zhou.post("/workbench/plan-readings/", {"file": upload})
    assert answer.status_code == 409
    assert "文件损坏" in text_of(answer)
    assert not Reading.objects.filter(file_name="方案.docx").exists()


def test_a_citizen_cannot_open_the_review(log_in):
    assert log_in("wu").get("/workbench/plan-readings/").status_code in {403, 404, 409}


def test_the_home_page_leads_to_the_plan_and_says_how_far_it_is(client, example_county):
    page = text_of(client.get("/"))
    assert f'href="{PLAN}"' in page
    assert "看方案进展" in page
    assert "4项任务" in page


def test_the_workbench_shows_what_the_unit_owes(as_zhou):
    page = text_of(as_zhou.get("/workbench/"))
    assert "本单位应办事项" in page
    assert "看本单位全部应办事项" in page


def test_the_workbench_of_a_citizen_shows_no_unit(log_in):
    assert "看本单位全部应办事项" not in text_of(log_in("wu").get("/workbench/"))
