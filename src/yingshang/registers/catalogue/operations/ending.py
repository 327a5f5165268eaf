"""End an item: no new applications from a day on, and where to go instead. What runs finishes under its version."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, search
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import Item
from yingshang.registers.catalogue.operations.locking import locked_item


@transaction.atomic
def end_item(
    *, slug: str, ended_on: date, because: str, by_text: str = "", go_to: str, by: Actor, at: datetime
) -> Item:
    """Take no new applications from a day on, and return the item.

    by_text: the document that canceled it, if one did. go_to: where people go
    now. Raises NotFound, whatever the policy refuses, Refusal
    ``catalogue.item_ended``, ``catalogue.reason_missing`` and
    ``catalogue.begins_in_the_past``. Records ``catalogue.item_ended``, strict; tells it.
    """
    item = locked_item(slug)
    access.permit(by, "catalogue.publish", item)
    if item.ended_on is not None:
        raise Refusal(
            "catalogue.item_ended", f"“{item.title}”已定于{item.ended_on:%Y年%m月%d日}停办。", "不用再次办理。"
        )
    if not (because.strip() and go_to.strip()):
        raise Refusal("catalogue.reason_missing", "停办要写明理由，还要告诉群众去哪里办。", "请把两项都填上。")
    if ended_on < clock.beijing_date(at):
        raise Refusal("catalogue.begins_in_the_past", "停办日期早于今天。", "请填写今天或者以后的日期。")
    item.ended_on, item.ended_because = ended_on, because.strip()[:400]
    item.ended_by_text, item.go_to = by_text.strip()[:200], go_to.strip()[:300]
    item.save(update_fields=["ended_on", "ended_because", "ended_by_text", "go_to"])
    if ended_on == clock.beijing_date(at):
        search.drop(f"item:{slug}")
    ledger.record(
        "catalogue.item_ended",
        subject=f"item:{slug}",
        by=by,
        at=at,
        facts={"title": item.title, "on": ended_on.isoformat(), "because": item.ended_because},
    )
    events.tell("catalogue.item_ended", item=slug, unit=item.unit.code, on=ended_on.isoformat(), at=at)
    return item


def forget_ended(day: date) -> int:
    """Take the items that ended by a day, also on days missed, out of the search; return how many there are."""
    slugs = list(Item.objects.filter(ended_on__lte=day).values_list("slug", flat=True))
    for slug in slugs:
        search.drop(f"item:{slug}")
    return len(slugs)
