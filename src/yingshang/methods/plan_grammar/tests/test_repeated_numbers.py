"""Two tasks under one number are kept and pointed at; the rows that share a merged cell are no such thing."""

import pytest

from yingshang.methods import plan_grammar

HEAD = "示例县优化营商环境工作方案\n一、办事\n"
UNITS = "（牵头单位：县司法局；责任单位：县发改局）"


def read(text: str) -> tuple[list[str], list[str]]:
    """Return the numbers of the tasks, and what was found about repeats."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(plan_grammar.Paragraph(line, start, is_line=True))
        start += len(line) + 1
    plan = plan_grammar.parse(blocks)
    said = [finding["what"] for finding in plan["findings"] if "同一部分中有两个" in finding["what"]]
    return [task["number"] for task in plan["tasks"]], said


@pytest.mark.parametrize("marks", ["1. 1.", "1、 1、", "1. 2. 1.", "1. 2. 2."])
def test_a_repeated_number_is_named_and_both_tasks_stay(marks):
    numbered = marks.split()
    text = HEAD + "\n".join(f"{mark}公布第{at}份指南。{UNITS}" for at, mark in enumerate(numbered))
    numbers, said = read(text)
    assert numbers == [mark.rstrip(".、") for mark in numbered]
    assert said == [f"同一部分中有两个第{numbers[-1]}项。"]


def test_the_same_number_in_two_parts_is_no_repeat():
    numbers, said = read(f"{HEAD}1.公布指南。{UNITS}\n二、执法\n1.公布清单。{UNITS}\n")
    assert (numbers, said) == (["1", "1"], [])
