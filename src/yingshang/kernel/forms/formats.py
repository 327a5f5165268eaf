"""The format words of a field: what each takes, how it is typed, and the sentence when it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yingshang.methods.identifiers import cleaned, division, resident_id, uscc

MOBILE = re.compile(r"1[3-9]\d{9}")
PHONE = re.compile(r"(?:0\d{2,3}-)?\d{5,8}(?:-\d{1,6})?|1[3-9]\d{9}|400\d{7}|12345")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
PERSON = re.compile(r"[^\d<>/\\|]{2,50}")
DOTS = re.compile("[•‧∙・･．]")  # dots that stand for U+00B7 between the parts of a name
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Format:
    """How one format word is typed and checked.

    check: returns the value as it is stored, or raises ValueError with a Chinese sentence.
    keyboard: HTML ``inputmode``. filled_in: HTML ``autocomplete``. width: characters the field is wide.
    """

    title: str
    check: Callable[[str], str]
    example: str = ""
    keyboard: str = ""
    filled_in: str = ""
    width: int = 20


def _mobile(text: str) -> str:
    number = cleaned(text).replace("-", "").removeprefix("+86")
    if not number.isdigit():
        raise ValueError("手机号码只能有数字。")
    if len(number) != 11:
        raise ValueError(f"手机号码应为11位，现在是{len(number)}位。")
    if not MOBILE.fullmatch(number):
        raise ValueError(f"没有以“{number[:2]}”开头的手机号码，请核对前两位。")
    return number


def _phone(text: str) -> str:
    number = re.sub("[‐‑‒–—―－（）()]", "-", cleaned(text)).strip("-")
    if not PHONE.fullmatch(number):
        raise ValueError("电话号码应为区号加号码，例如0451-57000000，或者11位手机号码。")
    return number


def _email(text: str) -> str:
    address = cleaned(text).lower()
    if not EMAIL.fullmatch(address):
        raise ValueError("电子邮箱应有一个“@”，后面是网址，例如zhao@example.com。")
    return address


def _date(text: str) -> str:
    """Return YYYY-MM-DD; reads 2026年3月1日, 2026/3/1, 2026.3.1 and 20260301, in full width too."""
    found = DATE.fullmatch(cleaned(text))
    if found is None:
        raise ValueError("日期应写明年、月、日，例如2026年3月1日。")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"没有{year}年{month}月{day}日这一天，请核对日期。") from None


def _person(text: str) -> str:
    """Return a name as it is written; no normal form is forced on it, as that would change rare characters."""
    name = DOTS.sub("·", SPACES.sub(" ", text).strip())
    if not name.isascii():
        name = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", name)
    if len(name) < 2:
        raise ValueError("姓名至少有2个字。")
    if not PERSON.fullmatch(name):
        raise ValueError("姓名不超过50个字，不能有数字和< > / \\ |。")
    return name


FORMATS = {
    "id-number": Format("身份证号码", resident_id.check, "", "", "off", 20),
    "credit-code": Format("统一社会信用代码", uscc.check, "", "", "off", 20),
    "mobile": Format("手机号码", _mobile, "13800001234", "tel", "tel-national", 14),
    "phone": Format("电话号码", _phone, "0451-57000000", "tel", "tel", 20),
    "email": Format("电子邮箱", _email, "zhao@example.com", "email", "email", 30),
    "date": Format("日期", _date, "2026年3月1日", "", "", 12),
    "area": Format("行政区划代码", division.check, "230127100", "numeric", "off", 12),
    "person-name": Format("姓名", _person, "", "", "name", 20),
    "signature": Format("签名", _person, "", "", "off", 20),
}


def fits(word: str, value: str) -> bool:
    """Return whether a cleaned value is stored as it stands under a format word."""
    try:
        return FORMATS[word].check(value) == value
    except ValueError:
        return False
