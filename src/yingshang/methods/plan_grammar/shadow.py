"""The shadow copy: repaired for matching, while the printed text stays as it is.

Every character of the shadow knows where it stands in the printed text, so
whatever is found in the shadow can be shown, and quoted, in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar import script

# Circled numbers stay: NFKC would make a plain 1 of ①, and the level of the list would be lost.
_CIRCLED = {chr(n) for n in range(0x2460, 0x2474)} | {chr(n) for n in range(0x2776, 0x2780)}
_BARE = {"⒈": "1."}
_SAME = {
    "︰": ":",
    "﹕": ":",
    "∶": ":",
    "﹔": ";",
    "﹐": ",",
    "﹑": "、",
    "﹒": ".",
    "•": "·",
    "〇": "〇",
    "﹝": "〔",
    "﹞": "〕",
    "—": "—",
}
_DEBRIS = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\u2500-\u257f]")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Mirrors that flattened the page left the sound of a converted character behind it: 企業(yè).
_SOUND = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A repaired copy of some printed text.

    text: what patterns are matched against.
    at: for each character of ``text`` its offset in the printed text.
    soft: positions in ``text`` before which white space was taken out; a space
        or line end may have separated two names, or broken one.
    """

    text: str
    at: tuple[int, ...]
    soft: frozenset[int] = field(default_factory=frozenset)

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> Shadow:
        """Return the shadow of a part of itself; its offsets stay those of the printed text."""
        end = len(self.text) if end is None else end
        inside = frozenset(p - start for p in self.soft if start < p < end)
        return Shadow(self.text[start:end], self.at[start:end], inside)

    def strip(self, unwanted: str = " \n\t") -> Shadow:
        """Return itself without these characters at either end."""
        left = len(self.text) - len(self.text.lstrip(unwanted))
        right = len(self.text.rstrip(unwanted))
        return self.part(min(left, right), right)

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return where a non-empty part of it begins and ends in the printed text."""
        end = len(self.text) if end is None else end
        return self.at[start], self.at[end - 1] + 1

    def name(self, printed: str, start: int = 0, end: int | None = None) -> str:
        """Return a part as printed, without the wraps and spaces that broke it."""
        end = len(self.text) if end is None else end
        offsets = dict.fromkeys(self.at[start:end])
        return "".join(printed[offset] for offset in offsets)


EMPTY = Shadow("", ())


def of(printed: str, start: int = 0) -> Shadow:
    """Return the shadow of a piece of printed text that begins at ``start``.

    Full-width forms become half-width, but 、 。 and quotation marks stay;
    traditional script becomes simplified; spaces beside Chinese characters,
    invisible characters and box-drawing lines go.
    """
    letters: list[str] = []
    at: list[int] = []
    for offset, letter in enumerate(printed, start):
        for plain in _plain(letter):
            letters.append(plain)
            at.append(offset)
    text = script.simplified("".join(letters))
    return _without_sounds(_without_spaces(text, at))


def join(shadows: Iterable[Shadow], between: str = "\n") -> Shadow:
    """Return several shadows as one, with ``between`` standing right after each but the last.

    An empty ``between`` leaves a soft place: the wrap may have separated names.
    """
    text = ""
    at: list[int] = []
    soft: set[int] = set()
    for shadow in shadows:
        if not shadow.text:
            continue
        if text and between:
            text += between
            at += [at[-1]] * len(between)
        elif text:
            soft.add(len(text))
        soft |= {len(text) + p for p in shadow.soft}
        text += shadow.text
        at += shadow.at
    return Shadow(text, tuple(at), frozenset(soft))


def firmly(left: Shadow, right: Shadow) -> Shadow:
    """Return two shadows as one word: a full line ended between them, and that separates nothing."""
    soft = left.soft | {len(left) + place for place in right.soft}
    return Shadow(left.text + right.text, left.at + right.at, soft)


def _plain(letter: str) -> str:
    if letter in _CIRCLED or letter.isascii():
        return letter
    if letter in _SAME:
        return _SAME[letter]
    if _DEBRIS.match(letter):
        return "\n" if letter == "\u2028" else ""
    return unicodedata.normalize("NFKC", letter)


def _without_spaces(text: str, at: list[int]) -> Shadow:
    """Drop white space unless it stands between two Latin letters or digits."""
    kept: list[str] = []
    offsets: list[int] = []
    soft: set[int] = set()
    length = len(text)
    index = 0
    while index < length:
        if not text[index].isspace():
            kept.append(text[index])
            offsets.append(at[index])
            index += 1
            continue
        after = index
        while after < length and text[after].isspace():
            after += 1
        before_is_latin = bool(kept) and kept[-1].isascii() and kept[-1].isalnum()
        after_is_latin = after < length and text[after].isascii() and text[after].isalnum()
        if before_is_latin and after_is_latin:
            kept.append(" ")
            offsets.append(at[index])
        elif kept:
            soft.add(len(kept))
        index = after
    return Shadow("".join(kept), tuple(offsets), frozenset(p for p in soft if p < len(kept)))


def _without_sounds(shadow: Shadow) -> Shadow:
    if "(" not in shadow.text:
        return shadow
    pieces, reached = [], 0
    for sound in _SOUND.finditer(shadow.text):
        pieces.append(shadow.part(reached, sound.start()))
        reached = sound.end()
    if not pieces:
        return shadow
    pieces.append(shadow.part(reached))
    text = "".join(piece.text for piece in pieces)
    return Shadow(text, tuple(offset for piece in pieces for offset in piece.at))
