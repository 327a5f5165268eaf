"""How names sound: full pinyin and initials, so that 营业执照 is found by yingyezhizhao, zhizhao and yyzz."""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
MOST_CHARACTERS = 40  # of one name; what stands behind them is found by its characters
SHORTEST = 2
LONGEST = 60


def sounds(text: str) -> list[str]:
    """Return what may be typed in letters to find a text: from every character on, in full and by initials.

    The first character is told in all its readings: phrases set the reading
    inside a name, but a name that begins with 行 or 重 is typed either way.
    """
    from pypinyin import lazy_pinyin  # here: its dictionary is large and only writing needs it

    found: list[str] = []
    for run in HAN.findall(text):
        syllables = lazy_pinyin(run[:MOST_CHARACTERS])
        for place in range(len(syllables)):
            found += _typed(syllables[place:])
        for reading in _readings(run[0]):
            found += _typed([reading, *syllables[1:]])
    return list(dict.fromkeys(found))


def _typed(syllables: list[str]) -> Iterator[str]:
    whole, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables)
    return (typed[:LONGEST] for typed in (whole, initials) if len(typed) >= SHORTEST and typed.isascii())


def _readings(character: str) -> list[str]:
    from pypinyin import Style, pinyin

    return [str(reading) for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]]
