"""What holds for any text whatever: offsets, no inventions, no crash."""

from __future__ import annotations

import json
import re

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingshang.methods import plan_grammar
from yingshang.methods.plan_grammar import shadow

PIECES = [
    "一、",
    "（一）",
    "(二)",
    "1.",
    "2．",
    "3、",
    "（1）",
    "①",
    "第一章",
    "附件1",
    "牵头单位：",
    "责任单位:",
    "配合单位﹕",
    "责任领导：",
    "完成时限：",
    "总牵头单位：",
    "(",
    "）",
    "（",
    ")",
    "〔",
    "〕",
    "【",
    "】",
    "县发改局",
    "县自然资源和规划局",
    "各乡镇人民政府",
    "各县、区人民政府",
    "县直有关部门",
    "县委、县政府各部门",
    "等部门",
    "等县直各部门",
    "、",
    "，",
    ",",
    "；",
    ";",
    "。",
    "和",
    "及",
    "以及",
    "牵头",
    "配合",
    "按职责分工负责",
    "负责",
    "会同",
    "督导",
    "6月底前",
    "2023年12月底前",
    "年底前",
    "年内持续推进",
    "上半年",
    "每季度末月20日前",
    "推进改革",
    "《条例》",
    "〈",
    "〉",
    "《",
    "》",
    "关于印发《某县方案》的通知",
    "某政发〔2023〕1号",
    "某县人民政府",
    "2023年3月1日",
    "二○二一年三月十二日",
    "-",
    "2",
    "-",
    "┌─┐",
    "│",
    "機關單位責任",
    "（排名第一的为牵头单位，下同）",
    "以下任务均需各镇落实，不再一一列出",
    "张三",
    "0",
    "4.5吨",
]
NOTICE = st.lists(
    st.one_of(st.sampled_from([*PIECES, "\n", "\n\n", " ", "\u3000", "\t"]), st.text(max_size=3)), max_size=60
).map("".join)
VALIDATOR = jsonschema_rs.Draft202012Validator(plan_grammar.PLAN)


def blocks_of(text: str) -> list[plan_grammar.Paragraph]:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(plan_grammar.Paragraph(line, start, is_line=True))
        start += len(line) + 1
    return blocks


def letters(text: str) -> str:
    """Return what a person sees as writing: no space, no line of a frame, no mark that has no width."""
    return re.sub("[\\s\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060\\ufeff\\u2500-\\u257f]", "", text)


def check(plan: dict, text: str) -> None:
    VALIDATOR.validate(json.loads(json.dumps(plan)))
    bare = letters(text)
    for task in plan["tasks"]:
        assert text[task["source"]["start"] : task["source"]["end"]] == task["text"]
        for role in ("lead", "responsible", "support", "oversight"):
            for unit in task[f"{role}_units"]:
                assert all(part in bare for part in re.split(r"\s", unit))
        for part in [*task["measures"], *task["citations"]]:
            assert text[part["start"] : part["end"]] == part["text"]
        for deadline in task["deadlines"]:
            assert letters(deadline["raw"])
            if deadline["date"]:
                assert re.search(r"[\d一二三四五六七八九十年季]", deadline["raw"])
    for finding in plan["findings"]:
        assert 0 <= finding["start"] <= finding["end"] <= len(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTICE)
def test_nothing_is_invented_and_every_offset_shows_what_it_says(text):
    check(plan_grammar.parse(blocks_of(text)), text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(NOTICE, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_table_is_read_without_a_crash(rows):
    header = ["序号", "工作任务", "责任单位"]
    cells, start = [], 0
    for row, texts in enumerate([header, *rows]):
        for column, text in enumerate(texts):
            cells.append(plan_grammar.Cell(text, start, row, column))
            start += len(text) + 1
    table = plan_grammar.Table(tuple(cells))
    check(plan_grammar.parse([table]), plan_grammar.plain_text([table]))


@given(st.text(alphabet=st.sampled_from("县 发改\u3000局（）()，,：:１1①機關─\n。a b"), max_size=40))
def test_repairing_twice_repairs_nothing_more(text):
    once = shadow.of(text)
    assert shadow.of(once.text).text == once.text
    assert len(once.at) == len(once.text)


def test_flipping_width_and_separators_changes_no_unit():
    text = "一、任务\n1.甲事项。（牵头单位：县发改局、县财政局；责任单位：各乡镇政府，县直各部门）\n"
    before = plan_grammar.parse(blocks_of(text))["tasks"][0]
    for mutated in (
        text.translate(str.maketrans("（）：；，", "():;,")),
        text.replace("；", "，"),
        text.replace("、县财", "；县财"),
        text.replace("，县直", " 县直"),
        text.replace("县财政局；", "县财\n政局；"),
        text.replace("）", ""),
        text.replace("（", "【").replace("）", "】"),
        text.replace("县财政局", "县 财 政 局"),
    ):
        after = plan_grammar.parse(blocks_of(mutated))["tasks"][0]
        assert (after["lead_units"], after["responsible_units"]) == (
            before["lead_units"],
            before["responsible_units"],
        ), mutated


def test_brackets_that_are_never_closed_cost_no_more_than_their_length():
    text = "（" * 50_000 + "县发改局"
    assert plan_grammar.parse(blocks_of(text), text)["tasks"] == []
