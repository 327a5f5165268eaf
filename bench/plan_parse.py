"""The county's notice read to plan/1, and a Word document of 200 pages with its memory."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from docx import Document
from figure import Figure

from yingshang.methods import plan_grammar
from yingshang.oversight.plan_tasks import readers

NOTICE = Path(__file__).parents[1] / "counties" / "mulan" / "plan" / "notice.txt"
PAGES, TASKS_A_PAGE = 200, 4


def main() -> Iterator[Figure]:
    source = readers.read(NOTICE)
    ours = best(lambda: plan_grammar.parse(source.blocks, source.text))
    barest = best(lambda: [unicodedata.normalize("NFKC", letter) for letter in source.text])
    yield Figure(
        "the notice of 39 tasks, warm (goal 100 ms)",
        ours * 1000,
        "ms",
        barest * 1000,
        "NFKC of each of its characters",
        ratio_at_most=450,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.docx"
        write_long(path)
        tracemalloc.start()
        Document(str(path))
        barest_memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        begun = time.perf_counter()
        long = readers.read(path)
        plan = plan_grammar.parse(long.blocks, long.text)
        seconds = time.perf_counter() - begun
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(plan["tasks"]) == PAGES * TASKS_A_PAGE
        yield Figure("200 pages, read and parsed under tracemalloc", seconds, "s")
        yield Figure(
            "200 pages, peak memory of Python",
            memory / 2**20,
            "MiB",
            max(barest_memory, 2**20) / 2**20,
            "python-docx opening it",
            ratio_at_most=60,
        )


def best(deed: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of several runs, in seconds, after one that warms up."""
    deed()
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        deed()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def write_long(path: Path) -> None:
    """Write a document of about 200 pages, every paragraph a task."""
    document = Document()
    prose = "持续优化审批流程，压减办理环节，推行告知承诺，提升群众和企业的满意度。" * 4
    for page in range(PAGES):
        document.add_paragraph(f"第{page + 1}章 第{page + 1}类工作")
        for task in range(TASKS_A_PAGE):
            units = "（牵头单位：县发改局、县财政局；责任单位：各乡镇政府，县直各部门）"
            document.add_paragraph(f"{task + 1}.{prose}{units}")
    document.save(str(path))
