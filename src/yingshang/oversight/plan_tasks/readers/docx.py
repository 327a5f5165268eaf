"""Word documents: paragraphs with their automatic numbers written out, tables with merged cells expanded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from yingshang.oversight.plan_tasks.readers.numbered import Numbering
from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable, Writer
from yingshang.oversight.plan_tasks.readers.zipped import look_into

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(path: Path) -> Source:
    """Return the text of a Word document. Raises Unreadable with what is wrong."""
    names = look_into(path)
    if "word/document.xml" not in names:
        raise Unreadable(_other_kind(names))
    try:
        document = docx.Document(str(path))
        writer = Writer()
        numbering = Numbering(document)
        for child in document.element.body:
            _write(child, document, numbering, writer)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, etree.LxmlError, zipfile.BadZipFile, OSError):
        raise Unreadable("文件已损坏：Word 文档的内容不完整。请用 Word 或 WPS 打开，另存为 .docx 后再导入。") from None
    if not any(piece.strip() for piece in writer.pieces):
        raise Unreadable("文档里没有文字，可能只有图片。请换一份可以选中文字的文档。")
    return writer.source(MEDIA_TYPE)


def _other_kind(names: list[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "这是 Excel 表格，不是 Word 文档。请把表格放进 Word 文档，或者另存为网页后再导入。"
    if "content.xml" in names:
        return "这是 .odt 文档。请另存为 .docx 后再导入。"
    return "这是压缩包，不是 Word 文档。请解压后导入里面的文件。"


def _write(child: Any, document: Any, numbering: Numbering, writer: Writer) -> None:
    if child.tag == qn("w:p"):
        paragraph = WordParagraph(child, document)
        words = numbering.label_of(paragraph) + _words(child)
        for line in words.split("\n"):
            writer.paragraph(line)
    elif child.tag == qn("w:tbl"):
        rows, same = _grid(WordTable(child, document), numbering)
        writer.table(rows, same)
    elif child.tag == qn("w:sdt"):
        for inner in child.iterfind(f"{qn('w:sdtContent')}/*"):
            _write(inner, document, numbering, writer)


def _words(element: Any) -> str:
    """Return the text of a paragraph; deletions of tracked changes and fields' codes left out."""
    out: list[str] = []
    for node in element.iter():
        if node.tag == qn("w:t"):
            if not any(parent.tag in {qn("w:del"), qn("w:moveFrom")} for parent in node.iterancestors()):
                out.append(node.text or "")
        elif node.tag in {qn("w:tab")} and node.getparent().tag == qn("w:r"):
            out.append(" ")
        elif node.tag in {qn("w:br"), qn("w:cr")}:
            out.append("\n" if node.get(qn("w:type")) != "page" else "")
        elif node.tag == qn("w:noBreakHyphen"):
            out.append("-")
    return "".join(out)


def _grid(table: WordTable, numbering: Numbering) -> tuple[list[list[str]], list[list[object]]]:
    """Return the words and the identity of every place: a vertically merged cell is the cell it began in."""
    words: list[list[str]] = []
    same: list[list[object]] = []
    above: dict[int, tuple[str, object]] = {}
    for y, row in enumerate(table._tbl.tr_lst):
        x = _skipped(row)
        line: list[str] = []
        keys: list[object] = []
        line += [""] * x
        keys += [(y, place) for place in range(x)]
        for cell in row.tc_lst:
            text: str = _cell_words(cell, table, numbering)
            key: object = (y, x)
            if cell.vMerge == "continue" and x in above:
                text, key = above[x]
            for _ in range(max(1, cell.grid_span)):
                above[x] = (text, key)
                line.append(text)
                keys.append(key)
                x += 1
        words.append(line)
        same.append(keys)
    width = max(map(len, words), default=0)
    for y, (line, keys) in enumerate(zip(words, same, strict=True)):
        keys += [(y, place) for place in range(len(line), width)]
        line += [""] * (width - len(line))
    return words, same


def _skipped(row: Any) -> int:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    value = before.get(qn("w:val")) if before is not None else None
    return int(value) if value and value.isdigit() and int(value) < 60 else 0


def _cell_words(cell: Any, table: WordTable, numbering: Numbering) -> str:
    return "\n".join(_cell_lines(cell, table, numbering))


def _cell_lines(cell: Any, table: WordTable, numbering: Numbering) -> Iterator[str]:
    for child in cell:
        if child.tag == qn("w:p"):
            words = numbering.label_of(WordParagraph(child, table)) + _words(child)
            if words.strip():
                yield words.strip()
        elif child.tag == qn("w:tbl"):
            for row in child.tr_lst:
                for inner in row.tc_lst:
                    yield from _cell_lines(inner, table, numbering)
        elif child.tag == qn("w:sdt"):
            for inner in child.iterfind(f"{qn('w:sdtContent')}/{qn('w:p')}"):
                if _words(inner).strip():
                    yield _words(inner).strip()
