"""Resident identity number (公民身份号码), GB 11643—1999.

Form, date of birth and check digit only. The first six digits name the
division of the first registration, which may since have been renumbered or
merged: adults born in Mulan before 1996 carry 232127, not 230127. They must
never be compared with the divisions of today.
"""

from __future__ import annotations

from datetime import date

from yingshang.methods.identifiers.cleaning import cleaned, require_digits, require_length

NAME = "身份证号码"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
EARLIEST_YEAR = 1800


def check(text: str) -> str:
    """Return the 18 characters, a check letter as capital X. Raises ValueError with a Chinese reason.

    >>> check("11010519491231002x")
    '11010519491231002X'
    """
    number = cleaned(text)
    if len(number) == 15 and number.isdigit():
        raise ValueError("这是15位的旧号码，请填写18位的身份证号码。")
    require_length(number, 18, NAME)
    require_digits(number[:17], NAME)
    if number[17] not in CHECK_DIGITS:
        raise ValueError(f"{NAME}最后一位应为数字或字母X，现在是“{number[17]}”。")
    _read_date(number)
    if check_digit(number[:17]) != number[17]:
        raise ValueError(f"{NAME}的校验位对不上，请逐位核对。")
    return number


def check_digit(first_seventeen: str) -> str:
    """Return the 18th character for 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def birth_date(number: str) -> date:
    """Return the date of birth in a checked number."""
    return _read_date(number)


def _read_date(number: str) -> date:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        if year < EARLIEST_YEAR:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{NAME}第7至14位不是真实的出生日期（{year}年{month}月{day}日）。") from None
