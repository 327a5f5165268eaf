"""PDF, Word numbering, encodings, web pages; and what each reader refuses in one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from yingshang.methods import plan_grammar
from yingshang.oversight.plan_tasks import readers
from yingshang.oversight.plan_tasks.readers import Unreadable

PLAIN = "一、任务\n1.推进改革。（牵头单位：县发改局；责任单位：各乡镇政府）\n"


def plan_of(path: Path):
    source = readers.read(path)
    return plan_grammar.parse(source.blocks, source.text)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pdf(path: Path, pages: list[list[str]]) -> Path:
    """Write a PDF by hand: each page is drawing operators; ``text()`` and ``box()`` make them.

    The font is one every reader knows and no file carries (Adobe-GB1), so no
    font of the machine is needed.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /ItalicAngle 0 /Ascent 880 /Descent -120"
        " /CapHeight 700 /StemV 80 /FontBBox [0 -120 1000 880] >>",
    ]
    for number, page in enumerate(pages):
        drawn = "\n".join(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return written(path, out)


def text(x: float, y: float, words: str, size: int = 12) -> str:
    return f"BT /F {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def box(x: float, y: float, width: float, height: float) -> str:
    return f"{x} {y} {width} {height} re S"


def test_a_pdf_of_wrapped_lines_is_joined_to_paragraphs(tmp_path):
    lines = [
        "一、重点任务",
        "　　1.全面梳理政务服务事项，压减审批环节，推行告知承诺制，切实提升企业和",
        "群众办事便利度。（牵头单位：县行政审批局；责任单位：县自然资源和规划局、县住房",
        "和城乡建设局，各乡镇人民政府）",
        "　　2.加强信用监管，推动信用修复，依法开展守信激励和失信惩戒，形成长效机制",
        "并落实到位。（县发展改革局牵头，县直各部门按职责分工负责，2023年6月底前完成）",
    ]
    page = [text(70, 780 - 24 * n, line) for n, line in enumerate(lines)] + [text(280, 40, "- 1 -")]
    plan = plan_of(pdf(tmp_path / "plan.pdf", [page]))
    assert [(task["number"], task["lead_units"], task["responsible_units"]) for task in plan["tasks"]] == [
        ("1", ["县行政审批局"], ["县自然资源和规划局", "县住房和城乡建设局", "各乡镇人民政府"]),
        ("2", ["县发展改革局"], ["县直各部门"]),
    ]
    assert plan["tasks"][1]["deadlines"][0]["date"] == "2023-06-30"


def test_a_ruled_table_over_two_pages_of_a_pdf_goes_on_without_its_header(tmp_path):
    xs, widths = [60, 110, 290, 410], [50, 180, 120, 110]

    def row(top: float, height: float, cells: list[str], lines: int = 1) -> list[str]:
        drawn = []
        for x, width, cell in zip(xs, widths, cells, strict=True):
            drawn.append(box(x, top - height, width, height))
            drawn += [text(x + 3, top - 16 - 15 * n, part) for n, part in enumerate(cell.split("/"))]
        return drawn

    first = row(780, 40, ["序号", "工作任务", "牵头单位", "完成时限"])
    first += row(740, 40, ["1", "建设产业园标准厂房/三万平方米", "县工业和信息/化局", "2022年6月底前"])
    second = row(780, 40, ["2", "改造老旧小区", "县住建局、县财/政局", "长期坚持"])
    second += row(740, 40, ["3", "整治河道", "县水务局", "2022年底"])
    plan = plan_of(pdf(tmp_path / "plan.pdf", [first, second]))
    assert [(task["number"], task["lead_units"]) for task in plan["tasks"]] == [
        ("1", ["县工业和信息化局"]),
        ("2", ["县住建局", "县财政局"]),
        ("3", ["县水务局"]),
    ]
    assert [task["deadlines"][0]["date"] for task in plan["tasks"]] == ["2022-06-30", None, "2022-12-31"]


def test_radicals_that_a_pdf_gives_back_are_the_letters_they_are_drawn_as(tmp_path):
    lines = ["一、任务", "1．扶持2000家⺠企。（⺠政局负责）"]
    path = pdf(tmp_path / "plan.pdf", [[text(70, 780 - 24 * n, line) for n, line in enumerate(lines)]])
    (task,) = plan_of(path)["tasks"]
    assert task["text"] == "扶持2000家民企。（民政局负责）"
    assert task["responsible_units"] == ["民政局"]


def test_numbers_that_word_counts_itself_are_printed_again(tmp_path):
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, words in [
        (0, "优化服务"),
        (1, "设立专窗。（县政务局负责）"),
        (1, "延时服务。（县税务局负责）"),
        (0, "强化监管"),
        (1, "随机抽查。（县市场监管局负责）"),
    ]:
        paragraph = document.add_paragraph(words)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
        assert properties.find(qn("w:numPr")) is not None
    document.save(str(tmp_path / "plan.docx"))
    plan = plan_of(tmp_path / "plan.docx")
    assert [(task["number"], task["section_path"]) for task in plan["tasks"]] == [
        ("1", ["优化服务"]),
        ("2", ["优化服务"]),
        ("1", ["强化监管"]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_whatever_encoding_it_comes(tmp_path, encoding):
    plan = plan_of(written(tmp_path / "plan.txt", (PLAIN * 3).encode(encoding)))
    assert plan["tasks"][0]["lead_units"] == ["县发改局"]


def test_windows_line_ends_are_one_line_end(tmp_path):
    source = readers.read(written(tmp_path / "plan.txt", PLAIN.replace("\n", "\r\n").encode()))
    assert source.text == PLAIN
    assert plan_grammar.plain_text(source.blocks) == source.text


def test_a_page_in_gb_18030_with_nested_tables_for_layout_is_read(tmp_path):
    head = "<tr><td>序号</td><td>任务</td><td>责任单位</td></tr>"
    inner = f"<table>{head}<tr><td>1</td><td>甲事项</td><td>县财政局</td></tr></table>"
    page = f"<html><meta charset=gb2312><body><table><tr><td>导航</td><td>{inner}</td></tr></table></body></html>"
    plan = plan_of(written(tmp_path / "plan.html", page.encode("gb18030")))
    assert [task["responsible_units"] for task in plan["tasks"]] == [["县财政局"]]


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 200_000_000)
    return path


def large(path: Path) -> Path:
    with path.open("wb") as stream:
        stream.truncate(500 * 1024 * 1024)
    return path


@pytest.mark.parametrize(
    "name, make, says",
    [
        ("none.txt", lambda path: path, "不存在"),
        ("empty.docx", lambda path: written(path, b""), "空的"),
        ("blank.txt", lambda path: written(path, " \n\u3000\n".encode()), "没有文字"),
        ("broken.docx", lambda path: written(path, b"PK\x03\x04" + b"\0" * 50), "损坏"),
        ("old.doc", lambda path: written(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "密码"),
        ("broken.pdf", lambda path: written(path, b"%PDF-1.7\nnot really"), "损坏|没有文字"),
        ("scan.pdf", lambda path: pdf(path, [["0 0 100 100 re f"]]), "扫描件"),
        ("photo.png", lambda path: written(path, b"\x89PNG\r\n\x1a\n" + b"\0" * 90), "图片"),
        ("bomb.docx", bomb, "展开后"),
        ("large.pdf", large, "500MB"),
        ("noise.txt", lambda path: written(path, bytes(range(256)) * 40), "不是文字文件|编码"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path, name, make, says):
    with pytest.raises(Unreadable, match=says):
        readers.read(make(tmp_path / name))


def test_a_zip_that_is_no_document_is_refused(tmp_path):
    path = tmp_path / "things.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "x")
    with pytest.raises(Unreadable, match="不是Word文档"):
        readers.read(path)
