"""Which period a self-check or a problem list is for, by Beijing dates."""

from __future__ import annotations

from datetime import date, timedelta

SELF_CHECK, PROBLEM_LIST = "supervision.fill_self_check", "supervision.file_problem_list"
_ORIGINS = {SELF_CHECK: "self-check", PROBLEM_LIST: "problem-list"}


def origin_of(kind: str, period: str) -> str:
    """Return the origin of the obligation that a kind of look at oneself opens for a period.

    >>> origin_of(SELF_CHECK, "2026-W14")
    'self-check:2026-W14'
    """
    return f"{_ORIGINS[kind]}:{period}"


def period_of(on: date, every: str) -> str:
    """Return the name of the period that a day lies in: ``2026-W14``, ``2026-04``, ``2026H1`` or ``2026``.

    >>> [period_of(date(2026, 3, 30), every) for every in ("week", "month", "half_year", "year")]
    ['2026-W14', '2026-03', '2026H1', '2026']
    >>> period_of(date(2027, 1, 1), "week")
    '2026-W53'
    """
    if every == "week":
        year, week, _ = on.isocalendar()
        return f"{year}-W{week:02d}"
    if every == "month":
        return f"{on:%Y-%m}"
    return f"{on.year}H{1 if on.month <= 6 else 2}" if every == "half_year" else str(on.year)


def first_day(on: date, every: str) -> date:
    """Return the first day of the period that a day lies in.

    >>> first_day(date(2026, 4, 2), "week"), first_day(date(2026, 9, 2), "half_year")
    (datetime.date(2026, 3, 30), datetime.date(2026, 7, 1))
    """
    if every == "week":
        return on - timedelta(days=on.weekday())
    if every == "month":
        return on.replace(day=1)
    return date(on.year, 7 if every == "half_year" and on.month > 6 else 1, 1)


def in_words(period: str) -> str:
    """Return a period as people say it.

    >>> [in_words(period) for period in ("2026-W14", "2026-04", "2026H1", "2026")]
    ['2026年第14周', '2026年4月', '2026年上半年', '2026年']
    """
    if "-W" in period:
        return f"{period[:4]}年第{int(period[6:])}周"
    if "H" in period:
        return f"{period[:4]}年{'上' if period.endswith('1') else '下'}半年"
    return f"{period[:4]}年{int(period[5:])}月" if "-" in period else f"{period}年"
