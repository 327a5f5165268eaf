"""A paper as PDF, and the place of its seal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal, cast

from yingshang.kernel.typesetting.description import described
from yingshang.kernel.typesetting.drawings import drawings_answered
from yingshang.kernel.typesetting.engine import LAYOUTS as FOLDER
from yingshang.kernel.typesetting.engine import compiler
from yingshang.kernel.typesetting.papers import Booklet, Certificate, Form, OfficialDocument, Printed

WITHOUT_A_CLOCK = 0  # a layout that asked for today would get this; none does
STANDARDS: tuple[Literal["a-2a", "ua-1"], ...] = ("a-2a", "ua-1")  # for archives, and for screen readers

LAYOUTS = {Form: "form.typ", OfficialDocument: "official.typ", Certificate: "certificate.typ", Booklet: "booklet.typ"}


@dataclass(frozen=True)
class SealPlace:
    """Where the seal goes: the middle of signature and date. page from 1; millimeters from the upper left corner."""

    page: int
    x_mm: float
    y_mm: float


def pdf(paper: Printed) -> bytes:
    """Return the paper as PDF/A-2a and PDF/UA-1. The same paper gives the same bytes, on every machine.

    The file's date of creation is ``signed_on`` or ``issued_on``, and the first day of 2000 where there is none.
    Characters without a glyph print as a box with their code point.
    Raises Refusal ``typesetting.drawing_unreadable`` and ``typesetting.code_too_long``.
    """
    layout = LAYOUTS[type(paper)]
    with drawings_answered():
        made = compiler(layout, paper=json.dumps(described(paper))).compile(
            format="pdf", timestamp=WITHOUT_A_CLOCK, pdf_standards=list(STANDARDS)
        )
    return cast(bytes, made)


def layout_digest(paper: type[Printed]) -> str:
    """Return the SHA-256 of the layout that sets a kind of paper, so that a change of its look is noticed."""
    parts = (LAYOUTS[paper], "blocks.typ")
    return hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in parts)).hexdigest()


def seal_place(paper: OfficialDocument) -> SealPlace | None:
    """Return where a visible seal belongs on the PDF of this paper; None where nobody signs and no date stands."""
    asked = compiler("official.typ", paper=json.dumps(described(paper)))
    with drawings_answered():
        found = json.loads(asked.query("<seal>", field="value"))
    return SealPlace(**found[0]) if found else None
