"""Which characters the committed fonts have, and what is printed for one they lack.

A character without a glyph must never vanish: the PDF shows a box with its
code point, the way browsers do, and ``description.missing_characters`` tells beforehand.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

FONTS = Path(__file__).parent / "fonts"
ZERO_WIDTH_SPACE = "\u200b"  # ours alone: a text's own are dropped
DRAWN = {"☑": "checked", "☐": "unchecked", ZERO_WIDTH_SPACE: "break"}  # in no Song face; the layout draws them
SEPARATORS = {"\t": " ", "\u2028": "\n", "\u2029": "\n"}
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]")  # formatting only: dropped
LONG_WORD = re.compile(r"[!-~]{13,}")


class Gap(TypedDict):
    """A place in a text where the layout draws instead of printing a character."""

    draw: str
    code: str


Piece = str | Gap


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return the code points of the committed regular face, read from its cmap table (OpenType, format 12)."""
    font = (FONTS / "YingshangSerif-Regular.otf").read_bytes()
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for record in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">I", font, cmap + 4 + 8 * record + 4)[0]
        if struct.unpack_from(">H", font, table)[0] != 12:
            continue
        for group in range(struct.unpack_from(">I", font, table + 12)[0]):
            first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
            found |= set(range(first, last + 1))
    return frozenset(found)


def cleaned(text: str) -> str:
    """Return the text with one sign for every line end, tabs as spaces, and signs that only format left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, plain in SEPARATORS.items():
        text = text.replace(sign, plain)
    return UNSEEN.sub("", text)


def is_printable(letter: str) -> bool:
    """Return whether the fonts or the layout can show the character."""
    return letter == "\n" or letter in DRAWN or ord(letter) in covered()


def plain(text: str) -> str:
    """Return a text for where nothing can be drawn, as the file's properties or a chart: □ for a gap."""
    return "".join(letter if is_printable(letter) else "□" for letter in cleaned(text))


def pieces(text: str) -> list[Piece]:
    """Return a text as the layout takes it: strings, and a gap for each character that is drawn."""
    result: list[Piece] = []
    run: list[str] = []
    for letter in LONG_WORD.sub(_with_breaks, cleaned(text)):
        if letter not in DRAWN and is_printable(letter):
            run.append(letter)
            continue
        if run:
            result.append("".join(run))
            run = []
        result.append(Gap(draw=DRAWN.get(letter, "missing"), code="" if letter in DRAWN else f"{ord(letter):04X}"))
    return [*result, "".join(run)] if run or not result else result


def _with_breaks(word: re.Match[str]) -> str:
    """A web address or a key may break after every fourth character: nothing runs over the edge of a cell."""
    text = word.group()
    return ZERO_WIDTH_SPACE.join(text[at : at + 4] for at in range(0, len(text), 4))
