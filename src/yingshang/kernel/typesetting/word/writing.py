"""The same paper as DOCX: real paragraphs, tables and fields, fonts by their names."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.shared import Mm

from yingshang.kernel.typesetting.papers import Form, Paper
from yingshang.kernel.typesetting.word.form import write_form
from yingshang.kernel.typesetting.word.marks import FANG_SONG, SONG, legal, prepare
from yingshang.kernel.typesetting.word.official import write_official

FIXED = datetime(2000, 1, 1, tzinfo=UTC)  # the same in every file


def docx(paper: Paper) -> bytes:
    """Return the paper as DOCX, with the content of its PDF. The same paper gives the same bytes.

    A character that our own fonts lack stays a character: the office's fonts
    may have it. One that no file of this format may hold becomes U+FFFD.
    Raises Refusal as ``pdf`` does.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = legal(paper.title)[:255], "", ""
    properties.created = properties.modified = FIXED
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if isinstance(paper, Form):
        prepare(document, face=SONG, size=12)
        write_form(document, paper)
    else:
        prepare(document, face=FANG_SONG, size=16, narrower=5)  # so that 28 characters fill a line
        write_official(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _without_times(content: bytes) -> bytes:
    """Return the same archive with one fixed time on every member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as written, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(written.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            fixed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), written.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
