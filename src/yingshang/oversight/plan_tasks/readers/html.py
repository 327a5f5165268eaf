"""Web pages: paragraphs as the page shows them, tables with rowspan and colspan expanded."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml import etree

from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable, Writer

LEFT_OUT = {"script", "style", "noscript", "template", "head", "iframe", "svg", "select", "button", "nav", "footer"}
BREAKING = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "section",
    "article",
    "header",
    "main",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "center",
    "form",
    "body",
    "hr",
    "aside",
    "figure",
    "td",
    "th",
}
WIDEST = 60
DEEPEST = 400


def read_html(text: str) -> Source:
    """Return the text of a web page. Raises Unreadable for a page without text."""
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml.html.document_fromstring(cleaned, parser=lxml.html.HTMLParser(huge_tree=False, recover=True))
    except (etree.LxmlError, ValueError):
        raise Unreadable("这个网页里没有文字。") from None
    writer = Writer()
    _Page(writer).walk(root)
    if not any(piece.strip() for piece in writer.pieces):
        raise Unreadable("这个网页里没有文字。")
    return writer.source("text/html")


class _Page:
    """Walks a page and writes each run of inline text as one paragraph."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.run: list[str] = []

    def walk(self, element: Any, depth: int = 0) -> None:
        self._element(element, depth)
        self._flush()

    def _element(self, element: Any, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in LEFT_OUT or depth > DEEPEST:
            return
        if element.tag == "table" and _is_grid(element):
            self._flush()
            rows, same = _grid(element)
            self.writer.table(rows, same)
            return
        breaks = element.tag in BREAKING
        if breaks:
            self._flush()
        if element.text:
            self.run.append(element.text)
        for child in element:
            self._element(child, depth + 1)
            if child.tail:
                self.run.append(child.tail)
        if breaks:
            self._flush()

    def _flush(self) -> None:
        words = re.sub(r"[ \t\r\n\u00a0]+", " ", "".join(self.run)).strip(" ")
        self.run = []
        if words.strip("\u3000 "):
            self.writer.paragraph(words)


def _is_grid(table: Any) -> bool:
    """A table of data has several cells in a row and no table inside; others only lay a page out."""
    return not table.xpath(".//table") and any(len(row.xpath("./td|./th")) >= 3 for row in table.iter("tr"))


def _grid(table: Any) -> tuple[list[list[str]], list[list[object]]]:
    """Return the words and the identity of every place of a table, spans expanded."""
    taken: dict[tuple[int, int], tuple[str, object]] = {}
    rows = list(table.iter("tr"))
    for y, row in enumerate(rows):
        x = 0
        for cell in row.xpath("./td|./th"):
            while (y, x) in taken:
                x += 1
            words = _words(cell)
            for dy in range(min(_span(cell, "rowspan"), len(rows) - y)):
                for dx in range(_span(cell, "colspan")):
                    taken.setdefault((y + dy, x + dx), (words, (y, x)))
            x += _span(cell, "colspan")
    width = min(max((x for _, x in taken), default=-1) + 1, WIDEST)
    words_at = [[taken.get((y, x), ("", (y, x)))[0] for x in range(width)] for y in range(len(rows))]
    same = [[taken.get((y, x), ("", (y, x)))[1] for x in range(width)] for y in range(len(rows))]
    return words_at, same


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), 1000 if name == "rowspan" else WIDEST)) if value.isdigit() else 1


def _words(cell: Any) -> str:
    parts: list[str] = []
    for element in cell.iter():
        if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
            continue
        if element.tag in {"br", "p", "div", "li"} and parts:
            parts.append("\n")
        if element.text:
            parts.append(element.text)
        if element is not cell and element.tail:
            parts.append(element.tail)
    lines = [
        re.sub(r"[ \t\r\u00a0]+", " ", line).strip()
        for line in re.sub(r"[ \t\r]*\n[ \t\r]*", "\n", "".join(parts)).split("\n")
    ]
    return "\n".join(line for line in lines if line)
