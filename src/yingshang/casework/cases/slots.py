"""What cases put on pages of others."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.casework.cases import queries
from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.registers.catalogue import api as catalogue

CASES_SHOWN = 6


def apply_link(_actor: Actor, version: catalogue.Version) -> list[tuple[str, str]]:
    """Return where an application for a version begins, for its guide."""
    if not queries.is_taken_online(version):
        return []
    return [(_("立即办理"), reverse("cases:apply_start", args=[version.slug]))]


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the workbench: the open cases of the actor's unit, the most urgent first. Queries: 9."""
    if not actor.unit or not actor.holds("cases.work_desk"):
        return []
    on = clock.today()
    page = list(queries.sought(queries.desk_of(actor), {}, actor, on).order_by("due_order", "pk")[:CASES_SHOWN])
    if not page:
        return []
    rows = [
        {
            "title": f"{row.item}（{row.number}）",
            "href": reverse("cases:desk_case", args=[row.number]),
            "hint": f"{row.applicant}　{row.state}",
            "lamp": row.lamp,
            "remaining": row.remaining,
            "due": row.due_date,
        }
        for row in queries.desk_rows(page, actor, on)
    ]
    return [Card(title="办件待办", rows=rows, link=("看全部待办", reverse("cases:desk")), place=5)]
