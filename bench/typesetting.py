"""A supervision letter and a long ledger as PDF, beside typst setting the same words without any layout."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import typst
from figure import Figure

from yingshang.kernel import typesetting
from yingshang.kernel.typesetting.glyphs import FONTS

PROSE = "截至三月三十一日，你单位牵头的任务尚未按期办结，请查明原因，倒排工期，压实责任，按期书面报告。" * 5
HEAD = ["序号", "任务", "期限"]
RUNS = 6
TASK = "推进工程建设项目审批全流程在线办理"
T = TypeVar("T")


def main() -> Iterator[Figure]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    for what, count, ratio in (("a letter of 3 pages", 10, 5), ("a ledger of 1,000 rows", 1000, 3)):
        ours = fresh(typesetting.pdf, [letter(number, count) for number in range(RUNS)])
        sources = [markup(number, count) for number in range(RUNS)]
        bare = fresh(lambda source: typst.compile(source, font_paths=fonts, format="pdf"), sources)
        yield Figure(f"{what} as PDF/A", ours * 1000, "ms", bare * 1000, "typst, no layout", ratio_at_most=ratio)
        word = fresh(typesetting.docx, [letter(number, count) for number in range(RUNS)])
        yield Figure(f"{what} as DOCX", word * 1000, "ms")


def fresh(deed: Callable[[T], object], inputs: list[T]) -> float:
    """Return the shortest of several runs, in seconds, after one that warms up; typst remembers what it has set."""
    deed(inputs[0])
    spent = []
    for given in inputs[1:]:
        begun = time.perf_counter()
        deed(given)
        spent.append(time.perf_counter() - begun)
    return min(spent)


def rows(number: int, count: int) -> list[list[str]]:
    return [[str(at), f"{TASK}{number}", f"2026年3月{at % 30 + 1}日"] for at in range(count)]


def letter(number: int, count: int) -> typesetting.OfficialDocument:
    return typesetting.OfficialDocument(
        issuer="木兰县营商环境办文件",
        number=f"木营督〔2026〕{number}号",
        title="关于按期办结重点任务的函",
        to=["县发展和改革局"],
        body=[typesetting.Paragraph(f"{number}{PROSE}")] * 3 + [typesetting.Grid(HEAD, rows(number, count))],
        signed_by="木兰县营商环境办公室",
        signed_on=date(2026, 4, 1),
    )


def markup(number: int, count: int) -> bytes:
    """The same words as plain typst source."""
    cells = "".join(f"[{text}]," for row in [HEAD, *rows(number, count)] for text in row)
    body = f"\n\n{number}{PROSE}" * 3
    return f'#set text(font: "Yingshang Serif", lang: "zh")\n{body}\n\n#table(columns: 3, {cells})'.encode()
