"""How much time is left, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

UNITS = {"wd": "wd", "working_day": "wd", "d": "d", "day": "d", "h": "h", "hour": "h"}


def remaining_words(remaining: Any) -> str:
    """Return ``剩2个工作日`` or ``已超出2个工作日``; empty without a date.

    remaining: what ``clock.remaining`` returns (``days``, ``unit``,
    ``is_overdue``); days is counted from today, negative or positive when over.
    """
    if remaining is None or getattr(remaining, "days", None) is None:
        return ""
    count, unit = abs(int(remaining.days)), UNITS.get(str(getattr(remaining, "unit", "wd")), "wd")
    if remaining.is_overdue:
        return _over(unit, count) % {"count": count}
    return (_left(unit, count) % {"count": count}) if count else _today(unit)


def _left(unit: str, count: int) -> str:
    match unit:
        case "d":
            return ngettext("剩%(count)s天", "剩%(count)s天", count)
        case "h":
            return ngettext("剩%(count)s小时", "剩%(count)s小时", count)
    return ngettext("剩%(count)s个工作日", "剩%(count)s个工作日", count)


def _over(unit: str, count: int) -> str:
    match unit:
        case "d":
            return ngettext("已超出%(count)s天", "已超出%(count)s天", count)
        case "h":
            return ngettext("已超出%(count)s小时", "已超出%(count)s小时", count)
    return ngettext("已超出%(count)s个工作日", "已超出%(count)s个工作日", count)


def _today(unit: str) -> str:
    from django.utils.translation import gettext

    return gettext("不足1小时") if unit == "h" else gettext("今天到期")
