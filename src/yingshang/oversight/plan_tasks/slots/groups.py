"""The card of the groups in which somebody of the actor's unit sits: how the tasks they look after stand."""

from __future__ import annotations

from django.urls import reverse

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.plan_tasks import queries

GROUPS_SHOWN = 5


def seats(actor: Actor) -> list[Card]:
    """Return a card with the actor's unit's groups, none where it sits in none."""
    groups = queries.groups_of_unit(actor.unit, clock.today())[:GROUPS_SHOWN] if actor.unit else []
    rows = []
    for code in dict.fromkeys(group.plan.code for group in groups):
        edition = queries.edition_in_force(code)
        of_plan = [group for group in groups if group.plan.code == code]
        rows += [
            {
                "title": row.title,
                "href": reverse("plan_tasks:group", args=[code, row.code]),
                "hint": f"{row.tasks}项任务，应报{row.owed}件，已报{row.fulfilled}件。",
            }
            for row in queries.group_rows(of_plan, edition, clock.today())
        ]
    return [Card(title="本单位所在的小组", rows=rows, place=60)] if rows else []
