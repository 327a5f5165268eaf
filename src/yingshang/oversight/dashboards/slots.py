"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yingshang.kernel import access, clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.dashboards import queries
from yingshang.oversight.dashboards.models import CallingRule


def public_progress(_actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the home page: how many tasks are done, under way, late."""
    sections = queries.progress(clock.today())
    if not sections:
        return []
    done, late = sum(each.done for each in sections), sum(each.late for each in sections)
    tasks = sum(len(each.tasks) for each in sections)
    address = reverse("dashboards:progress")
    row = {"title": "方案任务办得怎么样", "href": address, "hint": f"共{tasks}项任务，办完{done}项，有超期的{late}项。"}
    return [Card(title="办理进度", rows=[row], link=("看每项任务的进度", address), place=6)]


def finding_of_the_day(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the workbench of those who see the cockpit: its sentence and the worst units."""
    if access.may(actor, "dashboards.see_cockpit") is not None:
        return []
    picture = queries.picture(actor, clock.today())
    rows = [
        {
            "title": picture.seen.units[standing.key].short_name,
            "href": reverse("dashboards:unit", args=[standing.key]),
            "hint": f"红灯{standing.total.colors['red']}件，最久的已迟{standing.total.days_late}天。",
            "lamp": "red",
        }
        for standing in picture.worst[:3]
    ]
    link = ("打开驾驶舱", reverse("dashboards:cockpit"))
    return [Card(title=f"今天：{picture.finding}", rows=rows, link=link, empty="没有红灯。", place=10, is_news=True)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the calling rules that have no source or something to confirm."""
    weak = CallingRule.objects.filter(
        Q(source="") | ~Q(todo=""), Q(effective_to=None) | Q(effective_to__gte=clock.today())
    )
    return [
        clock.Unsourced(kind="看板规则", title="周一先给哪几个单位打电话", todo=rule.todo, source=rule.source)
        for rule in weak.order_by("effective_from")
    ]
