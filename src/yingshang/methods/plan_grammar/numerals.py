"""Numbers in Chinese numerals."""

from __future__ import annotations

_DIGITS = {letter: n for n, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "两": 2}


def number(text: str) -> int | None:
    """Return the number that digits or Chinese numerals up to 99 stand for, or None.

    >>> [number(t) for t in ("12", "十", "十二", "二十", "三十一", "二○二一")]
    [12, 10, 12, 20, 31, 2021]
    """
    if text.isdecimal():
        return int(text)
    if not text or any(letter not in _DIGITS and letter != "十" for letter in text):
        return None
    if "十" not in text:
        return int("".join(str(_DIGITS[letter]) for letter in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
