"""Whether what is handed in is what the item asks for: no more, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Given(StrEnum):
    """How a material is given."""

    FILE = "file"
    PAPER = "paper"
    HELD = "held"
    SHARED = "shared"
    GENERATED = "generated"
    COMMITTED = "committed"
    LATER = "later"


@dataclass(frozen=True)
class Asked:
    """One material that the item asks for in this situation. may: the ways in which it may be given."""

    key: str
    title: str
    required: bool
    may: frozenset[Given]


@dataclass(frozen=True)
class Offer:
    """One material as it is given."""

    key: str
    given: Given


def faults_of(asked: Iterable[Asked], offers: Iterable[Offer], *, complete: bool) -> list[tuple[str, str]]:
    """Return ``(material key, what is wrong)``; empty when everything fits.

    complete: a required material must not be missing. Whoever applies at the
    window may: the clerk then says everything that is missing, once
    (《行政许可法》第三十二条). Nothing outside the list is taken
    (《优化营商环境条例》第三十五条).

    >>> plan = Asked("plan", "平面图", True, frozenset({Given.FILE}))
    >>> faults_of([plan], [], complete=True)
    [('plan', '还没有提供“平面图”。')]
    >>> faults_of([plan], [Offer("plan", Given.LATER)], complete=True)
    [('plan', '“平面图”不能容缺后补。')]
    >>> faults_of([], [Offer("photo", Given.FILE)], complete=True)
    [('photo', '事项没有要求这份材料（photo），不收取。')]
    """
    wanted = {each.key: each for each in asked}
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for offer in offers:
        material = wanted.get(offer.key)
        if material is None:
            found.append((offer.key, f"事项没有要求这份材料（{offer.key}），不收取。"))
        elif offer.given not in material.may:
            found.append((offer.key, f"“{material.title}”{_MAY_NOT[offer.given]}。"))
        else:
            seen.add(offer.key)
    named = {key for key, _ in found}
    if complete:
        missing = [each for each in wanted.values() if each.required and each.key not in seen | named]
        found += [(each.key, f"还没有提供“{each.title}”。") for each in missing]
    return found


_MAY_NOT = {
    Given.FILE: "不收电子文件，请到窗口提交原件",
    Given.PAPER: "不收纸质材料",
    Given.HELD: "没有可以免交的记录，请提交",
    Given.SHARED: "不能通过共享取得，请提交",
    Given.GENERATED: "不能由申请表生成，请提交",
    Given.COMMITTED: "不能用承诺代替",
    Given.LATER: "不能容缺后补",
}
