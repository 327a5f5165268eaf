"""The card about what the plan orders to set up and nobody has confirmed yet."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from yingshang.kernel import access
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.plan_tasks import queries


def suggestions(actor: Actor) -> list[Card]:
    """Return a card with the plans whose register has rows to confirm; none for whoever cannot confirm."""
    if access.may(actor, "plan_tasks.confirm_deliverables") is not None:
        return []
    waiting = queries.all_suggestions().order_by().values("plan__code", "plan__title").annotate(count=Count("pk"))
    rows = [
        {
            "title": each["plan__title"],
            "href": reverse("plan_tasks:suggestions", args=[each["plan__code"]]),
            "tag": f"{each['count']}项建议",
        }
        for each in waiting
    ]
    return [Card(title="配套制度待确认", rows=rows, place=31)] if rows else []
