"""The sweep: what went overdue becomes a fact, once, and silence gets the answer of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Cast

from yingshang.kernel import clock, events, ledger
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.work.models import Obligation, ObligationFact
from yingshang.kernel.work.moving import move_by_clock

log = structlog.get_logger(__name__)

BATCH = 500
ONE_DAY = timedelta(days=1)

# A limit in hours is late on the very day; a limit in days from the day after its last one.
FIRST_DAY_LATE = Case(
    When(due_at=None, then=Cast(F("due_date") + ONE_DAY, DateField())), default=F("due_date"), output_field=DateField()
)


@dataclass(frozen=True)
class Swept:
    """What one sweep did: obligations found overdue for the first time, and moves made because nobody answered."""

    overdue: int
    answered: int


def sweep_overdue(at: datetime) -> Swept:
    """Note every open obligation that is overdue at a moment and was not before; make the moves of missed limits.

    Each batch commits by itself; rows that another process holds are left to
    it. Killed at any moment, the next sweep goes on where this one stopped.
    Records ``work.went_overdue`` and tells ``work.obligation_overdue`` once
    for each obligation, unless sealed.
    """
    overdue = 0
    while noted := _note_batch(at):
        overdue += noted
    return Swept(overdue, sum(_answer(obligation, at) for obligation in _unanswered()))


@transaction.atomic
def _note_batch(at: datetime) -> int:
    rows = list(_newly_overdue(at).select_for_update(skip_locked=True)[:BATCH])
    if not rows:
        return 0
    facts = [_fact(row, at) for row in rows]
    ObligationFact.objects.bulk_create(facts)
    Obligation.objects.filter(pk__in=[row.pk for row in rows]).update(first_overdue_on=FIRST_DAY_LATE)
    public = [row for row in rows if not row.is_sealed]
    for row in public:
        due = row.due_date.isoformat() if row.due_date else ""
        ledger.record(
            "work.went_overdue", subject=f"obligation:{row.pk}", by=SYSTEM, at=at, facts={"kind": row.kind, "due": due}
        )
    events.tell_all([_told(row) for row in public], at=at)
    return len(rows)


def _newly_overdue(at: datetime) -> QuerySet[Obligation]:
    on = clock.beijing_date(at)
    late = Q(due_date__lt=on) | Q(due_date=on, due_at__lt=at)
    waiting = Obligation.objects.filter(state=Obligation.State.OPEN, first_overdue_on=None, due_date__lte=on)
    return waiting.filter(late).order_by("due_date", "id")


def _fact(row: Obligation, at: datetime) -> ObligationFact:
    assert row.due_date is not None  # the query asks for it
    first_day_late: date = row.due_date + ONE_DAY if row.due_at is None else row.due_date
    return ObligationFact(
        obligation=row,
        kind=ObligationFact.Kind.OVERDUE,
        on=first_day_late,
        due_date=row.due_date,
        at=at,
        by=SYSTEM.person,
    )


def _told(row: Obligation) -> events.Telling:
    return events.Telling("work.obligation_overdue", {"obligation_id": row.pk, "kind": row.kind})


def _unanswered() -> list[Obligation]:
    """Return missed limits whose procedure says what silence means. Small: the move closes each of them."""
    rows = Obligation.objects.filter(state=Obligation.State.OPEN, first_overdue_on__isnull=False)
    return list(rows.exclude(on_miss="").select_related("clock__limit").order_by("id")[:BATCH])


def _answer(obligation: Obligation, at: datetime) -> bool:
    """Make the move that a missed limit brings; return whether it was made. What fails is tried at the next sweep."""
    assert obligation.clock is not None and obligation.dossier_id is not None and obligation.step_id is not None
    on = clock.beijing_date(at)
    deemed = clock.deemed_on(obligation.clock, on)
    try:
        move_by_clock(
            dossier_id=obligation.dossier_id,
            step_id=obligation.step_id,
            do=obligation.on_miss,
            at=at,
            since=deemed.counts_as_of if deemed else on,
            retry_key=f"missed:{obligation.pk}",
        )
    except (Refusal, Stale) as error:
        log.warning("work.silence_not_answered", obligation=obligation.pk, error=type(error).__name__)
        return False
    return True
