"""Word's automatic numbers, which stand in no text: written out as Word shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

NUMERALS = "零一二三四五六七八九"
CIRCLED = 0x2460


class Numbering:
    """Counts the numbered paragraphs of a document, list by list and level by level."""

    def __init__(self, document: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        part = _numbering_part(document)
        if part is None:
            return
        for abstract in part.iterfind(qn("w:abstractNum")):
            self._abstract[abstract.get(qn("w:abstractNumId"))] = abstract
        for number in part.iterfind(qn("w:num")):
            number_id = number.get(qn("w:numId"))
            link = number.find(qn("w:abstractNumId"))
            self._of[number_id] = link.get(qn("w:val")) if link is not None else ""
            for override in number.iterfind(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    self._starts[(number_id, int(override.get(qn("w:ilvl"))))] = int(start.get(qn("w:val")))

    def label_of(self, paragraph: Paragraph) -> str:
        """Return the number that Word shows before a paragraph, counted on; empty where it shows none."""
        place = _place_of(paragraph)
        if place is None or place[0] not in self._of:
            return ""
        number_id, level = place
        formats = self._formats(number_id)
        if level not in formats:
            return ""
        counts = self._counts[self._of[number_id]]
        override = self._starts.get((number_id, level))
        if override is not None and (number_id, level) not in self._begun:
            counts[level] = override
        else:
            counts[level] = counts[level] + 1 if level in counts else formats[level][2]
        self._begun.add((number_id, level))
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        kind, pattern, _ = formats[level]
        if kind in {"bullet", "none"}:
            return ""

        def shown(match: re.Match[str]) -> str:
            which = int(match.group(1)) - 1
            form = formats.get(which, ("decimal", "", 1))
            return written(counts.get(which, form[2]), form[0])

        return re.sub(r"%(\d)", shown, pattern)

    def _formats(self, number_id: str) -> dict[int, tuple[str, str, int]]:
        """Return for each level its kind, its pattern and where it starts."""
        abstract = self._abstract.get(self._of[number_id])
        found: dict[int, tuple[str, str, int]] = {}
        for level in abstract.iterfind(qn("w:lvl")) if abstract is not None else ():
            kind, text, start = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:start"))
            found[int(level.get(qn("w:ilvl")))] = (
                kind.get(qn("w:val")) if kind is not None else "decimal",
                text.get(qn("w:val")) if text is not None else "",
                int(start.get(qn("w:val"))) if start is not None else 1,
            )
        return found


def _numbering_part(document: Any) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _place_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return the list and level of a paragraph, its own or its style's."""
    for properties in _properties(paragraph):
        numbered = properties.find(qn("w:numPr")) if properties is not None else None
        if numbered is None:
            continue
        number_id, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
        if number_id is None or number_id.get(qn("w:val")) == "0":
            return None
        return number_id.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
    return None


def _properties(paragraph: Paragraph) -> list[Any]:
    found = [paragraph._p.pPr]
    try:
        style: Any = paragraph.style
        while style is not None and len(found) < 12:
            found.append(style.element.pPr)
            style = style.base_style
    except (KeyError, AttributeError):
        pass
    return found


def written(value: int, kind: str) -> str:
    """Return a number in a numbering format of Word.

    >>> written(12, "chineseCountingThousand"), written(3, "decimal"), written(2, "decimalEnclosedCircle")
    ('十二', '3', '②')
    """
    if kind in {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "chineseLegalSimplified",
        "taiwaneseCounting",
    }:
        return _chinese(value)
    if kind in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= value <= 20:
        return chr(CIRCLED + value - 1)
    if kind in {"lowerLetter", "upperLetter"} and 1 <= value <= 26:
        return chr((96 if kind == "lowerLetter" else 64) + value)
    return str(value)


def _chinese(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return head + (NUMERALS[ones] if ones else "")
