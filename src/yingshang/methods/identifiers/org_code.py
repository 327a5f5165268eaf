"""Organization code (组织机构代码), GB 11714: eight characters and a check character."""

from __future__ import annotations

from yingshang.methods.identifiers.cleaning import cleaned, require_length

NAME = "组织机构代码"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check(text: str) -> str:
    """Return the nine characters without the hyphen. Raises ValueError with a Chinese reason.

    >>> check("M000100Y-4")
    'M000100Y4'
    """
    code = cleaned(text).replace("-", "")
    require_length(code, 9, NAME)
    for place, character in enumerate(code[:8], start=1):
        if character not in LETTERS:
            raise ValueError(f"{NAME}第{place}位应为数字或字母，现在是“{character}”。")
    if check_character(code[:8]) != code[8]:
        raise ValueError(f"{NAME}的校验位对不上，请逐位核对。")
    return code


def check_character(first_eight: str) -> str:
    """Return the ninth character: 11 − Σ mod 11, where 10 is written X and 11 is written 0."""
    total = sum(LETTERS.index(character) * weight for character, weight in zip(first_eight, WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
