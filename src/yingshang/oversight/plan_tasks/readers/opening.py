"""Open a document by what it is, not by what it is called."""

from __future__ import annotations

from pathlib import Path

from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable

LARGEST = 60 * 1024 * 1024
"""Bytes. A plan is text; what is larger holds pictures and would only fill the memory."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Source:
    """Return the text and blocks of a document: plain text, HTML, DOCX or PDF.

    Raises Unreadable with one sentence for anything that is missing, empty,
    too large, encrypted, broken or of another kind.
    """
    head = _look(path)
    if head.startswith(b"PK\x03\x04"):
        from yingshang.oversight.plan_tasks.readers.docx import read_docx

        return read_docx(path)
    if b"%PDF-" in head[:1024]:
        from yingshang.oversight.plan_tasks.readers.pdf import read_pdf

        return read_pdf(path)
    if head.startswith(OLD_OFFICE):
        raise Unreadable("这是旧式的 .doc 文件，或者加了密码的 .docx 文件。请去掉密码，另存为 .docx 后再导入。")
    from yingshang.oversight.plan_tasks.readers.text import decoded, is_html, read_text

    words = decoded(path.read_bytes())
    if is_html(words, path.suffix.lower()):
        from yingshang.oversight.plan_tasks.readers.html import read_html

        return read_html(words)
    return read_text(words)


def _look(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise Unreadable(f"没有名为“{path.name}”的文件。") from None
    except (OSError, ValueError):
        raise Unreadable(f"“{path.name}”打不开。请确认它是一个文件，并且有权限读取。") from None
    if size == 0:
        raise Unreadable("文件是空的，一个字节也没有。")
    if size > LARGEST:
        raise Unreadable(
            f"文件有{size // (1024 * 1024)}MB，超过了{LARGEST // (1024 * 1024)}MB。请去掉图片，或者只导入方案正文。"
        )
    return head
