"""表单 in DOCX."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm

from yingshang.kernel.typesetting.papers import Form
from yingshang.kernel.typesetting.word.body import Measures, write_body
from yingshang.kernel.typesetting.word.marks import HEI, SONG, add_field, shape, write

MEASURES = Measures(size=12, line=20, table_size=10.5, table_line=16, width=170)


def write_form(document: Any, paper: Form) -> None:
    """Fill an empty DOCX with a form."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(25),
        Mm(20),
        Mm(20),
        Mm(20),
    )
    section.header_distance, section.footer_distance = Mm(13), Mm(10)
    _every_page(section, paper.note)
    write(shape(document.add_paragraph(), line=30, align="center"), paper.title, size=20, face=HEI)
    if paper.number:
        write(shape(document.add_paragraph(), line=20, align="right"), f"编号：{paper.number}", size=12)
    if paper.fields:
        _fields(document, paper)
    write_body(document, paper.body, MEASURES)
    for whose in paper.signatures:
        line = shape(document.add_paragraph(), line=20, before=Mm(6), align="left")
        write(line, f"{whose}（签名）：{'＿' * 12}　　　年　　月　　日", size=12)


def _every_page(section: Any, note: str) -> None:
    if note:
        write(shape(section.header.paragraphs[0], line=18, align="center"), f"【{note}】", size=12, face=SONG, red=True)
    number = shape(section.footer.paragraphs[0], line=14, align="center")
    for text, field in (("第", "PAGE"), ("页 共", "NUMPAGES"), ("页", "")):
        write(number, text, size=10)
        if field:
            add_field(number, field, 10)


def _fields(document: Any, paper: Form) -> None:
    table = document.add_table(rows=len(paper.fields), cols=2, style="Table Grid")
    table.autofit = False
    for row, (label, value) in zip(table.rows, paper.fields, strict=True):
        for cell, text, width, bold in ((row.cells[0], label, 40, True), (row.cells[1], value, 130, False)):
            cell.width = Mm(width)
            write(shape(cell.paragraphs[0], line=22, align="left"), text, size=12, bold=bold)
    shape(document.add_paragraph(), line=8)
