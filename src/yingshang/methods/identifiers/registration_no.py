"""Registration number of a business before 2015 (注册号): 15 digits, still printed on old papers."""

from __future__ import annotations

from yingshang.methods.identifiers.cleaning import cleaned, require_digits, require_length

NAME = "注册号"


def check(text: str) -> str:
    """Return the 15 digits. Raises ValueError with a Chinese reason.

    >>> check("230127 1000 00018")
    '230127100000018'
    """
    number = cleaned(text)
    require_length(number, 15, NAME)
    require_digits(number, NAME)
    if check_digit(number[:14]) != number[14]:
        raise ValueError(f"{NAME}的校验位对不上，请逐位核对。")
    return number


def check_digit(first_fourteen: str) -> str:
    """Return the 15th digit (ISO 7064, MOD 11,10)."""
    product = 10
    for digit in first_fourteen:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
