"""Word's automatic numbers, which stand in no text and must be counted again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

_CHINESE = "零一二三四五六七八九"
_VAL = qn("w:val")


def chinese(number: int) -> str:
    """Return a number below 100 in Chinese numerals.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    if number < 10:
        return _CHINESE[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _CHINESE[tens % 10]) + "十" + (_CHINESE[ones] if ones else "")


def _letters(number: int, first: str) -> str:
    return chr(ord(first) + (number - 1) % 26)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "decimalEnclosedParen": lambda n: f"({n})",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographTraditional": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "upperLetter": lambda n: _letters(n, "A"),
    "lowerLetter": lambda n: _letters(n, "a"),
    "bullet": lambda n: "",
    "none": lambda n: "",
}


class Numbers:
    """Counts the lists of one document in the order of print."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        self._read_definitions(document)
        self._read_styles(document)

    def label(self, paragraph: Any) -> str:
        """Return the number that is printed before this paragraph, or an empty string.

        Must be called once for every printed paragraph, in order.
        """
        found = self._of(paragraph)
        if found is None:
            return ""
        list_id, level = found
        definition = self.lists.get(list_id)
        if definition is None or level not in self.levels.get(definition, {}):
            return ""
        counts = self.counts.setdefault(definition, {})
        form, text, start = self.levels[definition][level]
        override = (list_id, level)
        if override in self.starts and override not in self.begun:
            self.begun.add(override)
            counts[level] = self.starts[override]
        else:
            counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if form == "bullet":
            return ""

        def spell(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            own = self.levels[definition].get(at)
            if own is None:
                return ""
            value = counts.get(at, own[2])
            return str(_FORMATS.get(own[0], str)(value))

        return re.sub(r"%(\d)", spell, text)

    def _of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        stated = properties.find(qn("w:numPr"))
        if stated is not None:
            identity, level = stated.find(qn("w:numId")), stated.find(qn("w:ilvl"))
            if identity is not None:
                number = identity.get(_VAL)
                return None if number == "0" else (number, _whole(level))
        style = properties.find(qn("w:pStyle"))
        return self.styles.get(style.get(_VAL)) if style is not None else None

    def _read_definitions(self, document: Any) -> None:
        try:
            part = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for definition in part.findall(qn("w:abstractNum")):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in definition.findall(qn("w:lvl")):
                form, text, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
                levels[int(level.get(qn("w:ilvl")) or 0)] = (
                    form.get(_VAL) if form is not None else "decimal",
                    (text.get(_VAL) or "") if text is not None else "",
                    _whole(start, 1),
                )
            self.levels[definition.get(qn("w:abstractNumId"))] = levels
        for each in part.findall(qn("w:num")):
            identity = each.get(qn("w:numId"))
            base = each.find(qn("w:abstractNumId"))
            if base is not None:
                self.lists[identity] = base.get(_VAL)
            for override in each.findall(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    self.starts[(identity, int(override.get(qn("w:ilvl")) or 0))] = _whole(start, 1)

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.findall(qn("w:style")):
            stated = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if stated is not None and stated.find(qn("w:numId")) is not None:
                self.styles[style.get(qn("w:styleId"))] = (
                    stated.find(qn("w:numId")).get(_VAL),
                    _whole(stated.find(qn("w:ilvl"))),
                )


def _whole(element: Any, otherwise: int = 0) -> int:
    try:
        return int(element.get(_VAL)) if element is not None else otherwise
    except (TypeError, ValueError):
        return otherwise
