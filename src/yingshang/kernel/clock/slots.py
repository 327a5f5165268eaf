"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yingshang.kernel.clock.models import CalendarYear, Limit
from yingshang.kernel.clock.publishing import missing_year
from yingshang.kernel.clock.queries import Unsourced
from yingshang.kernel.clock.timepiece import today
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card


def unsourced(_actor: Actor, _subject: Any) -> list[Unsourced]:
    """Return the open limits that have no source or something to confirm, and years whose notice nobody compared."""
    limits = Limit.objects.filter(Q(source_text="") | ~Q(todo=""), effective_to=None).order_by("code")
    years: dict[int, CalendarYear] = {}
    for year in CalendarYear.objects.order_by("year", "edition"):
        years[year.year] = year
    return [
        *(
            Unsourced(
                kind="时限",
                title=f"{limit.title}（{limit.code}，{limit.length}）",
                todo=limit.todo,
                source=limit.source,
                href=reverse("clock:limit", args=[limit.code]),
            )
            for limit in limits
        ),
        *(
            Unsourced(
                kind="工作日历",
                title=f"{year.year}年",
                todo=year.todo or "请对照国务院办公厅通知原文核对。",
                source=year.notice_nos,
                href=reverse("clock:calendar_year", args=[year.year]),
            )
            for year in years.values()
            if not year.is_confirmed
        ),
    ]


def missing_calendar(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for whoever publishes calendars, from 1 December on, while next year's is missing."""
    year = missing_year(today()) if actor.holds("clock.publish_calendar") else None
    if year is None:
        return []
    title = f"{year}年的放假安排还没有录入"
    hint = "跨年的期限暂按周一至周五推算，录入后自动重算。"
    row = {"title": title, "hint": hint, "href": reverse("clock:import_calendar"), "lamp": "yellow"}
    return [Card(title="工作日历", rows=[row], place=10)]
