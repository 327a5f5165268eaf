"""No text is markup, none vanishes, none runs off the page."""

import io
import os
import subprocess
import sys
from datetime import date

import pdfplumber
import pytest

from yingshang.kernel import typesetting as ts
from yingshang.kernel.errors import Refusal

SIGNS = '#panic() *粗* _斜_ $x^2$ @ref \\ ] [ } { <a> "引" `码` // 注 = 题 - 项 + 项 ~ #"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">{}</svg>'
CHART = SVG.format('<rect width="60" height="10" fill="#36c"/><text x="2" y="30" font-size="9">完成率𠮷</text>')


def letter(*blocks, **rest):
    return ts.OfficialDocument(issuer="木兰县营商环境办", number="", title="函", body=blocks, **rest)


def chars_of(paper):
    with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
        return [char for page in opened.pages for char in page.chars]


def printed(paper):
    return "".join(char["text"] for char in chars_of(paper)).replace(" ", "")


def everywhere(text, svg=CHART):
    """Return a document and a form with the text in every field."""
    body = [ts.Heading(text), ts.Paragraph(text), ts.Grid([text], [[text]], text), ts.Code(text), ts.Drawing(svg, text)]
    document = ts.OfficialDocument(text, text, text, [text], body, [text], text, date(2026, 3, 1), [text], text)
    return document, ts.Form(text, text, [(text, text)], body, [text], text)


def test_signs_of_the_markup_language_are_printed_as_they_are():
    for paper, times in zip(everywhere(SIGNS), (16, 13), strict=True):
        assert printed(paper).count(SIGNS.replace(" ", "")) >= times


FAMILY = "\U0001f469\u200d\U0001f467"  # two signs the font lacks, joined by one nobody sees
ODD_TEXTS = ["", " ", "\n", "\t\r\n\u2028", "\u200b\u202e\ufeff", "\x00\x07\x1b", "\ud800", FAMILY]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_any_text_in_any_place_makes_a_pdf_and_a_docx(text):
    for paper in everywhere(text):
        assert ts.pdf(paper).startswith(b"%PDF")
        assert ts.docx(paper).startswith(b"PK")


def test_a_paper_with_nothing_in_it_is_a_page():
    assert ts.pdf(ts.OfficialDocument("", "", "")).startswith(b"%PDF")
    assert ts.pdf(ts.Form("", body=[ts.Grid([], []), ts.Grid([], [["一", "二"], ["三"]])])).startswith(b"%PDF")
    assert ts.seal_place(ts.OfficialDocument("", "", "")) is None


def test_long_words_and_long_paragraphs_stay_inside_the_margins():
    address = "https://" + "abc/def-ghi?" * 30
    paper = letter(
        ts.Paragraph("长" * 10_000),
        ts.Paragraph(address),
        ts.Grid(["序号", "网址", "说明"], [["1", address, "长" * 300]]),
        signed_by="超长名称" * 20,
        signed_on=date(2026, 3, 1),
    )
    chars = chars_of(paper)
    assert max(char["x1"] for char in chars) <= (210 - 26) / 25.4 * 72 + 3
    assert min(char["x0"] for char in chars) >= 28 / 25.4 * 72 - 3
    assert address in "".join(char["text"] for char in chars)


def test_a_rare_character_is_drawn_as_its_code_point_and_told_beforehand():
    paper = letter(ts.Paragraph("朱镕基、𠮷野、赵𬭎、王祎、李璟、☑合格"), ts.Drawing(CHART))
    assert ts.missing_characters(paper) == ("𠮷",)
    text = printed(paper)
    assert all(name in text for name in ("朱镕基、", "赵𬭎、", "王祎、", "李璟、"))
    assert "20BB7" in text
    assert "完成率□" in text
    assert ts.missing_characters(letter(ts.Paragraph("一般文字，〔2026〕①②■□☑。"))) == ()


def test_a_table_repeats_its_head_on_every_page():
    rows = [[str(at), "事项"] for at in range(100)]
    with pdfplumber.open(io.BytesIO(ts.pdf(letter(ts.Grid(["序号", "内容栏"], rows, "台账"))))) as opened:
        heads = ["内容栏" in page.extract_text() for page in opened.pages]
    assert len(heads) > 3
    assert all(heads)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg/>",
        "没有图",
        SVG.format('<image href="file:///etc/hostname" width="10" height="10"/>'),
        SVG.format("<script>1</script>"),
        '<!DOCTYPE svg [<!ENTITY a "a">]>' + SVG.format("<text>&a;</text>"),
        SVG.format("<g>" * 2),
        '<svg xmlns="http://www.w3.org/2000/svg" width="-1" height="5"/>',
    ],
)
def test_what_is_no_plain_drawing_is_refused(svg):
    for make in (ts.pdf, ts.docx):
        with pytest.raises(Refusal) as refused:
            make(letter(ts.Drawing(svg)))
        assert refused.value.code == "typesetting.drawing_unreadable"


@pytest.mark.parametrize("size", ["0 0 1 1000000", "0 0 1000000 1", "0 0 100 100"])
def test_a_drawing_of_any_shape_stays_on_its_page(size):
    paper = ts.OfficialDocument("", "", "函", body=[ts.Drawing(CHART.replace("0 0 100 40", size), "图")])
    with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
        assert len(opened.pages) == 1
    assert ts.docx(paper).startswith(b"PK")


def test_a_code_is_svg_without_style_or_script_and_not_endless():
    svg = ts.qr_svg("https://example.org/公开?a=1&b=<c>")
    assert svg.startswith("<svg") and 'class="qr"' in svg
    assert "style" not in svg and "script" not in svg
    with pytest.raises(Refusal) as refused:
        ts.qr_svg("码" * 334)
    assert refused.value.code == "typesetting.code_too_long"


def test_another_process_in_another_zone_makes_the_same_bytes():
    script = (
        "import sys, hashlib; from yingshang.kernel import typesetting as ts;"
        "p = ts.OfficialDocument('机关', '〔2026〕1号', '题', body=[ts.Paragraph('文'), ts.Code('a')], note='演示');"
        "print(hashlib.sha256(ts.pdf(p) + ts.docx(p)).hexdigest())"
    )
    answers = set()
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        answers.add(run.stdout)
    assert len(answers) == 1


def test_a_line_break_breaks_the_line_and_dates_stay_whole_in_a_table():
    rows = [["1", "县自然资源局", "推进工程建设项目审批全流程在线办理", "2026年12月31日"]]
    paper = ts.OfficialDocument("", "", "关于甲的\n通知", body=[ts.Grid(["序号", "单位", "任务", "期限"], rows)])
    with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
        lines = opened.pages[0].extract_text().split("\n")
    assert lines[:2] == ["关于甲的", "通知"]
    assert any(line.startswith("1 县自然资源局") and line.endswith("2026年12月31日") for line in lines)


def test_no_page_holds_a_signature_alone():
    for lines in range(1, 12):
        body = [*[ts.Paragraph("文")] * (20 - lines), ts.Paragraph("请按期办理。")]
        paper = letter(*body, signed_by="办公室", signed_on=date(2026, 3, 1))
        with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
            last = opened.pages[-1].extract_text()
        assert "请按期办理。" in last and "办公室" in last
