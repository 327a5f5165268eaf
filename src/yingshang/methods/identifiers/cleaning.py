"""What people type, made plain before it is checked."""

from __future__ import annotations

import re
import unicodedata

# Spaces of every kind, and the invisible marks that copying from a page or a sheet brings along.
UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def cleaned(text: str) -> str:
    """Return a code in half-width capitals without spaces.

    >>> cleaned(" ２３０１２７ 19900101 001x ")
    '23012719900101001X'
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def require_length(code: str, length: int, name: str) -> None:
    """Raise ValueError when a cleaned code has not the length that its kind has."""
    if not code:
        raise ValueError(f"请填写{name}。")
    if len(code) != length:
        raise ValueError(f"{name}应为{length}位，现在是{len(code)}位。")


def require_digits(code: str, name: str) -> None:
    """Raise ValueError naming the first place that is no digit."""
    for place, character in enumerate(code, start=1):
        if character not in "0123456789":
            raise ValueError(f"{name}第{place}位应为数字，现在是“{character}”。")
