"""The units in which texts of law count time."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """How a period is counted. The value is what county data and the command line write.

    WORKING_DAY: 工作日; rest days and holidays do not count, make-up days do.
    DAY: 日 (natural day); every day counts.
    HOUR: 小时; counted from the moment of the event.
    MONTH, YEAR: 月, 年; they end on the day of the same number, or on the last
        day of a month that has no such day (《民法典》第二百零二条).
    """

    WORKING_DAY = "wd"
    DAY = "d"
    HOUR = "h"
    MONTH = "m"
    YEAR = "y"

    @property
    def word(self) -> str:
        """The Chinese word that follows a number: ``5个工作日``, ``30日``."""
        return _WORDS[self]


_WORDS = {
    Unit.WORKING_DAY: "个工作日",
    Unit.DAY: "日",
    Unit.HOUR: "小时",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}
