"""Cards about notices delivered: what the actor's unit has to sign for, and who has not signed."""

from __future__ import annotations

from django.urls import reverse

from yingshang.kernel import access, clock, work
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.plan_tasks import queries

EDITIONS_SHOWN = 3


def deliveries(actor: Actor) -> list[Card]:
    """Return a card for the unit with the notices to sign for, and one for the bureau; neither where there is none."""
    return [*_to_sign(actor), *_unsigned(actor)]


def _to_sign(actor: Actor) -> list[Card]:
    waiting = queries.to_sign(actor.unit) if actor.unit else []
    if not waiting:
        return []
    today, working = clock.today(), clock.calendar()
    lamps = work.lamps([each.obligation for each in waiting], today)
    rows = []
    for each in waiting:
        running = each.obligation.clock
        rows.append(
            {
                "title": each.edition.plan.title,
                "href": reverse("plan_tasks:delivery", args=[each.pk]),
                "hint": each.edition.document_no,
                "lamp": lamps[each.obligation_id],
                "remaining": clock.remaining(running, today, working=working) if running else None,
                "due": each.obligation.due_date,
            }
        )
    title = "有一份通知待签收" if len(rows) == 1 else f"有{len(rows)}份通知待签收"
    return [Card(title=title, rows=rows, place=1)]


def _unsigned(actor: Actor) -> list[Card]:
    if access.may(actor, "plan_tasks.see_deliveries") is not None:
        return []
    rows = []
    for edition in queries.editions_in_force()[:EDITIONS_SHOWN]:
        signed = queries.signed_of(edition)
        if signed.delivered:
            row = {"title": edition.plan.title, "href": reverse("plan_tasks:deliveries", args=[edition.plan.code])}
            hint = f"送达{signed.delivered}个单位，已签收{signed.signed}个，未签收{signed.unsigned}个。"
            rows.append(row | {"hint": hint})
    return [Card(title="通知签收情况", rows=rows, place=25)] if rows else []
