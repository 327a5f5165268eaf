"""Rare characters (生僻字): what a name may bring, and what old systems left behind.

Characters of every extension of Unicode are kept as they are. Code points of the
private use area mean a different character on every machine, so they are never
kept in silence: the eight that GB 18030—2022 moved get a suggestion, the others a
way to type the character by its number.
"""

from __future__ import annotations

import re
import unicodedata

# GB 18030—2022 gives these radicals and components a place of their own; before, fonts drew them here.
MOVED = {
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
}
BY_NUMBER = re.compile(r"U\+([0-9A-F]{4,6})(?![0-9A-F])", re.IGNORECASE)


def private(text: str) -> str:
    """Return the first character of a text that stands in a private use area, or nothing."""
    return next((character for character in text if unicodedata.category(character) == "Co"), "")


def private_words(character: str) -> str:
    """Return the sentence about a private character: what it is and how to type the real one."""
    number = f"U+{ord(character):04X}"
    if character in MOVED:
        right = MOVED[character]
        return f"“{character}”（{number}）是旧编码，请改为“{right}”（输入U+{ord(right):04X}即可）。"
    return (
        f"“{character}”（{number}）是自造字，换一台电脑就看不到。"
        "请用国家标准里的字，或者输入它的编码（例如U+20BB7）；查不到时请到窗口，由工作人员帮您录入。"
    )


def by_number(text: str) -> str:
    """Return a text in which ``U+20BB7`` has become the character; what names no ideograph stays as typed.

    >>> by_number("赵U+20BB7")
    '赵𠮷'
    """

    def character(found: re.Match[str]) -> str:
        number = int(found[1], 16)
        drawn = chr(number) if number <= 0x10FFFF else ""
        return drawn if drawn and unicodedata.category(drawn) == "Lo" else found[0]

    return BY_NUMBER.sub(character, text)
