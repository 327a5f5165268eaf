"""What dossiers and obligations do when they hear of something."""

from __future__ import annotations

from django.db import transaction

from yingshang.kernel import clock
from yingshang.kernel.events import Fact
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.work.models import Obligation
from yingshang.kernel.work.striking import strike


@transaction.atomic
def strike_if_disproved(fact: Fact) -> None:
    """Strike through a first day late that a calendar loaded later proves wrong.

    A second delivery finds nothing left to strike.
    """
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("clock")
    obligation = rows.filter(clock_id=fact["clock_id"], first_overdue_on__isnull=False).first()
    if obligation is not None and obligation.clock is not None:
        recount = clock.Recount(obligation.clock, obligation.first_overdue_on, obligation.due_date, entered_late=True)
        strike(obligation, recount, by=SYSTEM, at=fact.at)
