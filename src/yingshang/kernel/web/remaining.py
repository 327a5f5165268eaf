"""How much time is left, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def remaining_words(remaining: Any) -> str:
    """Return ``剩2个工作日``, ``今天到期`` or ``已超出2个工作日``; empty without a date.

    remaining: what ``clock.remaining`` returns: ``days`` (never negative),
    ``unit`` (wd, d, h), ``is_overdue`` and, where it has them, ``is_paused``
    and ``is_minimum``.
    """
    if remaining is None or getattr(remaining, "days", None) is None:
        return ""
    count, unit = int(remaining.days), str(getattr(remaining, "unit", "wd"))
    amount = _amount(count, unit)
    if getattr(remaining, "is_paused", False):
        return _("暂停计时，恢复后剩%(amount)s") % {"amount": amount}
    if getattr(remaining, "is_minimum", False):
        return _("至少还要%(amount)s") % {"amount": amount} if count else _("期限已满")
    if remaining.is_overdue:
        return _("已超出%(amount)s") % {"amount": amount}
    if count:
        return _("剩%(amount)s") % {"amount": amount}
    return _("不足1小时") if unit == "h" else _("今天到期")


def _amount(count: int, unit: str) -> str:
    match unit:
        case "d":
            words = ngettext("%(count)s天", "%(count)s天", count)
        case "h":
            words = ngettext("%(count)s小时", "%(count)s小时", count)
        case _:
            words = ngettext("%(count)s个工作日", "%(count)s个工作日", count)
    return words % {"count": count}
