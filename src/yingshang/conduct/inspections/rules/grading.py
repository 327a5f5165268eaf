"""Classes, ratios and frequency: how many of each class are drawn, and who is left in peace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

GRADES = ("A", "B", "C", "D")
RATIO = re.compile(r"[0-9]{1,5}/[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class GradeBounds:
    """What a class allows: the ratio at least and at most, visits a year at most (None: by need)."""

    least: Fraction
    most: Fraction
    yearly_most: int | None
    on_cause_only: bool


def ratio(text: str) -> Fraction:
    """Return a ratio written as ``numerator/denominator``, between 0 and 1.

    Raises ValueError for anything else, floats included: 5% is ``5/100``.

    >>> ratio("5/100")
    Fraction(1, 20)
    """
    if not RATIO.fullmatch(text):
        raise ValueError(f"a ratio is written like 5/100, not {text!r}")
    value = Fraction(text)
    if value > 1:
        raise ValueError(f"a ratio is at most 1, got {text}")
    return value


def out_of_bounds(ratios: Mapping[str, str], bounds: Mapping[str, GradeBounds]) -> list[str]:
    """Return what is wrong with the ratios of a plan line, one Chinese sentence each; empty when all fit.

    ratios: class → fraction as text, one for each class. bounds: the class
    table in force on the line's first day. A class visited on cause only takes ratio 0.
    """
    wrong = []
    for grade in GRADES:
        said, bound = ratios.get(grade), bounds.get(grade)
        if said is None or bound is None:
            wrong.append(f"{grade}类没有写比例。" if said is None else f"分类表中没有{grade}类。")
            continue
        try:
            value = ratio(said)
        except ValueError:
            wrong.append(f"{grade}类的比例“{said}”写法不对，应写成分数，例如5/100。")
            continue
        least = Fraction(0) if bound.on_cause_only else bound.least
        if not least <= value <= bound.most:
            wrong.append(f"{grade}类的比例是{said}，分类表规定在{bound.least}至{bound.most}之间。")
    return wrong
