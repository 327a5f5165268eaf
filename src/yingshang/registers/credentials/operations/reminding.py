"""Telling holders in time that a credential ends."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import clock, ledger, work
from yingshang.kernel.parties import Actor
from yingshang.methods import dates
from yingshang.registers.credentials import rules
from yingshang.registers.credentials.models import Credential, Kind, Reminder

MOST_AT_ONCE = 500


@transaction.atomic
def remind(*, on: date, by: Actor, at: datetime) -> int:
    """Open a duty *apply for renewal* for each holder whose credential ends soon; return how many.

    Soon is what its kind says; the last day is that of applying in time. Each
    version is reminded of once. Up to 500 at once; call again for more.
    Records ``credentials.reminded`` for each.
    """
    calendar = clock.calendar()
    found: list[Credential] = []
    for kind in Kind.objects.filter(is_renewable=True, remind__isnull=False).order_by("pk"):
        ahead = rules.period_of(kind.remind)
        assert ahead is not None  # the filter
        until = dates.due(on, ahead.amount, ahead.unit, calendar).date
        rows = Credential.objects.select_for_update(of=("self",)).filter(
            kind=kind, state=Credential.State.IN_FORCE, valid_to__range=(on, until), reminder=None
        )
        found += rows.select_related("kind", "holder").order_by("valid_to", "pk")[: MOST_AT_ONCE - len(found)]
    duties = work.owe_all([_owed(one, on, calendar) for one in found], by=by, at=at)
    Reminder.objects.bulk_create(
        Reminder(credential=one, obligation=duty, reminded_at=at) for one, duty in zip(found, duties, strict=True)
    )
    ledger.record_all(
        "credentials.reminded", [(f"credential:{one.pk}", {"title": one.kind.title}) for one in found], by=by, at=at
    )
    return len(found)


@transaction.atomic
def close_lapsed(*, on: date, by: Actor, at: datetime) -> int:
    """Take back the reminders of credentials that have ended since, which nobody renewed; return how many."""
    rows = Reminder.objects.filter(
        credential__valid_to__lt=on,
        credential__state=Credential.State.IN_FORCE,
        obligation__state=work.Obligation.State.OPEN,
    )
    ids = list(rows.order_by("pk").values_list("obligation_id", flat=True)[:MOST_AT_ONCE])
    for obligation_id in ids:
        work.cancel(obligation_id=obligation_id, by=by, at=at, reason="证照已经到期，没有申请延续。")
    return len(ids)


def _owed(one: Credential, on: date, calendar: dates.Calendar) -> work.Owed:
    assert one.valid_to is not None  # only these are looked for
    opens, closes = rules.period_of(one.kind.opens), rules.period_of(one.kind.closes)
    window = rules.renewal_window(one.valid_to, opens, closes, calendar)
    return work.Owed(
        kind="credentials.apply_for_renewal",
        title=f"{one.title}{one.number}在{one.valid_to}到期，继续使用的请申请延续",
        party=one.holder,
        origin=f"credential:{one.pk}",
        due_date=max(window.last, on),
        source=one.kind.source,
        watched=False,
    )
