"""No text is markup, and none vanishes."""

import io

import pdfplumber

from yingshang.kernel import typesetting as ts

SIGNS = '#panic() *粗* _斜_ $x^2$ @ref \\ ] [ } { <a> "引" `码` // 注 = 题 - 项 + 项 ~ #"'


def printed(paper):
    with pdfplumber.open(io.BytesIO(ts.pdf(paper))) as opened:
        return "".join(char["text"] for page in opened.pages for char in page.chars)


def test_signs_of_the_markup_language_are_printed_as_they_are():
    paper = ts.OfficialDocument(
        issuer=SIGNS,
        number=SIGNS,
        title=SIGNS,
        to=[SIGNS],
        body=[ts.Heading(SIGNS), ts.Paragraph(SIGNS), ts.Grid([SIGNS], [[SIGNS]], SIGNS)],
        attachments=[SIGNS],
        signed_by=SIGNS,
        copies_to=[SIGNS],
        note=SIGNS,
    )
    bare = SIGNS.replace(" ", "")
    assert printed(paper).replace(" ", "").count(bare) >= 12
    form = ts.Form(SIGNS, SIGNS, [(SIGNS, SIGNS)], [ts.Paragraph(SIGNS)], [SIGNS], SIGNS)
    assert printed(form).replace(" ", "").count(bare) >= 7
