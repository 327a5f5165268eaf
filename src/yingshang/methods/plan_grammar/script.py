"""Traditional script and Taiwan phrases, for matching only.

OpenCC's ``tw2sp`` turns phrases back too (最佳化 → 优化), but changes their
length; a shadow must keep one character for one. So characters are converted
one by one, and a phrase only where its length allows it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# Characters that simplified text never has and a notice in traditional script always has.
_TELLTALE = frozenset("縣區責單門環營務辦導領員關於發設產業學實權點體經濟應當為與會計劃組織從這個來說請認標質監")


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("tw2sp")


@cache
def _letter(letter: str) -> str:
    converted: str = _converter().convert(letter)
    return converted if len(converted) == 1 else letter


def is_traditional(text: str) -> bool:
    """Say whether the text is written in traditional script."""
    return not _TELLTALE.isdisjoint(text)


def simplified(text: str) -> str:
    """Return the text in simplified script, character for character.

    A text without any tell-tale traditional character is returned as it is.
    """
    if not is_traditional(text):
        return text
    phrases: str = _converter().convert(text)
    if len(phrases) == len(text):
        return phrases
    return "".join(map(_letter, text))
