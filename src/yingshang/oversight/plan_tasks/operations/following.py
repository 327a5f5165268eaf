"""Follow groups over time: joiners owe from their date, leavers no more."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Edition
from yingshang.oversight.plan_tasks.operations.delivering import deliver_edition
from yingshang.oversight.plan_tasks.operations.duties import settle


@transaction.atomic
def follow_groups(*, by: Actor, on: date, at: datetime) -> int:
    """Bring the duties of every edition in force into line with the groups of a day; returns how many opened.

    Whoever joined, was founded or took over from a closed unit gets the notice too.
    """
    in_force = Edition.objects.select_for_update(of=("self",)).select_related("plan").filter(superseded_on__isnull=True)
    opened = 0
    for edition in in_force.order_by("pk"):
        opened += settle(edition, before=None, by=by, on=on, at=at)
        deliver_edition(edition, before=None, by=by, on=on, at=at)
    return opened
