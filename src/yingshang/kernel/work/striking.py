"""A first-overdue fact that a pause, an extension or a calendar entered later proves wrong is struck through."""

from __future__ import annotations

from datetime import datetime

from yingshang.kernel import clock, ledger
from yingshang.kernel.parties import Actor
from yingshang.kernel.work.models import Obligation, ObligationFact


def strike(obligation: Obligation, recount: clock.Recount, *, by: Actor, at: datetime) -> bool:
    """Strike through an obligation's first day late if its date as it is now proves it wrong; return whether.

    obligation: locked, with its due date of after the recount. A clock that
    stands again was stopped on time, or the clock would have refused. Records
    ``work.overdue_struck``. The fact itself stays, beside the one that counters it.
    """
    if obligation.first_overdue_on is None:
        return False
    standing = ObligationFact.objects.filter(obligation=obligation, kind=ObligationFact.Kind.OVERDUE, countered_by=None)
    fact = standing.latest("pk")
    if obligation.due_date is not None and obligation.due_date <= fact.due_date:
        return False
    reason = recount.sentence
    ObligationFact.objects.create(
        obligation=obligation,
        kind=ObligationFact.Kind.STRUCK,
        on=clock.beijing_date(at),
        due_date=obligation.due_date or fact.due_date,
        counters=fact,
        reason=reason,
        at=at,
        by=by.person,
    )
    obligation.first_overdue_on = None
    obligation.save(update_fields=["first_overdue_on"])
    if not obligation.is_sealed:
        subject = f"obligation:{obligation.pk}"
        ledger.record("work.overdue_struck", subject=subject, by=by, at=at, facts={"reason": reason})
    return True
