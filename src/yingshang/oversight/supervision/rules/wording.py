"""The wording of a letter: the county's templates with their places filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

UNIT_WORDS = {"wd": "个工作日", "d": "日", "h": "小时", "mo": "个月", "y": "年"}


@dataclass(frozen=True)
class Wording:
    """Title, opening and demand of one letter, ready to print."""

    title: str
    opening: str
    demand: str


def worded(template: Mapping[str, str], *, unit: str, count: int, limit: str, authority: str) -> Wording:
    """Return a county's wording with its places filled; limit as ``limit_words`` says it.

    >>> worded({"title": "通报", "opening": "{unit}{count}件", "demand": "{limit}内"}, unit="县司法局", count=2,
    ...        limit="3个工作日", authority="")
    Wording(title='通报', opening='县司法局2件', demand='3个工作日内')
    """
    places = {"unit": unit, "count": count, "limit": limit, "authority": authority}
    return Wording(**{part: template[part].format(**places) for part in ("title", "opening", "demand")})


def limit_words(amount: int, unit: str) -> str:
    """Return a period as people say it.

    >>> limit_words(3, "wd")
    '3个工作日'
    """
    return f"{amount}{UNIT_WORDS[unit]}"


def day_words(day: date) -> str:
    """Return a day as official documents write it: no zero before the month or day (GB/T 9704—2012, 7.3.5).

    >>> day_words(date(2026, 6, 3))
    '2026年6月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def lateness_words(color: str, days_late: int) -> str:
    """Return how an obligation stood when the letter was drafted.

    >>> lateness_words("red", 5)
    '红灯，已超期5个工作日'
    """
    lamp = {"red": "红灯", "yellow": "黄灯", "green": "绿灯"}.get(color, "未定期限")
    return f"{lamp}，已超期{days_late}个工作日" if days_late else lamp
