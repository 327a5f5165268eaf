"""Measure what forms ask of units: seconds of typing and fields typed, by unit and day, without the person."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.oversight.plan_tasks.models import TypingDay, TypingRule

SALT = "plan_tasks.typing"


def opened_token(at: datetime) -> str:
    """Return what a form carries so that its submission knows when it was opened; signed, names nobody."""
    return signing.dumps(int(at.timestamp()), salt=SALT)


def opened_at(token: str) -> int | None:
    """Return the second at which a form was opened; None for a token that is not ours."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


@transaction.atomic
def note_typing(*, unit_code: str, token: str, fields: int, at: datetime) -> TypingDay | None:
    """Add one submitted form to its unit's day; None when the token is not ours or the county has no rule.

    fields: how many were typed. A form that was left open counts at most the
    county's seconds. Nothing is recorded in the ledger: it is a count.
    """
    opened = opened_at(token)
    rule = TypingRule.objects.filter(effective_from__lte=clock.beijing_date(at)).order_by("-effective_from").first()
    if opened is None or rule is None or not unit_code:
        return None
    seconds = min(max(int(at.timestamp()) - opened, 0), rule.most_seconds)
    unit, day = org.unit(unit_code), clock.beijing_date(at)
    TypingDay.objects.get_or_create(unit=unit, day=day)
    row = TypingDay.objects.select_for_update().get(unit=unit, day=day)
    row.forms, row.fields, row.seconds = row.forms + 1, row.fields + fields, row.seconds + seconds
    row.save(update_fields=["forms", "fields", "seconds"])
    return row
