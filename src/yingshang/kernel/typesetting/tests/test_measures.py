"""Where the glyphs stand on the page, against GB/T 9704—2012."""

import io
import itertools
from datetime import date

import pdfplumber
import pytest

from yingshang.kernel import typesetting as ts

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, (297 - 35) * MM


def pages(paper):
    with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
        return [page.chars for page in opened.pages], [page.rects + page.lines + page.curves for page in opened.pages]


def lines_of(chars):
    """Return the characters by line, from the top, as (middle of the line, characters from the left)."""
    ordered = sorted(chars, key=lambda char: (round(char["top"]), char["x0"]))
    return [(top, list(line)) for top, line in itertools.groupby(ordered, key=lambda char: round(char["top"]))]


def text_of(chars):
    return "".join(char["text"] for char in chars)


LETTER = ts.OfficialDocument(
    issuer="木兰县营商环境办文件",
    number="木营督〔2026〕3号",
    title="关于按期办结重点任务的函",
    to=("县发展和改革局",),
    body=[ts.Paragraph("国" * 1400), ts.Heading("办理要求"), ts.Heading("时限", 2), ts.Heading("方式", 3)],
    attachments=("未办结事项清单", "回复格式"),
    signed_by="木兰县营商环境办公室",
    signed_on=date(2026, 3, 1),
    copies_to=("县政府办公室",),
    note="演示",
)


@pytest.fixture(scope="module")
def letter():
    return pages(LETTER)


def test_a_full_page_has_22_lines_of_28_characters_inside_the_type_area(letter):
    body = [char for char in letter[0][1] if char["text"] == "国"]
    lines = lines_of(body)
    assert len(lines) == 22
    assert {len(line) for _, line in lines} == {28}
    assert min(char["x0"] for char in body) == pytest.approx(LEFT, abs=0.5)
    assert max(char["x1"] for char in body) == pytest.approx(RIGHT, abs=0.8)
    steps = [under - over for (over, _), (under, _) in itertools.pairwise(lines)]
    assert all(step == pytest.approx(225 * MM / 22, abs=1.1) for step in steps)
    assert min(char["top"] for char in body) >= TOP and max(char["bottom"] for char in body) <= BOTTOM + 3
    assert {round(char["size"]) for char in body} == {16}


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters(letter):
    first = next(line for _, line in lines_of(letter[0][0]) if text_of(line).startswith("国"))
    assert len(first) == 26
    assert first[0]["x0"] == pytest.approx(LEFT + 2 * 15.79, abs=0.6)


def test_head_number_line_and_title_stand_where_the_standard_puts_them(letter):
    by_text = {text_of(line): line for _, line in lines_of(letter[0][0])}
    mark, number, title = (
        by_text["木兰县营商环境办文件"],
        by_text["木营督〔2026〕3号"],
        by_text["关于按期办结重点任务的函"],
    )
    em_top = mark[0]["top"]
    assert em_top == pytest.approx(TOP + 35 * MM, abs=12)  # the glyph box is taller than the drawn character
    assert mark[0]["non_stroking_color"] == pytest.approx((0.843, 0, 0.0588), abs=0.01)
    assert {round(char["size"]) for char in title} == {22}
    red_line = min(letter[1][0], key=lambda shape: abs(shape["width"] - 156 * MM))
    assert red_line["width"] == pytest.approx(156 * MM, abs=0.5)
    assert red_line["x0"] == pytest.approx(LEFT, abs=0.5)
    assert number[0]["bottom"] < red_line["top"] < title[0]["top"]
    for line in (mark, number, title):
        assert (line[0]["x0"] + line[-1]["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=2)


def test_page_numbers_stand_outside_and_the_note_on_every_page(letter):
    chars, _ = letter
    assert len(chars) == 4
    for number, page in enumerate(chars, start=1):
        foot = [char for char in page if char["top"] > BOTTOM + 5]
        assert text_of(foot) == f"— {number} —"
        middle = (foot[0]["x0"] + foot[-1]["x1"]) / 2
        assert (middle > 400) if number % 2 else (middle < 200)
        assert "演示" in text_of([char for char in page if char["bottom"] < TOP])


def test_the_end_has_attachments_signature_date_and_copies(letter):
    end = [(text_of(line), line) for page in letter[0][2:] for _, line in lines_of(page)]
    texts = [text for text, _ in end]
    assert [text for text in texts if text.startswith(("一、", "（一）", "1."))][:3] == [
        "一、办理要求",
        "（一）时限",
        "1.方式",
    ]
    assert "附件：1.未办结事项清单" in texts
    assert "2.回复格式" in texts
    signed, dated = (
        next(line for text, line in end if text == wanted) for wanted in (LETTER.signed_by, "2026年3月1日")
    )
    assert (signed[0]["x0"] + signed[-1]["x1"]) / 2 == pytest.approx((dated[0]["x0"] + dated[-1]["x1"]) / 2, abs=1)
    assert signed[-1]["x1"] == pytest.approx(RIGHT - 4 * 15.79, abs=1.5)
    foot = next(line for text, line in end if text.startswith("抄送："))
    assert BOTTOM - 60 < foot[0]["top"] < BOTTOM
    place = ts.seal_place(LETTER)
    assert place.x_mm == pytest.approx((signed[0]["x0"] + signed[-1]["x1"]) / 2 / MM, abs=1)
    assert signed[0]["top"] / MM < place.y_mm < dated[0]["bottom"] / MM


def test_the_same_paper_gives_the_same_bytes_and_bears_the_day_of_signing():
    first = ts.pdf(LETTER)
    assert first == ts.pdf(LETTER)
    assert b"YingshangSerif" in first
    with pdfplumber.open(io.BytesIO(first)) as opened:
        assert {opened.metadata["CreationDate"][:10], opened.metadata["ModDate"][:10]} == {"D:20260301"}
        assert opened.metadata["Title"] == LETTER.title
