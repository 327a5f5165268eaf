"""Which fields are held, how a value must look, and what a purpose covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from yingshang.methods.identifiers import cleaned, resident_id, uscc

LONGEST = 200
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


@dataclass(frozen=True)
class Field:
    """One field that can be held.

    name: ``person.name``. title: Chinese, as people read it. mask: how it is
    shown to who may not see it whole, a key of ``access.MASKS``; empty for what
    needs none. read: cleans a value or raises ValueError with a Chinese reason.
    """

    name: str
    title: str
    mask: str
    read: Callable[[str], str]

    @property
    def is_of_person(self) -> bool:
        """Whether the field is about a natural person."""
        return self.name.startswith("person.")


def _text(given: str) -> str:
    """Trimmed text with single spaces; rare characters stay as they are."""
    text = " ".join(given.split())
    if not text:
        raise ValueError("内容是空的。")
    if len(text) > LONGEST:
        raise ValueError(f"最多{LONGEST}个字，现在有{len(text)}个字。")
    return text


def _mobile(given: str) -> str:
    number = cleaned(given).removeprefix("+86").replace("-", "")
    if _MOBILE.fullmatch(number) is None:
        raise ValueError("手机号码应是1开头的11位数字。")
    return number


def _day(given: str) -> str:
    try:
        return date.fromisoformat(cleaned(given)).isoformat()
    except ValueError:
        raise ValueError("日期请写成2026-03-02这样。") from None


FIELDS = {
    field.name: field
    for field in (
        Field("person.name", "姓名", "name", _text),
        Field("person.id_number", "身份证号码", "resident_id", resident_id.check),
        Field("person.mobile", "手机号码", "phone", _mobile),
        Field("person.address", "住址", "address", _text),
        Field("enterprise.name", "企业名称", "", _text),
        Field("enterprise.credit_code", "统一社会信用代码", "", uscc.check),
        Field("enterprise.address", "住所（经营场所）", "", _text),
        Field("enterprise.legal_representative", "法定代表人（经营者）", "name", _text),
        Field("enterprise.mobile", "企业联系电话", "phone", _mobile),
        Field("enterprise.industry", "行业", "", _text),
        Field("enterprise.opened_on", "成立日期", "", _day),
    )
}

# The code that makes a party one and the same for every unit, by whether the party is a natural person.
CODE_FIELD = {True: "person.id_number", False: "enterprise.credit_code"}


def unknown(names: Iterable[str]) -> list[str]:
    """Return the names that are no field, in order.

    >>> unknown(["person.name", "person.shoe_size"])
    ['person.shoe_size']
    """
    return [name for name in names if name not in FIELDS]


def uncovered(covered: Collection[str], asked: Iterable[str]) -> list[str]:
    """Return what a purpose does not cover of what is asked (《个人信息保护法》第六条: the least that serves).

    >>> uncovered({"person.name"}, ["person.name", "person.id_number"])
    ['person.id_number']
    """
    return [name for name in asked if name not in covered]


def titles(names: Iterable[str]) -> str:
    """Return the Chinese titles of fields as one phrase.

    >>> titles(["person.name", "person.mobile"])
    '姓名、手机号码'
    """
    return "、".join(FIELDS[name].title if name in FIELDS else name for name in names)
