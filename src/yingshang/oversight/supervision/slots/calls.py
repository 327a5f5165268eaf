"""The drafted letters on the Monday page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Digest


def drafted_letters(actor: Actor, unit_ids: Sequence[int]) -> dict[int, list[Card]]:
    """Return, by unit, a card for each letter that the waiting digest holds for it; for those who supervise.

    Queries: fixed, whatever the number of units.
    """
    digest = queries.digest_seen() if actor.holds("supervision.see_work") else None
    if digest is None or digest.state != Digest.State.DRAFTED:
        return {}
    found: dict[int, list[Card]] = {}
    for part in queries.parts_of(digest, actor, units=unit_ids):
        for draft in part.drafts:
            rows = [
                {
                    "title": line.item.obligation.title,
                    "href": reverse("supervision:item", args=[line.item.pk]),
                    "hint": line.ground.sentence[:120] if line.ground else line.item.obligation.source,
                    "lamp": line.item.color,
                    "tag": f"超期{line.item.days_late}个工作日" if line.item.days_late else line.item.why,
                }
                for line in draft.lines
            ]
            link = ("看拟发的文书", reverse("supervision:digest"))
            card = Card(title=f"拟发{draft.title}：{len(rows)}件", rows=rows, link=link)
            found.setdefault(part.unit.pk, []).append(card)
    return found
