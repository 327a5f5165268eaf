"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import access, clock, org
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.slots.deliveries import deliveries
from yingshang.oversight.plan_tasks.slots.filing import to_file_and_check
from yingshang.oversight.plan_tasks.slots.groups import seats
from yingshang.oversight.plan_tasks.slots.register import suggestions

PLANS_SHOWN = 3
DUTIES_SHOWN = 8


def progress(_actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the home page with the plans in force and how far they are; none without a plan."""
    rows = []
    for edition in queries.editions_in_force()[:PLANS_SHOWN]:
        tallies = queries.tallies_of(edition)
        owed, done = (sum(getattr(tally, name) for tally in tallies.values()) for name in ("owed", "fulfilled"))
        row = {"title": edition.plan.title, "href": reverse("plan_tasks:plan", args=[edition.plan.code])}
        rows.append(row | {"hint": f"{len(tallies)}项任务，各单位应报{owed}件，已报{done}件。"})
    if not rows:
        return []
    return [Card(title="方案进展", rows=rows, link=("看方案进展", str(rows[0]["href"])), place=5)]


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return cards for the workbench: what the actor's unit owes, the most pressing first, and notices to review."""
    return [
        *_owed_by_the_unit(actor),
        *_to_review(actor),
        *deliveries(actor),
        *suggestions(actor),
        *seats(actor),
        *to_file_and_check(actor, None),
    ]


def _owed_by_the_unit(actor: Actor) -> list[Card]:
    if not actor.unit:
        return []
    unit = org.unit(actor.unit)
    if access.may(actor, "plan_tasks.see_unit", unit) is not None:
        return []
    owed = queries.pressing(unit).order_by(*queries.PRESSING_FIRST)[:DUTIES_SHOWN]
    rows = [
        {
            "title": row.title,
            "href": row.href,
            "hint": row.source,
            "lamp": row.lamp,
            "remaining": row.remaining,
            "due": row.due_date,
        }
        for row in queries.obligation_rows(owed, clock.today())
    ]
    link = ("看本单位全部应办事项", reverse("plan_tasks:own_unit"))
    return [Card(title="本单位应办事项", rows=rows, link=link, empty="本单位现在没有应办事项。", place=20)]


def _to_review(actor: Actor) -> list[Card]:
    if access.may(actor, "plan_tasks.see_readings") is not None:
        return []
    rows = [
        {
            "title": reading.file_name,
            "href": reverse("plan_tasks:reading", args=[reading.pk]),
            "tag": f"{reading.open_questions}个问题" if reading.open_questions else "可以确认",
        }
        for reading in queries.readings().filter(state="waiting").order_by("-read_at", "-pk")[:PLANS_SHOWN]
    ]
    link = ("导入方案", reverse("plan_tasks:readings"))
    return [Card(title="待核对的方案", rows=rows, link=link, empty="没有待核对的方案。", place=30)]
