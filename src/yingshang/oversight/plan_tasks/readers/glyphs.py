"""Letters that a PDF gives back as radicals.

A font draws 民 and the radical ⺠ with one glyph, and many programs that write
PDF name the glyph by the radical. What was printed is the letter. The pairs are
those of Unicode's EquivalentUnifiedIdeograph that modern fonts share.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SUPPLEMENT = (
    "⺅亻⺉刂⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺣灬⺦丬⺨犭⺫罒⺭礻⺰纟⺱罓⺹耂⺺肀⺾艹"
    "⻁虎⻂衤⻃覀⻅见⻆角⻈讠⻉贝⻋车⻌辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_LETTERS: Final = str.maketrans({**_KANGXI, **dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)), "⼾": "户"})


def letters(text: str) -> str:
    """Return the text with letters in the place of radicals, character for character."""
    return text.translate(_LETTERS)
