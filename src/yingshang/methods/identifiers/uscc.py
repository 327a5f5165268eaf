"""Unified social credit code (统一社会信用代码), GB 32100—2015."""

from __future__ import annotations

from yingshang.methods.identifiers import org_code
from yingshang.methods.identifiers.cleaning import cleaned, require_length

NAME = "统一社会信用代码"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

DEPARTMENTS = {
    "1": "机构编制",
    "2": "外交",
    "3": "司法行政",
    "4": "文化",
    "5": "民政",
    "6": "旅游",
    "7": "宗教",
    "8": "工会",
    "9": "市场监管",
    "A": "中央军委改革和编制办公室",
    "N": "农业",
    "Y": "其他",
}


def check(text: str) -> str:
    """Return the 18 characters. Raises ValueError with a Chinese reason.

    Checked are the length, the letters (I, O, S, V, Z are never used), the
    registering department (place 1), the digits of its division (3–8), the
    check character of the organization code inside (17) and that of the whole
    (18). Which division it is, is not checked: divisions are renumbered.

    >>> check("n2230127MF0000013x")
    'N2230127MF0000013X'
    """
    code = cleaned(text)
    require_length(code, 18, NAME)
    for place, character in enumerate(code, start=1):
        if character not in LETTERS:
            raise ValueError(f"{NAME}第{place}位不会是“{character}”。{_hint(character)}")
    if code[0] not in DEPARTMENTS:
        raise ValueError(f"{NAME}第1位表示登记管理部门，没有“{code[0]}”这一种。")
    for place, character in enumerate(code[2:8], start=3):
        if not character.isdigit():
            raise ValueError(f"{NAME}第{place}位属于行政区划，应为数字，现在是“{character}”。")
    if org_code.check_character(code[8:16]) != code[16]:
        raise ValueError(f"{NAME}第9至17位（组织机构代码）的校验位对不上，请逐位核对。")
    if check_character(code[:17]) != code[17]:
        raise ValueError(f"{NAME}的校验位对不上，请逐位核对。")
    return code


def check_character(first_seventeen: str) -> str:
    """Return the 18th character: (31 − ΣC·W mod 31) mod 31; the second mod makes 31 a 0."""
    total = sum(LETTERS.index(character) * weight for character, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return LETTERS[(31 - total % 31) % 31]


def department(code: str) -> str:
    """Return the Chinese name of the department that registered a checked code."""
    return DEPARTMENTS[code[0]]


def _hint(character: str) -> str:
    meant = {"I": "数字1", "O": "数字0", "S": "数字5", "Z": "数字2"}.get(character)
    return f"请核对是否为{meant}。" if meant else "只能使用数字和大写字母（不含I、O、S、V、Z）。"
