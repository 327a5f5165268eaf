"""Plain text, in the encodings that county files come in; tables drawn with bars or tabs."""

from __future__ import annotations

import re

from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable, Writer

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BAR = re.compile(r"[│┃|｜]")
RULE = re.compile(r"^[\s│┃|｜─━┄┈┌┐└┘├┤┬┴┼╔╗╚╝═║╠╣╦╩╬+\-=:]+$")


def decoded(raw: bytes) -> str:
    """Return the text of a file: by its mark, as UTF-8, UTF-16 or GB 18030. Raises Unreadable."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decode(raw, encoding)
    if raw.count(0) > len(raw) // 4:
        even = raw[::2].count(0) > raw[1::2].count(0)
        return _decode(raw, "utf-16-be" if even else "utf-16-le")
    try:
        return _decode(raw, "utf-8")
    except Unreadable:
        return _decode(raw, "gb18030")


def _decode(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"第{error.start + 1}个字节起不是可以识别的文字。请另存为 UTF-8 或者 GB 18030 编码的文本。"
        ) from None
    if "\x00" in text or sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in text[:4000]) > 20:
        raise Unreadable("这不是文本文件，也不是 Word、PDF 或者网页。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_html(text: str, suffix: str) -> bool:
    """Return whether a text is a web page."""
    head = text[:3000].lower()
    return (
        suffix in {".html", ".htm", ".xhtml", ".mht"}
        or "<html" in head
        or "<!doctype html" in head
        or (text.lstrip().startswith("<") and bool(re.search(r"<(?:p|div|table|body|h1)\b", head)))
    )


def read_text(text: str) -> Source:
    """Return a plain text: every line a printed line, lines cut by bars or tabs as tables."""
    if not text.strip():
        raise Unreadable("文件里只有空白，没有文字。")
    writer = Writer()
    rows: list[list[str]] = []
    for line in text.split("\n"):
        row = _row(line)
        if row is not None:
            rows.append(row)
        elif rows and RULE.match(line) and line.strip():
            rows.append([])
        else:
            _close(writer, rows)
            rows = []
            writer.paragraph(line, is_line=True)
    _close(writer, rows)
    return writer.source("text/plain")


def _row(line: str) -> list[str] | None:
    """Return the cells of a line of a drawn table, or None."""
    if RULE.match(line):
        return None
    if len(BAR.findall(line)) >= 2:
        cells = BAR.split(line.strip())
        return [
            cell.strip() for cell in cells[1 if not cells[0].strip() else 0 : -1 if not cells[-1].strip() else None]
        ]
    parts = re.split(r"\t+", line.strip())
    return [part.strip() for part in parts] if len(parts) >= 3 else None


def _close(writer: Writer, lines: list[list[str]]) -> None:
    """Write the rows of a drawn table; where rules separate rows, the lines between two rules are one row."""
    rows = [line for line in lines if line]
    if not rows:
        return
    drawn = any(not line for line in lines)
    if drawn and sum(1 for line in lines if not line) >= 2 and len(rows) > sum(1 for line in lines if not line):
        rows = _between_rules(lines)
    writer.table(rows)


def _between_rules(lines: list[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
        elif fresh or len(line) != len(rows[-1]):
            rows.append(list(line))
            fresh = False
        else:
            rows[-1] = [before + after for before, after in zip(rows[-1], line, strict=True)]
    return rows
