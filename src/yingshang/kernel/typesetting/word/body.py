"""The blocks of a body in DOCX, for documents and forms alike."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.shared import Mm, Pt

from yingshang.kernel.typesetting.codes import qr_code
from yingshang.kernel.typesetting.drawings import as_png
from yingshang.kernel.typesetting.numbering import numbered
from yingshang.kernel.typesetting.papers import Block, Code, Drawing, Grid, Heading, Paragraph
from yingshang.kernel.typesetting.tables import columns
from yingshang.kernel.typesetting.word.marks import (
    HEI,
    KAI,
    add_style,
    keep_whole,
    legal,
    outline,
    repeat_head,
    shape,
    write,
)

IN_HEAD, IN_CELL = "表头", "表格文字"


@dataclass(frozen=True)
class Measures:
    """Sizes and line heights in points; width: of the type area in millimeters."""

    size: float
    line: float
    table_size: float
    table_line: float
    width: float

    @property
    def indent(self) -> Pt:
        """Two characters."""
        return Pt(2 * self.size)


def write_body(document: Any, body: Sequence[Block], measures: Measures) -> None:
    """Add the blocks in their order."""
    for block in numbered(body):
        if isinstance(block, Heading):
            _heading(document, block, measures)
        elif isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                write(
                    shape(document.add_paragraph(), line=measures.line, indent=measures.indent),
                    text,
                    size=measures.size,
                )
        elif isinstance(block, Grid):
            write_table(document, block, measures)
        elif isinstance(block, Drawing):
            picture = shape(document.add_paragraph(), line=measures.line, align="center")
            picture.paragraph_format.line_spacing = 1.0
            content, width = as_png(block.svg)
            picture.add_run().add_picture(io.BytesIO(content), width=Mm(width))
            _caption(document, block.caption, measures)
        elif isinstance(block, Code):
            _code(document, block.text, measures)


def _heading(document: Any, block: Heading, measures: Measures) -> None:
    paragraph = shape(document.add_paragraph(), line=measures.line, indent=measures.indent)
    paragraph.paragraph_format.keep_with_next = True
    outline(paragraph, block.level)
    face = {1: HEI, 2: KAI}.get(block.level, "")
    write(paragraph, block.text, size=measures.size, face=face)


def _caption(document: Any, text: str, measures: Measures) -> None:
    if text:
        write(
            shape(document.add_paragraph(), line=measures.table_line + 4, align="center"),
            text,
            size=measures.table_size,
        )


def _code(document: Any, text: str, measures: Measures) -> None:
    stream = io.BytesIO()
    qr_code(text).save(stream, kind="png", scale=8)
    paragraph = shape(document.add_paragraph(), line=measures.line, align="left")
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.add_run().add_picture(io.BytesIO(stream.getvalue()), width=Mm(30))
    write(paragraph, f" {text}", size=10)


def write_table(document: Any, block: Grid, measures: Measures) -> None:
    """Add a table whose head is repeated on every page."""
    _caption(document, block.caption, measures)
    rows, weights = columns(block, measures.width / 25.4 * 72 / measures.table_size)
    if not weights:
        return
    if not block.head:
        rows = rows[1:]
    table = document.add_table(rows=len(rows), cols=len(weights), style="Table Grid")
    table.autofit = False
    widths = [Mm(measures.width * weight / sum(weights)) for weight in weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    in_head, in_cell = _styles(document, measures)
    for place, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        keep_whole(row)
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = in_cell if place or not block.head else in_head
            paragraph.add_run(legal(text))
    if block.head:
        repeat_head(table.rows[0])
    shape(document.add_paragraph(), line=6)


def _styles(document: Any, measures: Measures) -> tuple[str, str]:
    """Return the ids of the styles of a table's head and cells, added with the first table."""
    if IN_HEAD in document.styles:
        return str(document.styles[IN_HEAD].style_id), str(document.styles[IN_CELL].style_id)
    size, line = measures.table_size, measures.table_line
    head = add_style(document, IN_HEAD, size=size, line=line, align="center", bold=True)
    return head, add_style(document, IN_CELL, size=size, line=line, align="left")
