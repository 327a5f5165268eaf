"""PDF: ruled tables as cells, everything else as lines."""

from __future__ import annotations

import logging
import statistics
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException

from yingshang.oversight.plan_tasks.readers.glyphs import letters
from yingshang.oversight.plan_tasks.readers.source import PrintedCell, Source, Unreadable, Writer

_MOST_PAGES = 2000
# It warns of every font that leaves out its bounding box; that is nothing a clerk could act on.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read(path: Path) -> Source:
    """Return the lines and ruled tables of a PDF, page by page.

    Raises Unreadable, also for a scan.
    """
    writer = Writer()
    letters = 0
    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > _MOST_PAGES:
                raise Unreadable(f"文件有{len(document.pages)}页，公文不会这么长，没有读取。请确认选对了文件。")
            for page in document.pages:
                letters += len(page.chars)
                _page(page, writer)
                page.close()
    except Exception as broken:
        raise _refusal(path, broken) from broken
    if not letters or not any(piece.strip() for piece in writer.pieces):
        raise Unreadable("文件是扫描件，里面只有图片没有文字。请先做文字识别（OCR），或换一份能复制文字的文件。")
    return writer.source("application/pdf")


def _refusal(path: Path, broken: Exception) -> Exception:
    if isinstance(broken, Unreadable):
        return broken
    reasons = [broken, *broken.args, broken.__cause__, broken.__context__]
    if any(isinstance(reason, PDFPasswordIncorrect) for reason in reasons):
        return Unreadable("文件加了密码，读不出来。请去掉密码后再试。")
    if isinstance(broken, MemoryError):
        raise broken
    known = isinstance(broken, PDFException) or "pdf" in type(broken).__module__
    return Unreadable(
        ("文件损坏了，不是完整的PDF。" if known else "文件里有读不懂的内容，可能已损坏。")
        + "请重新下载，或打印成新的PDF后再试。"
    )


def _page(page: Any, writer: Writer) -> None:
    tables = [
        table for table in page.find_tables() if len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1
    ]
    tables.sort(key=lambda table: table.bbox[1])

    def outside(thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return True
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(t.bbox[0] <= x <= t.bbox[2] and t.bbox[1] <= y <= t.bbox[3] for t in tables)

    free = page.filter(outside) if tables else page
    lines = free.extract_text_lines(strip=False, return_chars=False) if free.chars else []
    margin = statistics.median_low([line["x0"] for line in lines]) if lines else 0.0
    margin = min(
        (line["x0"] for line in lines if sum(abs(other["x0"] - line["x0"]) < 3 for other in lines) > 1), default=margin
    )
    waiting = list(tables)
    for line in lines:
        while waiting and waiting[0].bbox[1] < line["top"]:
            _table(waiting.pop(0), writer)
        writer.paragraph(letters(line["text"]).rstrip(), is_line=True, is_indented=line["x0"] > margin + 12)
    for table in waiting:
        _table(table, writer)


def _table(table: Any, writer: Writer) -> None:
    """Write a ruled table; what a cell spans follows from the rules it touches."""
    boxes = [cell for row in table.rows for cell in row.cells if cell]
    edges_x = _edges([value for box in boxes for value in (box[0], box[2])])
    edges_y = _edges([value for box in boxes for value in (box[1], box[3])])
    cells = []
    for box in dict.fromkeys(boxes):
        left, right = _nearest(edges_x, box[0]), _nearest(edges_x, box[2])
        top, bottom = _nearest(edges_y, box[1]), _nearest(edges_y, box[3])
        text = letters(table.page.crop(box, strict=False).extract_text() or "")
        cells.append(PrintedCell(text, top, left, max(1, bottom - top), max(1, right - left)))
    writer.table(cells, is_wrapped=True)


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2.5:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
