"""Printed numbers at the beginning of a paragraph, and inside one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingshang.methods.plan_grammar.numerals import number
from yingshang.methods.plan_grammar.shadow import Shadow

_CN = "一二三四五六七八九十"
# kind → rank: which kind stands above which, unless the document shows otherwise.
RANK = {"part": 0, "cn": 1, "pcn": 2, "article": 2, "bare": 3, "d": 4, "dd": 5, "pd": 6, "hd": 7, "c": 8}
_UNIT_AFTER = r"(?!公[里斤顷分]|[吨万亿元米个倍%年月日号楼层人户家项次届期周天时分岁])"
_FORMS = (
    ("part", re.compile(rf"第([{_CN}\d]{{1,3}})(?:章|部分|篇|节)[、:.]?")),
    ("article", re.compile(rf"第([{_CN}\d]{{1,3}})条[、:.]?")),
    ("cn", re.compile(rf"([{_CN}]{{1,3}})[、.,](?!\d)")),
    ("pcn", re.compile(rf"\(([{_CN}]{{1,3}})\)[、.]?")),
    ("dd", re.compile(rf"(\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?)[.、 ]?(?=[\u4e00-\u9fff“《(]){_UNIT_AFTER}")),
    ("d", re.compile(r"(?:任务)?(\d{1,3})(?:[.、](?!\d(?!\d?月|\d{3}年))|[:](?=[\u4e00-\u9fff]))")),
    ("pd", re.compile(r"\((\d{1,3})\)[、.]?")),
    ("hd", re.compile(r"(\d{1,2})\)[、.]?")),
    ("c", re.compile(r"([①-⑳])[、.]?")),
)
_BULLET = re.compile(r"^[●■◆▲△▪★☆※*·\-—>\s]{1,3}(?=[\u4e00-\u9fff(\d])")
_INSIDE = {
    "d": re.compile(r"(?<=[。;:!?)】〕”\n])(\d{1,3})[.、](?=[\u4e00-\u9fff“《(])"),
    "pd": re.compile(r"\((\d{1,2})\)[、.]?(?=[\u4e00-\u9fff“《])"),
    "c": re.compile(r"([①-⑳])"),
    "pcn": re.compile(rf"(?<=[。;:!?)】〕”\n])\(([{_CN}]{{1,3}})\)[、.]?(?=[\u4e00-\u9fff“《])"),
    "hd": re.compile(r"(?<=[。;:!?】〕”\n])(\d{1,2})\)[、.]?(?=[\u4e00-\u9fff“《])"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: its kind, its value, its label as printed, what remains of it as ``number``."""

    kind: str
    value: int
    label: str
    number: str
    start: int
    end: int


def at_start(shadow: Shadow) -> Mark | None:
    """Return the number that a paragraph begins with, or None."""
    text = shadow.text
    bullet = _BULLET.match(text)
    begin = bullet.end() if bullet else 0
    for kind, form in _FORMS:
        found = form.match(text, begin)
        if found:
            return _mark(kind, found)
    spaced = re.match(r"(\d{1,2})(?=[\u4e00-\u9fff])" + _UNIT_AFTER, text[begin:])
    if spaced and begin + spaced.end() in shadow.soft:
        return Mark("d", int(spaced[1]), spaced[1], spaced[1], begin, begin + spaced.end())
    return None


def inside(shadow: Shadow) -> dict[str, list[Mark]]:
    """Return, per kind, the numbers inside a paragraph that count on from the first of them."""
    runs: dict[str, list[Mark]] = {}
    for kind, form in _INSIDE.items():
        run: list[Mark] = []
        for found in form.finditer(shadow.text):
            mark = _mark(kind, found)
            if not run or mark.value == run[-1].value + 1:
                run.append(mark)
            elif mark.value == 1 and run[0].value != 1:
                run = [mark]
        if run:
            runs[kind] = run
    return runs


def _mark(kind: str, found: re.Match[str]) -> Mark:
    printed = found[1]
    if kind == "c":
        value, plain = ord(printed) - 0x245F, str(ord(printed) - 0x245F)
    elif kind == "dd":
        value, plain = int(printed.rpartition(".")[2]), printed
    else:
        value, plain = number(printed) or 0, printed
    return Mark(kind, value, found[0], plain, found.start(), found.end())
