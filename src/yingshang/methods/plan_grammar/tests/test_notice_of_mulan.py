"""The county's own notice: every string and every trap that was counted on the printed text."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from yingshang.methods import plan_grammar

NOTICE = Path(__file__).parents[5] / "counties" / "mulan" / "plan" / "notice.txt"
GROUPS = {"各乡镇政府", "各乡镇", "县直各部门", "县直有关部门"}


@pytest.fixture(scope="module")
def text():
    return NOTICE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan(text):
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(plan_grammar.Paragraph(line, start, is_line=True))
        start += len(line) + 1
    assert plan_grammar.plain_text(blocks) == text
    return plan_grammar.parse(blocks)


@pytest.fixture(scope="module")
def tasks(plan):
    return {int(task["number"]): task for task in plan["tasks"]}


def test_it_is_plan_1(plan):
    jsonschema_rs.Draft202012Validator(plan_grammar.PLAN).validate(json.loads(json.dumps(plan)))


def test_the_document_is_what_it_says_it_is(plan):
    assert plan["doc"] == {
        "title": "木兰县优化营商环境工作方案",
        "notice_title": "关于印发《木兰县优化营商环境工作方案》的通知",
        "doc_number": "木环组发〔2019〕1号",
        "issuer": ["中共木兰县委木兰县人民政府优化营商环境领导小组"],
        "issue_date": "2019-07-16",
    }


def test_seven_sections_state_their_overall_lead(plan):
    assert [(section["label"], section["title"], section["overall_lead"]) for section in plan["sections"]] == [
        ("(一)", "构建法治环境保障体系", ["县委依法治县委员会办公室"]),
        ("(二)", "构建政务环境保障体系", ["县营商环境建设监督局"]),
        ("(三)", "构建市场环境保障体系", ["县市场监管局"]),
        ("(四)", "构建人文环境保障体系", ["县营商环境建设监督局"]),
        ("(五)", "构建生态环境保障体系", ["县生态环境局"]),
        ("(六)", "构建考核评价保障体系", ["县营商环境建设监督局"]),
        ("(七)", "营造营商环境良好氛围", ["县委宣传部"]),
    ]


def test_39_tasks_stand_under_their_sections(plan):
    assert [task["number"] for task in plan["tasks"]] == [str(number) for number in range(1, 40)]
    per_section = [sum(task["section_path"][-1] == s["title"] for task in plan["tasks"]) for s in plan["sections"]]
    assert per_section == [9, 8, 9, 3, 3, 5, 2]
    assert all(task["section_path"][0] == "任务分工" for task in plan["tasks"])


def test_a_task_is_cut_out_of_the_text_as_printed(plan, text):
    for task in plan["tasks"]:
        source = task["source"]
        assert text[source["start"] : source["end"]] == task["text"]
        assert text[: source["start"]].endswith(f"\n{task['number']}.")
        assert task["text"].endswith(")")
        for part in [*task["measures"], *task["citations"]]:
            assert text[part["start"] : part["end"]] == part["text"]


def test_units_are_counted_as_in_the_register(plan):
    units = {unit for task in plan["tasks"] for unit in [*task["lead_units"], *task["responsible_units"]]}
    assert len(units - GROUPS) == 38
    assert units >= GROUPS

    def count(role, unit):
        return sum(unit in task[role] for task in plan["tasks"])

    assert (count("lead_units", "县营商环境建设监督局"), count("responsible_units", "县营商环境建设监督局")) == (13, 7)
    assert (count("lead_units", "县司法局"), count("responsible_units", "县司法局")) == (5, 11)
    assert (count("lead_units", "县发改局"), count("responsible_units", "县发改局")) == (7, 7)
    assert (count("lead_units", "县市场监管局"), count("responsible_units", "县市场监管局")) == (5, 7)
    assert (count("lead_units", "县工信局"), count("responsible_units", "县工信局")) == (3, 7)
    assert [count("responsible_units", group) for group in ("各乡镇政府", "各乡镇", "县直各部门", "县直有关部门")] == [
        35,
        1,
        15,
        7,
    ]
    assert not any(task["support_units"] or task["oversight_units"] or task["people"] for task in plan["tasks"])


def test_open_lists_are_those_with_an_et_cetera(tasks):
    assert {number for number, task in tasks.items() if task["open_list"]} == {1, 5, 13, 16, 17, 18, 20, 26, 32}
    assert tasks[1]["responsible_units"][-1] == "县检察院"
    assert tasks[5]["responsible_units"][-1] == "县直各部门"
    assert tasks[15]["responsible_units"] == ["各乡镇政府", "县直有关部门"]


def test_irregular_clauses_are_read_all_the_same(tasks):
    assert tasks[8]["lead_units"] == ["县政法委"]
    assert tasks[8]["responsible_units"][0] == "各乡镇政府"
    assert tasks[21]["responsible_units"] == ["各乡镇政府", "县发改局", "县住建局"]
    assert tasks[23]["responsible_units"] == ["各乡镇政府", "县财政局", "县自然资源局", "县电业局"]
    assert tasks[38]["responsible_units"][:2] == ["各乡镇政府", "县委组织部"]
    assert tasks[10]["lead_units"][0] == "工业园区管委会"


def test_no_deadline_is_invented(plan):
    assert [task["deadlines"] for task in plan["tasks"]] == [[]] * 39
    assert not any(task["lead_by_convention"] or task["inherited_units"] for task in plan["tasks"])


@pytest.mark.parametrize(
    "printed, words",
    [
        ("v", "单个字母"),
        ("既", "“即”"),
        ("强区放权", "县的文件"),
        ("案件", "反面案例"),
        ("《条例》", "全称"),
        ("县银监会", "银保监会"),
        ("县人大有关专门委员会", "没有指明"),
        ("我省实施办法", "书名号"),
    ],
)
def test_a_quirk_is_reported_where_it_stands_and_not_repaired(plan, text, printed, words):
    found = [f for f in plan["findings"] if words in f["what"] and text[f["start"] : f["end"]] == printed]
    assert found
    assert not any(finding["level"] == "error" for finding in plan["findings"])


def test_a_unit_in_two_roles_is_reported(plan):
    doubled = [finding["what"] for finding in plan["findings"] if "两种角色" in finding["what"]]
    assert len(doubled) == 4


def test_the_missing_chapter_is_reported_and_not_repaired(plan, text):
    gap = next(finding for finding in plan["findings"] if "不连续" in finding["what"])
    assert text[gap["start"] - 2 : gap["end"]] == "四、有"
