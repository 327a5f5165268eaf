"""公文 (GB/T 9704—2012) in DOCX."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from yingshang.kernel.typesetting.description import written
from yingshang.kernel.typesetting.papers import OfficialDocument
from yingshang.kernel.typesetting.tables import full_width
from yingshang.kernel.typesetting.word.body import Measures, write_body
from yingshang.kernel.typesetting.word.marks import (
    SONG,
    TITLE,
    add_border,
    add_field,
    put_at_the_foot,
    shape,
    write,
)

MEASURES = Measures(size=16, line=28.95, table_size=12, table_line=18, width=156)
TYPE_AREA = 442.2  # points, 156 mm


def write_official(document: Any, paper: OfficialDocument) -> None:
    """Fill an empty DOCX with an official document."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.header_distance, section.footer_distance = Mm(20), Mm(22)
    _every_page(document, paper.note)
    if paper.issuer:
        _head(document, paper)
    title = shape(document.add_paragraph(), line=35.2, align="center")
    write(title, paper.title, size=22, face=TITLE)
    _blank(document)
    if paper.to:
        _line(document, "，".join(paper.to) + "：", indent=0)
    write_body(document, paper.body, MEASURES)
    if paper.attachments:
        _attachments(document, paper)
    _signature(document, paper)
    if paper.copies_to:
        _foot(document, paper)


def _line(document: Any, text: str, *, indent: Any = None, align: str = "justify") -> Any:
    paragraph = shape(
        document.add_paragraph(), line=MEASURES.line, indent=MEASURES.indent if indent is None else indent, align=align
    )
    write(paragraph, text, size=MEASURES.size)
    return paragraph


def _blank(document: Any, count: int = 1) -> None:
    for _ in range(count):
        shape(document.add_paragraph(), line=MEASURES.line)


def _every_page(document: Any, note: str) -> None:
    """Page numbers — 1 — at the outer side, as fields; the note at the head of odd and even pages."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for header, footer, side in (
        (section.header, section.footer, "right"),
        (section.even_page_header, section.even_page_footer, "left"),
    ):
        if note:
            write(shape(header.paragraphs[0], line=18, align="center"), f"【{note}】", size=12, face=SONG, red=True)
        number = shape(footer.paragraphs[0], line=16, align=side)
        setattr(number.paragraph_format, f"{side}_indent", Pt(14))
        write(number, "— ", size=14, face=SONG)
        add_field(number, "PAGE", 14)
        write(number, " —", size=14, face=SONG)


def _head(document: Any, paper: OfficialDocument) -> None:
    size = round(max(24.0, min(44.0, TYPE_AREA / max(full_width(paper.issuer), 1))), 1)
    mark = shape(document.add_paragraph(), line=size * 1.2, before=Mm(35), align="center")
    write(mark, paper.issuer, size=size, face=TITLE, red=True)
    _blank(document, 2 if paper.number else 1)
    number = shape(document.add_paragraph(), line=MEASURES.line, align="center")
    write(number, paper.number, size=MEASURES.size)
    add_border(number, "bottom", eighths=12, color="D7000F", space=11)
    _blank(document, 2)


def _attachments(document: Any, paper: OfficialDocument) -> None:
    _blank(document)
    several = len(paper.attachments) > 1
    for place, name in enumerate(paper.attachments):
        number = f"{place + 1}." if several else ""
        paragraph = _line(document, ("附件：" if place == 0 else "") + number + name)
        form = paragraph.paragraph_format
        hanging = MEASURES.size * (1 if several else 0)
        form.left_indent = Pt(MEASURES.size * 5 + hanging)
        form.first_line_indent = Pt(-(MEASURES.size * (3 if place == 0 else 0) + hanging))


def _signature(document: Any, paper: OfficialDocument) -> None:
    """署名 and date, centered on each other, four characters from the right edge."""
    day = written(paper.signed_on)
    lines = [text for text in (paper.signed_by, day) if text]
    if not lines:
        return
    _blank(document, 2)
    widest = max(full_width(text) for text in lines) * MEASURES.size
    right = 4 * MEASURES.size
    for text in lines:
        paragraph = _line(document, text, indent=0, align="center")
        form = paragraph.paragraph_format
        form.left_indent, form.right_indent = Pt(max(TYPE_AREA - right - widest - 4, 0)), Pt(right)
        form.keep_together = form.keep_with_next = True
    if paper.note:
        _line(document, f"（{paper.note}）")


def _foot(document: Any, paper: OfficialDocument) -> None:
    """抄送 and 印发, at the bottom of the last page."""
    day = written(paper.signed_on)
    table = document.add_table(rows=2 if day else 1, cols=1)
    put_at_the_foot(table)
    copies = shape(table.rows[0].cells[0].paragraphs[0], line=24, align="left")
    add_border(copies, "top", eighths=8)
    write(copies, "抄送：" + "，".join(paper.copies_to) + "。", size=14)
    form = copies.paragraph_format
    form.left_indent, form.first_line_indent, form.right_indent = Pt(14 * 4), Pt(-14 * 3), Pt(14)
    last = copies
    if day:
        last = shape(table.rows[1].cells[0].paragraphs[0], line=24, align="left")
        add_border(last, "top", eighths=6)
        last.paragraph_format.left_indent = Pt(14)
        last.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
        write(last, f"{paper.signed_by or paper.issuer}\t{day}印发", size=14)
    add_border(last, "bottom", eighths=8)
    shape(document.add_paragraph(), line=1)  # no file of this format ends with a table
