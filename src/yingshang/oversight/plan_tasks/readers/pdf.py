"""PDF: ruled tables as cells, everything else as printed lines in reading order."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable, Writer

MOST_PAGES = 400
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(path: Path) -> Source:
    """Return the text of a PDF, page by page in bounded memory. Raises Unreadable with what is wrong."""
    writer, notes = Writer(), []
    try:
        with pdfplumber.open(path) as document:
            for number, page in enumerate(document.pages, 1):
                if number > MOST_PAGES:
                    notes.append(f"只读了前{MOST_PAGES}页。")
                    break
                _write_page(page, writer)
                page.close()
    except PdfminerException as error:
        raise Unreadable(_reason(error.args[0] if error.args else error)) from None
    except (PDFSyntaxError, PDFPasswordIncorrect) as error:
        raise Unreadable(_reason(error)) from None
    # pdfminer meets broken files with errors of any kind, deep in its parser.
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
        OSError,
        EOFError,
        ArithmeticError,
    ):
        raise Unreadable("文件已损坏：PDF 的内容不完整。请重新下载或者重新导出后再导入。") from None
    if not any(piece.strip() for piece in writer.pieces):
        raise Unreadable("PDF 里没有文字，可能是扫描的图片。请换一份可以选中文字的文件，或者先做文字识别。")
    return writer.source("application/pdf", notes)


def _reason(error: object) -> str:
    if isinstance(error, PDFPasswordIncorrect):
        return "PDF 加了密码，读不出来。请去掉密码后再导入。"
    return "文件已损坏：PDF 的内容不完整。请重新下载或者重新导出后再导入。"


def _write_page(page: Any, writer: Writer) -> None:
    tables = sorted((table for table in page.find_tables() if _is_grid(table)), key=lambda table: table.bbox[1])
    top = 0.0
    for table in tables:
        _write_lines(page, top, table.bbox[1], writer)
        _write_table(table, writer)
        top = table.bbox[3]
    _write_lines(page, top, float(page.height), writer)


def _is_grid(table: Any) -> bool:
    return len(table.rows) >= 2 and max(len(row.cells) for row in table.rows) >= 3


def _write_lines(page: Any, top: float, bottom: float, writer: Writer) -> None:
    if bottom - top < 4:
        return
    left, _, right, _ = page.bbox
    strip = page.crop((left, max(page.bbox[1], top), right, min(page.bbox[3], bottom)), strict=False)
    for line in (strip.extract_text(x_tolerance=2, y_tolerance=3) or "").split("\n"):
        if line.strip():
            writer.paragraph(line.strip(), is_line=True)


def _write_table(table: Any, writer: Writer) -> None:
    """Write a table. A place without a cell of its own belongs to the cell above it or to its left."""
    words = table.extract(x_tolerance=2, y_tolerance=3)
    rows: list[list[str]] = []
    same: list[list[object]] = []
    for y, line in enumerate(words):
        rows.append([])
        same.append([])
        for x, (cell, box) in enumerate(zip(line, table.rows[y].cells, strict=False)):
            owner = (y, x) if box is not None else _covering(table, y, x)
            if owner is None or owner == (y, x):
                rows[y].append(cell or "")
                same[y].append((y, x))
            else:
                rows[y].append(words[owner[0]][owner[1]] or "")
                same[y].append(owner)
    writer.table(rows, same)


def _covering(table: Any, y: int, x: int) -> tuple[int, int] | None:
    """Return the place of the merged cell that lies over a place without one."""
    for row, column, box in _boxes(table):
        column_left = _edge(table, x)
        row_top = table.rows[y].bbox[1]
        if row <= y and column <= x and box[0] - 1 <= column_left < box[2] - 1 and box[1] - 1 <= row_top < box[3] - 1:
            return row, column
    return None


def _boxes(table: Any) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
    for row, line in enumerate(table.rows):
        for column, box in enumerate(line.cells):
            if box is not None:
                yield row, column, box


def _edge(table: Any, x: int) -> float:
    """Return the left edge of a column: that of any cell that begins there."""
    edges = sorted({box[0] for _, _, box in _boxes(table)})
    return float(edges[min(x, len(edges) - 1)])
