"""A repaired copy of a stretch of text for matching, which knows where every character came from.

The source is stored as printed and never changed; every repair happens here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇○"
INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\r"}
PINYIN = re.compile(rf"(?<=[{HAN}])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}[)）]")
BRACKETS = str.maketrans("〔【［｛〈", "([[{<")
CLOSING = str.maketrans("〕】］｝〉", ")]]}>")


@dataclass(frozen=True)
class Shadow:
    """printed: the characters kept. folded: the same number of characters, half-width. origin: where each came from."""

    printed: str
    folded: str
    origin: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.printed)

    def cut(self, start: int, end: int) -> Shadow:
        """Return a part of it, without white space at the ends."""
        end = min(end, len(self))
        while start < end and self.printed[start].isspace():
            start += 1
        while end > start and self.printed[end - 1].isspace():
            end -= 1
        return Shadow(self.printed[start:end], self.folded[start:end], self.origin[start:end])

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the source, end excluded; (0, 0) for an empty one."""
        return (self.origin[0], self.origin[-1] + 1) if self.origin else (0, 0)


EMPTY = Shadow("", "", ())


def shadow_of(text: str, start: int, end: int) -> Shadow:
    """Return the shadow of ``text[start:end]``.

    Dropped: invisible characters, pinyin left in brackets by conversions, line
    ends and the white space around them between Chinese characters.
    """
    kept = [place for place in range(start, end) if text[place] not in INVISIBLE]
    raw = "".join(text[place] for place in kept)
    drop: set[int] = set()
    for pattern in (
        PINYIN,
        re.compile(rf"(?<=[{HAN}，。、；：,;:()（）“”])[ \t\u3000]*\n\s*|\n[ \t\u3000]*(?=[{HAN}])"),
    ):
        for match in pattern.finditer(raw):
            drop.update(range(match.start(), match.end()))
    places = [place for index, place in enumerate(kept) if index not in drop]
    printed = "".join(" " if text[place] in "\n\t\u3000\u00a0" else text[place] for place in places)
    return Shadow(printed, fold(printed), tuple(places))


def fold(text: str) -> str:
    """Return the text half-width, brackets of all kinds as ( [ { <, character for character.

    >>> fold("（牵头单位：Ａ）〔2019〕")
    '(牵头单位:A)(2019)'
    """
    return "".join(map(_fold_one, text)).translate(BRACKETS).translate(CLOSING)


def _fold_one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def joined(parts: Iterable[Shadow], between: str = "") -> Shadow:
    """Return several shadows as one. between: put where they meet; it has the origin of what comes before."""
    result = EMPTY
    for part in parts:
        if not part:
            continue
        if result and between:
            result = Shadow(
                result.printed + between,
                result.folded + between,
                (*result.origin, *([result.origin[-1]] * len(between))),
            )
        result = Shadow(result.printed + part.printed, result.folded + part.folded, result.origin + part.origin)
    return result


def converted(shadow: Shadow, convert: Callable[[str], str]) -> Shadow:
    """Return the shadow with its folded text converted (traditional to simplified), if the length stays the same."""
    folded = convert(shadow.folded)
    if len(folded) != len(shadow.folded):
        folded = "".join(one if len(one) == 1 else before for before in shadow.folded for one in [convert(before)])
    return Shadow(shadow.printed, folded, shadow.origin)
