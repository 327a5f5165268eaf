"""Matters that units are dealing with for others, and which of them are past a limit: numbers, no single case."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Min, Q

from yingshang.kernel import access, work
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.rules import Running

OPEN = work.Obligation.State.OPEN


def running(actor: Actor, on: date) -> list[Running]:
    """Return, for each unit with matters under a limit, how many run and how many are late; the worst first.

    A matter with several limits counts once. Sealed ones and those of units
    that only report counts are left out. Queries: 1 besides what is visible.
    """
    late = Q(due_date__lt=on)
    limits = access.visible(actor, "work.see_obligation").filter(
        dossier__isnull=False, unit__counts_only=False, is_sealed=False, is_watched=True, state=OPEN
    )
    counted = limits.values(code=F("unit__code"), name=F("unit__short_name")).annotate(
        open=Count("dossier", distinct=True),
        late=Count("dossier", distinct=True, filter=late),
        oldest=Min("due_date", filter=late),
    )
    found = [
        Running(row["code"], row["name"], row["open"], row["late"], (on - row["oldest"]).days if row["oldest"] else 0)
        for row in counted.order_by("unit__path")
    ]
    return sorted(found, key=lambda one: (-one.late, -one.days_late))
