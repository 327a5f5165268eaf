"""Web pages: visible text in order, tables with their spans."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from yingshang.oversight.plan_tasks.readers.source import PrintedCell, Source, Unreadable, Writer

_SILENT = {
    "script",
    "style",
    "noscript",
    "head",
    "template",
    "svg",
    "select",
    "option",
    "button",
    "input",
    "textarea",
    "iframe",
    "object",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "center",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "address",
    "body",
    "html",
    "hr",
    "tr",
    "td",
    "th",
    "caption",
    "table",
}
_TAG = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|meta|span|br)\b", re.IGNORECASE)
_MOST_SPAN = 1000


def is_page(text: str, suffix: str) -> bool:
    """Say whether a text is a web page."""
    if suffix.lower() in (".html", ".htm", ".shtml", ".xhtml"):
        return bool(re.search(r"<\w", text))
    return bool(_TAG.search(text[:5000])) and bool(
        re.search(r"</(?:html|body|div|p|table|td|span)\s*>", text, re.IGNORECASE)
    )


def read(text: str, path: Path) -> Source:
    """Return the visible text of a page.

    Raises Unreadable.
    """
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError) as broken:
        raise Unreadable("文件不是完整的网页，读不出内容。请在浏览器里重新保存后再试。") from broken
    reader = _Page(Writer())
    body = root.find("body")
    reader.walk(root if body is None else body)
    reader.end_paragraph()
    if not any(piece.strip() for piece in reader.writer.pieces):
        raise Unreadable(
            "文件里没有文字，内容可能由脚本另行载入。请在浏览器里打开后，把正文另存为文本或打印成PDF再试。"
        )
    return reader.writer.source("text/html")


class _Page:
    """Walks a page and writes its paragraphs and tables."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.pieces: list[str] = []

    def end_paragraph(self) -> None:
        text = _bare("".join(self.pieces))
        self.pieces = []
        if text:
            self.writer.paragraph(text)

    def walk(self, top: Any) -> None:
        """Visit a subtree without recursion: pages nest without limit."""
        stack: list[tuple[Any, bool]] = [(top, False)]
        while stack:
            element, is_done = stack.pop()
            if is_done:
                if element.tag in _BLOCKS:
                    self.end_paragraph()
                if element is not top and element.tail:
                    self.pieces.append(element.tail)
                continue
            tag = element.tag
            if not isinstance(tag, str) or tag in _SILENT or _is_hidden(element):
                if element.tail and element is not top:
                    self.pieces.append(element.tail)
                continue
            if tag == "br":
                self.pieces.append("\v")
            elif tag == "table" and not element.xpath(".//table") and self._table(element):
                if element.tail:
                    self.pieces.append(element.tail)
                continue
            elif tag in _BLOCKS:
                self.end_paragraph()
            if element.text and tag != "br":
                self.pieces.append(element.text)
            stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]

    def _table(self, table: Any) -> bool:
        """Write a table with more than one column; say whether it was one."""
        cells: list[PrintedCell] = []
        covered: set[tuple[int, int]] = set()
        rows = list(table.iter("tr"))
        for row_index, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or _is_hidden(cell):
                    continue
                while (row_index, column) in covered:
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                down = min(down if down else len(rows), len(rows) - row_index)
                covered |= {(row_index + d, column + a) for d in range(down) for a in range(across)}
                cells.append(PrintedCell(_cell_text(cell), row_index, column, down, across))
                column += across
        if not cells or max(cell.column + cell.columns for cell in cells) < 2:
            return False
        self.end_paragraph()
        self.writer.table(cells)
        return True


def _span(cell: Any, name: str) -> int:
    stated = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    return min(int(stated[1]), _MOST_SPAN) if stated else 1


def _is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or bool(
        re.search(r"display\s*:\s*none", element.get("style") or "", re.IGNORECASE)
    )


def _cell_text(cell: Any) -> str:
    inner = _Page(Writer())
    inner.walk(cell)
    inner.end_paragraph()
    return "".join(inner.writer.pieces).strip("\n")


def _bare(text: str) -> str:
    """Collapse white space as a browser does; a <br> stays a line end."""
    lines = [re.sub(r"[ \t\r\n\f]+", " ", line).strip(" ") for line in text.split("\v")]
    return "\n".join(line for line in lines if line)
