"""What a person should look at: slips of the pen, undefined short titles, gaps, things that could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from yingshang.methods.plan_grammar.clauses import clauses_in
from yingshang.methods.plan_grammar.outline import Node
from yingshang.methods.plan_grammar.shadow import Shadow
from yingshang.methods.plan_grammar.tasks import Found

STRAY_LETTER = re.compile(r"(?<=[\u3400-\u9fff])[a-z](?=[\u3400-\u9fff])")
JI = re.compile(r"(?<=[”\"])既(?=[“\"])")
WRONG_LEVEL = re.compile(r"强区(?=放权)")
SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (STRAY_LETTER, "汉字中间混入字母“{found}”。", "去掉这个字母。"),
    (JI, "“既”疑为“即”。", "即"),
)
ROLE_WORD = re.compile(r"牵头|责任单位|责任部门|配合单位|按职责分工")
SPUN = re.compile(r"按职责分工卖力|生长改造委|卖力(?:单位|部门)|共同(?:单位|部门)[::]|生长和改造")


def doubts_in(paragraphs: Sequence[Shadow], tasks: Sequence[Found], root: Node, title: str) -> Iterator[dict[str, Any]]:
    """Yield findings: ``level``, ``what``, ``suggest``, ``start``, ``end``."""
    for part in paragraphs:
        for pattern, what, suggest in SLIPS:
            for match in pattern.finditer(part.printed):
                yield finding(
                    "warning", what.format(found=match.group()), suggest, *part.cut(match.start(), match.end()).span
                )
        if re.search(r"[县旗]", title):
            for match in WRONG_LEVEL.finditer(part.printed):
                yield finding(
                    "warning",
                    "县的方案写了“强区”，疑为沿用市里文件的文字。",
                    "强县",
                    *part.cut(match.start(), match.end()).span,
                )
        yield from _unread_brackets(part)
    yield from _short_titles(paragraphs)
    yield from _gaps(root)
    yield from _about_tasks(tasks)


def finding(
    level: str, what: str, suggest: str = "", start: int | None = None, end: int | None = None
) -> dict[str, Any]:
    """Return one finding. level: ``error``, ``warning`` or ``info``."""
    return {"level": level, "what": what, "suggest": suggest or None, "start": start, "end": end}


def is_spun(text: str) -> bool:
    """Return whether a page was rewritten with synonyms by a machine: such a page is no official text."""
    return len(SPUN.findall(text)) >= 2


def _unread_brackets(part: Shadow) -> Iterator[dict[str, Any]]:
    taken = [(clause.start, clause.end) for clause in clauses_in(part)]
    for match in re.finditer(r"\([^()]{0,200}\)", part.folded):
        if ROLE_WORD.search(match.group()) and not any(start <= match.start() < end for start, end in taken):
            yield finding(
                "warning",
                "括号里提到分工，但没有读出单位。",
                "请对照原文核对。",
                *part.cut(match.start(), match.end()).span,
            )


def _short_titles(paragraphs: Sequence[Shadow]) -> Iterator[dict[str, Any]]:
    """《条例》 stands for a longer title that the text does not define."""
    titles: list[tuple[str, Shadow, int, int]] = []
    for part in paragraphs:
        titles += [
            (match[1], part, match.start(), match.end()) for match in re.finditer(r"《([^《》]+)》", part.printed)
        ]
    defined = {match for part in paragraphs for match in re.findall(r"以下简称[:：]?《([^《》]+)》", part.printed)}
    told: set[str] = set()
    for name, part, start, end in titles:
        if len(name) <= 4 and name not in defined and name not in told:
            told.add(name)
            longer = next((other for other, *_ in titles if other != name and other.endswith(name)), None)
            yield finding(
                "warning",
                f"《{name}》是简称，文中没有说明全称。",
                f"疑指《{longer}》。" if longer else "",
                *part.cut(start, end).span,
            )


def _gaps(root: Node) -> Iterator[dict[str, Any]]:
    for node in root.walk():
        numbers = [
            child.number
            for child in node.children
            if child.number is not None and child.number.value and child.number.level > 0
        ]
        for before, after in pairwise(numbers):
            if before.level == after.level and after.value > before.value + 1:
                yield finding("info", f"序号从“{before.label}”跳到“{after.label}”，中间没有内容。", "照原文保留。")


def _about_tasks(tasks: Sequence[Found]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        name = f"第{task.number}项" if task.number else "一项任务"
        if not task.assigned.has_units:
            yield finding("warning", f"{name}没有读出单位。", "请对照原文补上单位。", task.start, task.end)
        for part in task.assigned.unread:
            yield finding("warning", f"{name}的分工里“{part.printed[:30]}”没有读懂。", "请对照原文核对。", *part.span)
    places = Counter((tuple(task.path), task.number, task.text) for task in tasks if task.number)
    for (_, number, _), count in places.items():
        if count > 1:
            yield finding("warning", f"第{number}项出现了{count}次，内容相同。", "请核对是否重复。")
    by_number = Counter((tuple(task.path), task.number) for task in tasks if task.number)
    texts = {
        (tuple(task.path), task.number): {
            t.start for t in tasks if (tuple(t.path), t.number) == (tuple(task.path), task.number)
        }
        for task in tasks
        if task.number
    }
    for key, count in by_number.items():
        if count > 1 and len(texts[key]) > 1 and _far_apart([t for t in tasks if (tuple(t.path), t.number) == key]):
            yield finding("warning", f"序号“{key[1]}”重复出现。", "请核对序号。")


def _far_apart(same: list[Found]) -> bool:
    ordered = sorted(same, key=lambda task: task.start)
    return any(after.start - before.end > 4 for before, after in pairwise(ordered))
