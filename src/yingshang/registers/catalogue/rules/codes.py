"""Item codes: the 31 characters of an 实施编码, and the patterns of other provinces.

31 = credit code of the implementing body (18) + level (1) + basic code (12).
The basic code is region 2 + kind 2 + field 2 + main item 3 + sub item 3. GB/T
39046—2020 itself says an..10 and an..24; the national exchange tables and the
codes in use have 12 and 31, so these are checked and others pass by a pattern.
"""

from __future__ import annotations

import re

from yingshang.methods.identifiers import cleaned, uscc

LENGTH = 31
BASIC = re.compile(r"^[0-9]{12}$")
FOREIGN = re.compile(r"^[0-9A-Z][0-9A-Z-]{7,58}[0-9A-Z]$")
LEVELS = "1234567"


def basic_code(text: str) -> str:
    """Return a 基本编码 of twelve digits. Raises ValueError with a Chinese reason.

    >>> basic_code("230131 001001")
    '230131001001'
    """
    code = cleaned(text)
    if not BASIC.match(code):
        raise ValueError(f"基本编码是12位数字，现在是“{code}”（{len(code)}位）。")
    return code


def item_code(text: str) -> str:
    """Return an 实施编码. Raises ValueError with a Chinese reason.

    31 characters without hyphens are taken as the national form and checked in
    both parts; anything else passes when it looks like a code at all.

    >>> item_code("11230127mb000001914230131001001")
    '11230127MB000001914230131001001'
    """
    code = cleaned(text)
    if len(code) == LENGTH and "-" not in code:
        credit, level, basic = parts(code)
        try:
            uscc.check(credit)
        except ValueError as error:
            raise ValueError(f"实施编码前18位：{error}") from None
        if level not in LEVELS:
            raise ValueError(f"实施编码第19位表示行使层级，没有“{level}”这一级。")
        basic_code(basic)
        return code
    if not FOREIGN.match(code):
        raise ValueError(f"实施编码应为31位（18位信用代码、1位行使层级、12位基本编码），现在是{len(code)}位。")
    return code


def composed(credit: str, level: str, basic: str) -> str:
    """Return the 实施编码 of a basic item at a body. Raises ValueError with a Chinese reason."""
    return item_code(f"{uscc.check(credit)}{level}{basic_code(basic)}")


def parts(code: str) -> tuple[str, str, str]:
    """Return credit code, level and basic code of a national 31-character code."""
    return code[:18], code[18:19], code[19:]
