"""A booklet: contents with pages where there are several chapters, one chapter alone without them."""

from __future__ import annotations

import io

import pdfplumber

from yingshang.kernel.typesetting import Booklet, Chapter, Code, Grid, Heading, Paragraph, pdf


def read(made: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(made)) as opened:
        return [page.extract_text() for page in opened.pages]


def chapter(title: str) -> Chapter:
    body = (
        Heading("材料"),
        Grid(["材料", "份数"], [["申请书", "1"]]),
        Paragraph("就这些。"),
        Code("http://localhost/"),
    )
    return Chapter(title, fields=[("承诺时限", "8个工作日")], body=body)


def test_several_chapters_have_a_cover_and_contents_with_their_pages() -> None:
    made = pdf(Booklet("办事指南", subtitle=["县市场监管局"], chapters=[chapter("开店"), chapter("关店")], note="演示"))
    cover, contents, first, second = read(made)
    assert "办事指南" in cover
    assert "目录" in contents
    assert [line[-1] for line in contents.splitlines() if line.startswith(("开店", "关店"))] == ["3", "4"]
    assert "8个工作日" in first
    assert second.splitlines()[1].startswith("关店")
    assert all("演示" in page for page in (cover, contents, first, second))
    assert made == pdf(
        Booklet("办事指南", subtitle=["县市场监管局"], chapters=[chapter("开店"), chapter("关店")], note="演示")
    )


def test_one_chapter_alone_needs_no_contents() -> None:
    assert "目录" not in "".join(read(pdf(Booklet("开店", chapters=[chapter("开店")]))))
