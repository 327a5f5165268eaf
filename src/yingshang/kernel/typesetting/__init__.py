"""Official papers: a plain description becomes a PDF and an editable DOCX.

Owns the words: paper (文书), official document (公文), form (表单), layout.
Knows no database, no clock and no unit: what is printed is what was passed in,
and the same description gives the same bytes on every machine.
"""

from yingshang.kernel.typesetting.codes import qr_svg
from yingshang.kernel.typesetting.description import missing_characters
from yingshang.kernel.typesetting.pages import SealPlace, layout_digest, pdf, seal_place
from yingshang.kernel.typesetting.papers import (
    Block,
    Booklet,
    Certificate,
    Chapter,
    Code,
    Drawing,
    Form,
    Grid,
    Heading,
    OfficialDocument,
    Paper,
    Paragraph,
)
from yingshang.kernel.typesetting.word import docx

__all__ = [
    "Block",
    "Booklet",
    "Certificate",
    "Chapter",
    "Code",
    "Drawing",
    "Form",
    "Grid",
    "Heading",
    "OfficialDocument",
    "Paper",
    "Paragraph",
    "SealPlace",
    "docx",
    "layout_digest",
    "missing_characters",
    "pdf",
    "qr_svg",
    "seal_place",
]
