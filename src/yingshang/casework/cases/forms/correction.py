"""The one correction notice: every material that applies, each with the standard phrases of the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yingshang.casework.cases.queries.phrases import phrases_for, usual_remedy
from yingshang.registers.catalogue import api as catalogue

LONGEST = 400
FORM_ITSELF = ""
"""The key of the application form among the materials of a notice."""


@dataclass(frozen=True)
class DefectRow:
    """One material in the notice. phrases: what may be chosen; chosen, what, remedy: what was sent."""

    key: str
    title: str
    phrases: tuple[str, ...]
    chosen: str
    what: str
    remedy: str

    @property
    def name(self) -> str:
        """The part of field names that tells the rows apart."""
        return self.key or "form"

    @property
    def said(self) -> str:
        """What is wrong: what was typed, else the phrase that was chosen."""
        return self.what or self.chosen


def defect_rows(
    materials: Sequence[catalogue.Material], posted: Mapping[str, Any], noted: Mapping[str, str], on: date
) -> list[DefectRow]:
    """Return the rows of the notice. posted: of the page, empty at first; noted: remarks made while looking, by key."""
    rows = [_row(material.key, material.title, material.standard, posted, noted, on) for material in materials]
    return [*rows, _row(FORM_ITSELF, "申请表", "", posted, noted, on)]


def defects(rows: Sequence[DefectRow], on: date) -> list[dict[str, str]]:
    """Return what the operation takes: the rows in which something is wrong."""
    usual = usual_remedy(on)
    return [
        {"material": row.key, "title": row.title, "what": row.said, "remedy": row.remedy or usual}
        for row in rows
        if row.said
    ]


def _row(
    key: str, title: str, standard: str, posted: Mapping[str, Any], noted: Mapping[str, str], on: date
) -> DefectRow:
    phrases = tuple(phrase[:LONGEST] for phrase in phrases_for(title, standard, on))
    name = key or "form"
    chosen = str(posted.get(f"phrase-{name}", ""))
    what = str(posted.get(f"what-{name}", noted.get(key, ""))).strip()[:LONGEST]
    remedy = str(posted.get(f"remedy-{name}", "")).strip()[:LONGEST]
    return DefectRow(key, title, phrases, chosen if chosen in phrases else "", what, remedy)
