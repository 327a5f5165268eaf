"""The DOCX says what the PDF says, and an office can go on writing in it."""

import io
import zipfile
from datetime import date

import docx as python_docx
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from yingshang.kernel import typesetting as ts

TABLE = ts.Grid(["序号", "事项"], [["1", "营业执照"], ["2"]], "事项表")
DRAWING = ts.Drawing('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>', "图1")
LETTER = ts.OfficialDocument(
    issuer="木兰县营商环境办文件",
    number="木营督〔2026〕3号",
    title="关于按期办结重点任务的函",
    to=("县发展和改革局", "县财政局"),
    body=[
        ts.Heading("要求"),
        ts.Heading("时限", 2),
        ts.Paragraph("甲<b>&\n乙"),
        TABLE,
        DRAWING,
        ts.Code("https://a.example"),
    ],
    attachments=("清单", "格式"),
    signed_by="木兰县营商环境办公室",
    signed_on=date(2026, 3, 1),
    copies_to=("县政府办公室",),
    note="演示",
)


def opened(paper):
    return python_docx.Document(io.BytesIO(ts.docx(paper)))


def text_of(document):
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def test_the_letter_is_there_from_head_to_foot():
    lines = [line for line in text_of(opened(LETTER)).split("\n") if line]
    assert lines[:6] == [
        "木兰县营商环境办文件",
        "木营督〔2026〕3号",
        "关于按期办结重点任务的函",
        "县发展和改革局，县财政局：",
        "一、要求",
        "（一）时限",
    ]
    assert lines[6:14] == ["甲<b>&", "乙", "事项表", "序号", "事项", "1", "营业执照", "2"]
    assert lines[-7:] == [
        "附件：1.清单",
        "2.格式",
        "木兰县营商环境办公室",
        "2026年3月1日",
        "（演示）",
        "抄送：县政府办公室。",
        "木兰县营商环境办公室2026年3月1日印发",
    ]


def test_margins_fonts_page_numbers_and_the_note_are_the_officials():
    document = opened(LETTER)
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    normal = document.styles["Normal"].element.rPr
    assert normal.rFonts.get(qn("w:eastAsia")) == "仿宋"
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text == "一、要求")
    assert heading.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"
    for footer, header in (
        (section.footer, section.header),
        (section.even_page_footer, section.even_page_header),
    ):
        assert [node.text.strip() for node in footer._element.iter(qn("w:instrText"))] == ["PAGE"]
        assert "演示" in header.paragraphs[0].text
    assert document.settings.odd_and_even_pages_header_footer
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in document.tables[0].rows] == [True, False, False]
    assert len(document.inline_shapes) == 2


def test_a_form_has_its_fields_its_table_and_lines_to_sign():
    form = ts.Form("检查记录表", "〔2026〕1号", [("检查对象", "某公司"), ("日期", "")], [TABLE], ["检查人员"], "演示")
    text = text_of(opened(form))
    for words in ("检查记录表", "编号：〔2026〕1号", "检查对象", "某公司", "营业执照", "检查人员（签名）"):
        assert words in text


def test_every_part_is_well_formed_and_the_bytes_stay_the_same():
    content = ts.docx(LETTER)
    assert content == ts.docx(LETTER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        assert "FangSong" in archive.read("word/fontTable.xml").decode()
