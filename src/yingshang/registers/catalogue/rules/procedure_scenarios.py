"""What must come out of an item's procedure: written from the law and the calendar, not from the procedure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yingshang.registers.catalogue.rules.elements import Content

RECEIVED = date(2026, 2, 13)
"""Before the Spring Festival of 2026; the fifth working day after it is 2026-02-27 (02-14 is worked in exchange)."""
PLAIN = date(2026, 11, 23)
"""A Monday; until the end of the year each week has five working days, so the last day needs no calendar."""
PLAIN_WEEKS = 5


def scenarios(content: Content) -> list[dict[str, Any]]:
    """Return the scenarios of an item's procedure."""
    return _of_a_filing() if content.kind == "filing" else [*_of_the_clock(content), *_of_the_course(content)]


def _of_a_filing() -> list[dict[str, Any]]:
    return [
        _walk("收到就生效，核对归档", "received", ["deliver"], "delivered"),
        _walk("告知补齐，补齐后归档", "received", ["ask_to_correct", "correct", "deliver"], "delivered"),
        _walk("撤回备案", "received", ["withdraw"], "withdrawn"),
    ]


def _of_the_clock(content: Content) -> list[dict[str, Any]]:
    given = {"submitted": RECEIVED}
    found: list[dict[str, Any]] = [
        {
            "name": "五个工作日没有告知补正，从收到之日起视为受理",
            "given": given,
            "on": date(2026, 2, 28),
            "expect": {"correction_notice": date(2026, 2, 27), "state": "accepted"},
        },
        {
            "name": "还在第五个工作日，不视为受理",
            "given": given,
            "on": date(2026, 2, 27),
            "expect": {"state": "submitted"},
        },
    ]
    committed = content.limits.committed
    if committed is not None and committed.unit == "wd" and not committed.limit:
        days = max(1, committed.days)
        if days <= PLAIN_WEEKS * 5:
            due = working_day_of_plain_weeks(days)
            found.append({"name": "承诺时限按工作日计算", "given": {"accepted": PLAIN}, "expect": {"committed": due}})
    return found


def _of_the_course(content: Content) -> list[dict[str, Any]]:
    instant, steps = content.choices.instant, len(content.steps)
    onward = [] if instant else ["advance"] * (steps + 1)
    found = [
        _walk("受理、审查、准予、送达", "submitted", ["accept", *onward, "grant", "deliver"], "delivered"),
        _walk(
            "补正一次后受理，不予许可",
            "submitted",
            ["ask_to_correct", "correct", "accept", *onward, "refuse"],
            "refused",
        ),
        _walk("不予受理", "submitted", ["decline"], "declined"),
        _walk("决定前撤回", "submitted", ["accept", "withdraw"], "withdrawn"),
        _walk("送达后撤销", "submitted", ["accept", *onward, "grant", "deliver", "revoke"], "revoked"),
    ]
    if content.choices.commitment == "license":
        found.append(_walk("凭承诺当场决定", "submitted", ["accept_on_commitment", "deliver"], "delivered"))
    if content.choices.tolerant and any(material.tolerable_days for material in content.materials):
        found.append(
            _walk("容缺受理，补交后准予", "submitted", ["accept_tolerantly", "supply", *onward, "grant"], "granted")
        )
    return found


def working_day_of_plain_weeks(days: int) -> date:
    """Return the ``days``-th working day after ``PLAIN``, in weeks of five working days.

    >>> working_day_of_plain_weeks(5), working_day_of_plain_weeks(20)
    (datetime.date(2026, 11, 30), datetime.date(2026, 12, 21))
    """
    weeks, rest = divmod(days, 5)
    return PLAIN + timedelta(days=7 * weeks + rest)


def _walk(name: str, start: str, walk: list[str], state: str) -> dict[str, Any]:
    return {"name": name, "given": {start: PLAIN}, "walk": walk, "expect": {"state": state}}
