"""Duties that stand in every way a duty can: made by the deeds of the platform, on real dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yingshang.kernel import clock, work
from yingshang.kernel.parties import SYSTEM


def at(day: date, hour: int = 9) -> datetime:
    """Return a moment of a Beijing day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.BEIJING)


def owed(unit: str, title: str, *, opened: date, due: date | None = None, origin: str = "", done: date | None = None):
    """Open a duty on a day and, if asked, do it on another, swept daily as the platform does."""
    made = work.owe(kind="work.duty", title=title, unit=unit, due_date=due, origin=origin, by=SYSTEM, at=at(opened))
    if done is not None:
        if due is not None and done > due:
            work.sweep_overdue(at(due + timedelta(days=1)))
        made = work.fulfill(obligation_id=made.pk, by=SYSTEM, at=at(done, 15), evidence="示例")
    return made


def a_busy_county(today: date) -> None:
    """Let units of the example county stand well and badly: red, yellow, green, gray, done on time, done late.

    The plan of the example county adds its own duties, which stand under its sections.
    """
    long_ago, days = today - timedelta(days=120), timedelta(days=1)
    origin = "plan:example-2026-1:1"
    owed("scjgj", "报送办事指南目录", opened=long_ago, due=today - 40 * days, origin=origin)
    owed("scjgj", "清退涉企保证金", opened=long_ago, due=today - 17 * days)
    owed("scjgj", "公示抽查结果", opened=long_ago, due=today - 12 * days, origin="plan:example-2026-1:3")
    owed("sfj", "答复合法性审核意见", opened=long_ago, due=today - 5 * days, origin="plan:example-2026-1:3")
    owed("fgj", "公布保证金目录清单", opened=today - 60 * days, due=today + 2 * days, origin="plan:example-2026-1:2")
    owed("fgj", "梳理项目清单", opened=today - 10 * days, due=today + 60 * days)
    owed("fgj", "制定年度方案", opened=today - 20 * days)
    owed("sfj", "清理证明事项", opened=long_ago, due=today - 50 * days, done=today - 33 * days, origin=origin)
    owed("fgj", "报送联络员名单", opened=long_ago, due=today - 35 * days, done=today - 36 * days, origin=origin)
    owed("fy", "报送涉企案件数量", opened=long_ago, due=today - 20 * days)
    work.sweep_overdue(at(today))
