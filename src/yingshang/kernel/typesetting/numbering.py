"""Numbers of headings: 一、 （一） 1. （1） (GB/T 9704—2012, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from yingshang.kernel.typesetting.papers import Block, Heading

DIGITS = "〇一二三四五六七八九"
LEVELS = 4
BRINGS_ITS_NUMBER = re.compile(
    r"^(第[〇一二三四五六七八九十百\d]+[章节条编部分]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])"
)


def chinese(number: int) -> str:
    """Return 1 to 99 as Chinese numerals: 12 is ``十二``, 40 is ``四十``."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones or not tens else "")


def sign(level: int, number: int) -> str:
    """Return the number of a heading as it stands before its text."""
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[level - 1]


def numbered(body: Sequence[Block]) -> list[Block]:
    """Return the blocks with a number before every heading that brings none.

    Each level counts from one under its heading above; a heading with its own
    number counts too, so that a mixture goes on after it.
    """
    counts = [0] * LEVELS
    result: list[Block] = []
    for block in body:
        if isinstance(block, Heading):
            level = min(max(block.level, 1), LEVELS)
            counts[level - 1] += 1
            counts[level:] = [0] * (LEVELS - level)
            text = block.text.strip()
            before = "" if BRINGS_ITS_NUMBER.match(text) else sign(level, counts[level - 1])
            block = replace(block, text=before + text, level=level)
        result.append(block)
    return result
