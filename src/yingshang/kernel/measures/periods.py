"""Months, quarters and years, by Beijing dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_CODE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole months, both days included."""

    first: date
    last: date
    kind: PeriodKind

    @property
    def code(self) -> str:
        """``2026-03``, ``2026Q1`` or ``2026``."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y}Q{self.first.month // 3 + 1}" if self.kind is PeriodKind.QUARTER else f"{self.first:%Y}"

    def __str__(self) -> str:
        if self.kind is PeriodKind.MONTH:
            return f"{self.first.year}年{self.first.month}月"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.first.year}年第{self.first.month // 3 + 1}季度"
        return f"{self.first.year}年"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def is_over_on(self, day: date) -> bool:
        """Return whether the whole period lies before this day."""
        return self.last < day


def month(of_year: int, number: int) -> Period:
    """Return a month."""
    return _period(of_year, number, PeriodKind.MONTH)


def quarter(of_year: int, number: int) -> Period:
    """Return a quarter, 1 to 4."""
    return _period(of_year, number * 3 - 2, PeriodKind.QUARTER)


def year(number: int) -> Period:
    """Return a calendar year."""
    return _period(number, 1, PeriodKind.YEAR)


def read_period(code: str) -> Period:
    """Return the period of a code. Raises ValueError for anything else.

    >>> read_period("2026Q1").last
    datetime.date(2026, 3, 31)
    """
    found = _CODE.fullmatch(code)
    if found is None or found[1] == "0000":
        raise ValueError(f"“{code}” is no period; write 2026-03, 2026Q1 or 2026")
    if found[2]:
        return month(int(found[1]), int(found[2]))
    return quarter(int(found[1]), int(found[3])) if found[3] else year(int(found[1]))


def _period(of_year: int, first_month: int, kind: PeriodKind) -> Period:
    after = first_month + MONTHS[kind]
    end = date(of_year + 1, 1, 1) if after > 12 else date(of_year, after, 1)
    return Period(date(of_year, first_month, 1), end - timedelta(days=1), kind)
