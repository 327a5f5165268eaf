"""What python-docx has no word for: font names with fallbacks, fields, borders, repeated heads."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor

# The names GB/T 9704 offices have installed; the second is tried where the first is missing.
FANG_SONG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
FALLBACK = {FANG_SONG: "FangSong", HEI: "SimHei", KAI: "KaiTi", SONG: "SimSun", TITLE: "宋体"}
RED = RGBColor(0xD7, 0x00, 0x0F)
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def legal(text: str) -> str:
    """Return the text with U+FFFD for what XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def prepare(document: Any, *, face: str, size: float, narrower: int = 0) -> None:
    """Set face and size of the whole document, its language, and the fallbacks in its font table.

    narrower: by how many twentieths of a point characters stand closer.
    """
    normal = document.styles["Normal"]
    normal.font.size = Pt(size)
    properties = normal.element.get_or_add_rPr()
    set_face(properties, face)
    if narrower:
        _add(properties, "spacing", {"val": str(-narrower)}, before=("w:w", "w:kern", "w:position", "w:sz", "w:szCs"))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACK.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def add_style(document: Any, name: str, *, size: float, line: float, align: str, bold: bool = False) -> str:
    """Add a paragraph style, so that an office changes all its paragraphs at once; return its id."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(size), bold
    shape(style, line=line, align=align)
    return str(style.style_id)


def set_face(properties: Any, face: str) -> None:
    """Give run properties one face for Chinese and Latin letters alike."""
    fonts = properties.get_or_add_rFonts()
    for which in list(fonts.attrib):
        del fonts.attrib[which]
    for which in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{which}"), face)


def _add(parent: Any, name: str, attributes: dict[str, str], *, before: tuple[str, ...]) -> None:
    """Add an element where the schema wants it: before the first of its followers."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.insert_element_before(element, *before)


def outline(paragraph: Any, level: int) -> None:
    """Put the paragraph into the document's outline. level from 1."""
    _add(paragraph._p.get_or_add_pPr(), "outlineLvl", {"val": str(level - 1)}, before=("w:rPr", "w:sectPr"))


def write(paragraph: Any, text: str, *, size: float, face: str = "", bold: bool = False, red: bool = False) -> None:
    """Add a run; a line break in the text breaks the line."""
    run = paragraph.add_run(legal(text))
    run.font.size, run.font.bold = Pt(size), bold
    if face:
        set_face(run._r.get_or_add_rPr(), face)
    if red:
        run.font.color.rgb = RED


def shape(
    paragraph: Any, *, line: float, indent: Length | int = 0, before: Length | int = 0, align: str = "justify"
) -> Any:
    """Set the exact line height in points, the first line's indent, the space before, the side; return it."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_after, form.space_before, form.first_line_indent = Pt(0), before, indent
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    return paragraph


def add_field(paragraph: Any, name: str, size: float) -> None:
    """Add a field such as PAGE, which the office program fills."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run("1" if kind == "text" else "")
        run.font.size = Pt(size)
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def add_border(paragraph: Any, side: str, *, eighths: int, color: str = "000000", space: int = 0) -> None:
    """Draw a line at the top or bottom of a paragraph. eighths: its width in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", str(space)), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def repeat_head(row: Any) -> None:
    """Have the row printed again at the head of every page the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def put_at_the_foot(table: Any) -> None:
    """Place a table at the bottom of the type area of its page."""
    place = {"vertAnchor": "margin", "horzAnchor": "margin", "tblpXSpec": "left", "tblpYSpec": "bottom"}
    followers = ("w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc")
    _add(table._tbl.tblPr, "tblpPr", place, before=followers)
