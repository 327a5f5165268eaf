"""Plain text: in whatever encoding it comes, line by line."""

from __future__ import annotations

import codecs
import itertools
import re
from pathlib import Path

from yingshang.oversight.plan_tasks.readers.source import PrintedCell, Source, Unreadable, Writer, clean

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_USUAL = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2026\s\x20-\x7e]")
_FEWEST_COLUMNS = 3
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def decode(path: Path) -> str:
    """Return the characters of a text file: UTF-8, UTF-16 or GB 18030, in this order of trust.

    Raises Unreadable where none of them makes sense of it.
    """
    content = path.read_bytes()
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return clean(content.decode(encoding, errors="replace"))
    if b"\x00" in content[:4000]:
        even, odd = content[0:4000:2].count(0), content[1:4000:2].count(0)
        text = content.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
        if _CHINESE.search(text) and len(_USUAL.findall(text[:4000])) * 10 > len(text[:4000]) * 8:
            return clean(text)
        raise Unreadable("文件不是文字文件。请提供.docx、PDF、网页或纯文本。")
    declared = _DECLARED.search(content[:4096])
    for encoding in ("utf-8", "gb18030", "big5"):
        if encoding == "gb18030" and declared and declared[1].lower() == b"big5":
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _CHINESE.search(text):
            return clean(text)
    for encoding in ("utf-8", "gb18030"):
        # A few damaged bytes must not cost the whole file.
        text = content.decode(encoding, errors="replace")
        if text.count("\ufffd") <= len(text) // 200 + 1 and _CHINESE.search(text):
            return clean(text)
    raise Unreadable("文件的编码认不出来，不是UTF-8、UTF-16，也不是GB 18030。请用记事本打开，另存为UTF-8后再试。")


def read(text: str, path: Path) -> Source:
    """Return the lines of a text.

    Raises Unreadable where there is no character to read.
    """
    if not text.strip():
        raise Unreadable("文件里没有文字。请重新下载或另存后再试。")
    writer = Writer()
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        rows = _rows(lines, index)
        if rows:
            writer.table(
                [PrintedCell(cell, at, column) for at, row in enumerate(rows) for column, cell in enumerate(row)]
            )
        else:
            writer.paragraph(lines[index], is_line=True)
        index += len(rows) or 1
    return Source(text, writer.blocks, "text/plain")


def _rows(lines: list[str], begin: int) -> list[list[str]]:
    """Return the rows of a table whose cells stand apart by tabs, as a copy from a sheet leaves them."""
    width = lines[begin].rstrip().count("\t") + 1
    rows = [
        line.split("\t")
        for line in itertools.takewhile(lambda line: line.count("\t") + 1 == width, lines[begin:])
        if width >= _FEWEST_COLUMNS
    ]
    return rows if len(rows) > 1 and all(cell.strip() for cell in rows[0]) else []
