"""Traditional script: matched through a simplified shadow, stored as printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

SHARE_OF_TRADITIONAL = 0.02
SAMPLE = 4000


@cache
def _opencc(name: str) -> Callable[[str], str]:
    from opencc import OpenCC  # loaded only for the rare document that needs it

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


TELLTALES = frozenset("縣鄉鎮區國務辦環單責頭門營實關檢察監督長東車馬書時間應當與為無業產進這發開資質類")


def converter_for(text: str) -> Callable[[str], str] | None:
    """Return how to simplify a text for matching (Taiwan phrases too), or None for simplified text."""
    sample = text[:SAMPLE]
    traditional = sum(character in TELLTALES for character in sample)
    return _opencc("tw2sp") if traditional > len(sample) * SHARE_OF_TRADITIONAL else None
