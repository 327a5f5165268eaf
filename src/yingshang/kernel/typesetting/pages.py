"""A paper as PDF, and the place of its seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from yingshang.kernel.typesetting.description import described
from yingshang.kernel.typesetting.engine import compiler
from yingshang.kernel.typesetting.papers import Form, OfficialDocument, Paper

WITHOUT_A_DATE = 0  # the moment of creation typst would write into the file: always the same


@dataclass(frozen=True)
class SealPlace:
    """Where the seal goes: the middle of signature and date. page from 1; millimeters from the upper left corner."""

    page: int
    x_mm: float
    y_mm: float


def pdf(paper: Paper) -> bytes:
    """Return the paper as PDF. The same paper gives the same bytes, on every machine.

    Characters without a glyph print as a box with their code point.
    Raises Refusal ``typesetting.drawing_unreadable`` and ``typesetting.code_too_long``.
    """
    layout = "form.typ" if isinstance(paper, Form) else "official.typ"
    made = compiler(layout, paper=json.dumps(described(paper))).compile(format="pdf", timestamp=WITHOUT_A_DATE)
    return cast(bytes, made)


def seal_place(paper: OfficialDocument) -> SealPlace | None:
    """Return where a visible seal belongs on the PDF of this paper; None where nobody signs and no date stands."""
    asked = compiler("official.typ", paper=json.dumps(described(paper)))
    found = json.loads(asked.query("<seal>", field="value"))
    return SealPlace(**found[0]) if found else None
