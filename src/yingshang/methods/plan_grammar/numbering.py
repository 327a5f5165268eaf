"""The numbers that open chapters, sections, tasks and sub-items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingshang.methods.plan_grammar.shadow import fold

CHINESE = "一二三四五六七八九十百〇零"
FORMS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"附件\s*(?P<n>\d{0,2})\s*[:.、]?(?=\s|$|[^\d、和及至中表])")),
    (1, re.compile(rf"第(?P<n>[{CHINESE}]+|\d+)[章编篇部](?:分)?[、:.\s]*")),
    (2, re.compile(rf"第(?P<n>[{CHINESE}]+|\d+)节[、:.\s]*")),
    (2, re.compile(rf"(?P<n>[{CHINESE}]{{1,4}})[、.]\s*(?!是)")),
    (3, re.compile(rf"[(<](?P<n>[{CHINESE}]{{1,4}})[)>][、.]?\s*")),
    (4, re.compile(r"(?:任务|措施|事项)(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})[:、.]\s*")),
    (4, re.compile(r"(?P<n>\d{1,3})(?:[.、](?![\d.])|\s*．)\s*")),
    (5, re.compile(r"\((?P<n>\d{1,3})\)[、.]?\s*")),
    (5, re.compile(r"(?P<n>\d{1,2})\)[、.]?\s*")),
    (6, re.compile(r"(?P<n>[①-⑳])[、.]?\s*")),
)
CIRCLED = {chr(0x2460 + value - 1): str(value) for value in range(1, 21)}


@dataclass(frozen=True)
class Number:
    """A number at the start of a paragraph. level: smaller stands higher; value: 0 where it cannot be counted."""

    level: int
    label: str
    text: str
    length: int
    value: int


def number_at(folded: str, place: int = 0) -> Number | None:
    """Return the number that stands at a place of a folded text, if any."""
    for level, form in FORMS:
        match = form.match(folded, place)
        if match:
            text = match["n"]
            if not _plausible(level, folded, match):
                continue
            text = CIRCLED.get(text, text)
            return Number(level, match.group().strip(), text, match.end() - place, value_of(text))
    return None


def _plausible(level: int, folded: str, match: re.Match[str]) -> bool:
    rest = folded[match.end() :]
    if level == 4 and match.group().strip()[-1] in ".、" and re.match(r"\d", rest):
        return False
    return not (level == 0 and re.match(r"[的所中]", rest))


def begins_item(line: str) -> bool:
    """Return whether a printed line begins with a number of any level."""
    return number_at(fold(line)) is not None


def value_of(text: str) -> int:
    """Return the value of a number in Arabic or Chinese numerals; 0 for anything else.

    >>> value_of("二十三"), value_of("17"), value_of("百")
    (23, 17, 0)
    """
    if text.isdigit():
        return int(text)
    digits = {"〇": 0, "零": 0} | {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}
    if "十" in text:
        tens, _, ones = text.partition("十")
        if (tens and tens not in digits) or (ones and ones not in digits):
            return 0
        return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)
    return digits.get(text, 0)
