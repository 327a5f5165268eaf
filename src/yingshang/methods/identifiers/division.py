"""Division codes (行政区划代码), GB/T 2260 and the town and village codes that continue them.

6 digits down to the county, 9 to the town, 12 to the village; 12 digits that
end in zeros name the larger division.
"""

from __future__ import annotations

import re

from yingshang.methods.identifiers.cleaning import cleaned, require_digits

NAME = "行政区划代码"
LENGTHS = (2, 4, 6, 9, 12)
LEVELS = {2: "省级", 4: "地级", 6: "县级", 9: "乡级", 12: "村级"}
PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")


def check(text: str) -> str:
    """Return the code without the zeros that only fill it up. Raises ValueError with a Chinese reason.

    >>> check("230127000000"), check("230127100"), check("230000")
    ('230127', '230127100', '23')
    """
    code = cleaned(text)
    require_digits(code, NAME)
    if len(code) not in LENGTHS:
        raise ValueError(f"{NAME}应为6位、9位或12位，现在是{len(code)}位。")
    if not PROVINCES.match(code):
        raise ValueError(f"{NAME}以“{code[:2]}”开头，没有这个省级代码。")
    for shorter, longer in zip(LENGTHS[:0:-1], LENGTHS[-2::-1], strict=True):
        if len(code) == shorter and set(code[longer:]) == {"0"}:
            code = code[:longer]
    return code


def level(code: str) -> str:
    """Return ``省级``, ``地级``, ``县级``, ``乡级`` or ``村级`` for a checked code."""
    return LEVELS[len(code)]


def is_within(code: str, larger: str) -> bool:
    """Return whether a checked code names a place in another one, or that place itself.

    >>> is_within("230127100", "230127"), is_within("230128", "230127")
    (True, False)
    """
    return code.startswith(larger)
