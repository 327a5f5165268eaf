"""What the filing desk puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import access, clock
from yingshang.kernel.clock import Unsourced
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.plan_tasks import queries

SHOWN = 5


def to_file_and_check(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card with the oldest filings and requests that wait, for whoever has the desk."""
    if access.may(actor, "plan_tasks.see_filings") is not None:
        return []
    filings = [
        {
            "title": f"{each.edition.work_plan.holder.short_name}：{queries.title_of(each.edition.work_plan)}",
            "href": reverse("plan_tasks:filing", args=[each.pk]),
            "hint": f"{clock.beijing_date(each.filed_at):%Y-%m-%d}报备",
            "tag": "待备案",
        }
        for each in queries.waiting_filings().order_by("filed_at", "pk")[:SHOWN]
    ]
    asked = [
        {
            "title": f"{each.stage.edition.work_plan.holder.short_name}：{each.stage.title}",
            "href": reverse("plan_tasks:stage", args=[each.stage_id]),
            "hint": f"{clock.beijing_date(each.at):%Y-%m-%d}申请销号",
            "tag": "待销号",
        }
        for each in queries.waiting_sign_offs().order_by("at", "pk")[:SHOWN]
    ]
    link = ("看备案台", reverse("plan_tasks:filing_desk"))
    empty = "没有等待审核的报备和销号。"
    return [Card(title="备案台", rows=[*filings, *asked], link=link, empty=empty, place=25)]


def unsourced(_actor: Actor, _subject: Any) -> list[Unsourced]:
    """Return the choices of the filing desk that name no text."""
    return queries.unsourced_desk_rules()
