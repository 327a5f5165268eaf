"""Word documents: paragraphs with their rebuilt numbers, tables with merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from yingshang.oversight.plan_tasks.readers.numbers import Numbers
from yingshang.oversight.plan_tasks.readers.source import PrintedCell, Source, Unreadable, Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_P, _TBL, _SDT, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "sdt", "tr", "tc"))
_HIDDEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pict"),
    qn("w:instrText"),
    qn("w:rPr"),
    qn("w:pPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def read(path: Path) -> Source:
    """Return the paragraphs and tables of a .docx in the order of print.

    Raises Unreadable.
    """
    try:
        document = Document(str(path))
        body = document.element.body
        numbers = Numbers(document)
    except (
        BadZipFile,
        KeyError,
        ValueError,
        OSError,
        etree.LxmlError,
        AttributeError,
        EOFError,
        NotImplementedError,
    ) as broken:
        raise Unreadable("文件损坏了，不是完整的Word文档。请用文字处理软件打开后另存为.docx再试。") from broken
    writer = Writer()
    for element in _children(body):
        if element.tag == _P:
            _paragraph(element, numbers, writer)
        else:
            writer.table(list(_cells(element, numbers)))
    if not any(piece.strip() for piece in writer.pieces):
        raise Unreadable("文件里没有文字，可能是图片做成的。请先做文字识别，或换一份能复制文字的文件。")
    return writer.source(MEDIA_TYPE)


def _children(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, also those inside content controls."""
    for element in parent.iterchildren():
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag == _SDT:
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _children(content)
        elif element.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _children(element)


def _paragraph(element: Any, numbers: Numbers, writer: Writer) -> None:
    text = _text(element)
    boxed = [_text(inner) for box in element.iter(qn("w:txbxContent")) for inner in box.iter(_P)]
    number = numbers.label(element) if text.strip() else ""
    writer.paragraph(number + text)
    for line in dict.fromkeys(boxed):
        if line.strip() and line not in text:
            writer.paragraph(line)


def _text(element: Any) -> str:
    """Return the visible text of a paragraph, without deletions and the text of drawings."""
    pieces: list[str] = []
    stack = list(reversed(element))
    while stack:
        one = stack.pop()
        tag = one.tag
        if tag in _HIDDEN or tag in (qn("w:txbxContent"), qn("w:drawing"), qn("w:object")):
            continue
        if tag == qn("w:t"):
            pieces.append(one.text or "")
        elif tag == qn("w:tab"):
            pieces.append(" ")
        elif tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n" if one.get(qn("w:type")) in (None, "textWrapping") else "")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        else:
            stack += list(reversed(one))
    return "".join(pieces)


def _cells(table: Any, numbers: Numbers) -> Iterator[PrintedCell]:
    """Yield each cell once, with the rows and columns it spans."""
    open_merges: dict[int, list[Any]] = {}
    found: list[list[Any]] = []
    for row_index, row in enumerate(_rows(table)):
        column = _skipped(row, "gridBefore")
        for cell in _row_cells(row):
            across = max(1, _number(cell, "gridSpan", 1))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) in (None, "continue")
            if goes_on and column in open_merges:
                open_merges[column][4] = row_index - open_merges[column][2] + 1
            else:
                entry = [_cell_text(cell, numbers), None, row_index, column, 1, across]
                found.append(entry)
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = entry
            column += across
    for text, _, row_index, column, down, across in found:
        yield PrintedCell(text, row_index, column, down, across)


def _rows(table: Any) -> Iterator[Any]:
    for element in table.iterchildren():
        if element.tag == _TR:
            yield element
        elif element.tag == _SDT:
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _rows(content)


def _row_cells(row: Any) -> Iterator[Any]:
    for element in row.iterchildren():
        if element.tag == _TC:
            yield element
        elif element.tag == _SDT:
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _row_cells(content)


def _skipped(row: Any, name: str) -> int:
    stated = row.find(f"{qn('w:trPr')}/{qn('w:' + name)}")
    return int(stated.get(qn("w:val")) or 0) if stated is not None else 0


def _number(cell: Any, name: str, otherwise: int) -> int:
    stated = cell.find(f"{qn('w:tcPr')}/{qn('w:' + name)}")
    try:
        return int(stated.get(qn("w:val"))) if stated is not None else otherwise
    except (TypeError, ValueError):
        return otherwise


def _cell_text(cell: Any, numbers: Numbers) -> str:
    lines = []
    for element in _children(cell):
        if element.tag == _P:
            text = _text(element)
            lines.append((numbers.label(element) if text.strip() else "") + text)
        else:
            lines += [inner.text for inner in _cells(element, numbers)]
    return "\n".join(line for line in lines if line.strip())
