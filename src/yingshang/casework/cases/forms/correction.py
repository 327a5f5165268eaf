"""The one correction notice: every material that applies, each with the standard phrases of the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yingshang.registers.catalogue import api as catalogue

LONGEST = 400
FORM_ITSELF = ""
"""The key of the application form among the materials of a notice."""
PHRASES = (
    "没有提交《{title}》。",
    "《{title}》缺页或者看不清。",
    "《{title}》没有签字或者盖章。",
    "《{title}》已经过了有效期。",
    "《{title}》的内容与申请表不一致。",
)
REMEDY = "请按办事指南的要求重新提交。"


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
    materials: Sequence[catalogue.Material], posted: Mapping[str, Any], noted: Mapping[str, str]
) -> list[DefectRow]:
    """Return the rows of the notice. posted: of the page, empty at first; noted: remarks made while looking, by key."""
    rows = [_row(material.key, material.title, material.standard, posted, noted) for material in materials]
    return [*rows, _row(FORM_ITSELF, "申请表", "", posted, noted)]


def defects(rows: Sequence[DefectRow]) -> list[dict[str, str]]:
    """Return what the operation takes: the rows in which something is wrong."""
    return [
        {"material": row.key, "title": row.title, "what": row.said, "remedy": row.remedy or REMEDY}
        for row in rows
        if row.said
    ]


def _row(key: str, title: str, standard: str, posted: Mapping[str, Any], noted: Mapping[str, str]) -> DefectRow:
    phrases = [phrase.format(title=title) for phrase in PHRASES]
    if standard:
        phrases.insert(0, f"《{title}》不符合要求：{standard}"[:LONGEST])
    name = key or "form"
    chosen = str(posted.get(f"phrase-{name}", ""))
    what = str(posted.get(f"what-{name}", noted.get(key, ""))).strip()[:LONGEST]
    remedy = str(posted.get(f"remedy-{name}", "")).strip()[:LONGEST]
    return DefectRow(key, title, tuple(phrases), chosen if chosen in phrases else "", what, remedy)
