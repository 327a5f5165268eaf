"""Whom an edition is for, who has read it and signed for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from yingshang.kernel import clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.oversight.plan_tasks.models import Delivery, Duty, Edition
from yingshang.oversight.plan_tasks.queries.duties import duties_standing
from yingshang.oversight.plan_tasks.rules import parts_of, recipients_of

CANCELLED, OPEN = work.Obligation.State.CANCELLED, work.Obligation.State.OPEN


@dataclass(frozen=True)
class Addressees:
    """Whom the head of a notice means on a day.

    units: those it names, and the members of groups it names. unnamed: what
    it prints and no register of units can name (“有关”单位): those of them
    that have tasks get the notice with their tasks, others a person adds.
    """

    units: list[org.Unit]
    unnamed: list[str]


@dataclass(frozen=True)
class Signed:
    """How many units an edition was delivered to, how many opened it, how many signed for it."""

    delivered: int = 0
    opened: int = 0
    signed: int = 0

    @property
    def unsigned(self) -> int:
        """How many have not signed yet."""
        return self.delivered - self.signed


@dataclass(frozen=True)
class DeliveryRow:
    """One line of who got the notice; a unit of which only counts are shown has its state alone."""

    id: int
    unit_code: str
    unit_name: str
    reason: str
    delivered_at: datetime
    opened_at: datetime | None
    opened_by: str
    signed_at: datetime | None
    signed_by: str
    state: str
    due_date: date | None
    lamp: Any
    remaining: clock.Remaining | None
    unit_href: str = ""


def addressees_on(edition: Edition, on: date) -> Addressees:
    """Return whom the notice's head means on a day. Queries: 5, and 2 for each group it names."""
    book = org.NameBook.load()
    units: dict[str, org.Unit] = {}
    unnamed: list[str] = []
    for printed in recipients_of(edition.reading.text):
        meant = _meant(book, printed, on)
        if meant is None and len(parts_of(printed)) > 1:
            each = [_meant(book, part, on) for part in parts_of(printed)]
            meant = None if None in each else [unit for some in each for unit in some or []]
        if meant is None:
            unnamed.append(printed)
        units |= {unit.code: unit for unit in meant or []}
    return Addressees(list(units.values()), unnamed)


def _meant(book: org.NameBook, printed: str, on: date) -> list[org.Unit] | None:
    """Return the units one printed name stands for, or None where it names nobody for certain."""
    found = book.resolve(printed, on)
    if found.needs_person:
        return None
    if found.group is not None:
        return org.members_on(found.group.code, on)
    heir = org.heir_on(found.unit, on) if found.unit else None
    return [heir] if heir else None


def deliveries_of(edition: Edition) -> QuerySet[Delivery]:
    """Return who got an edition, in the order of units, without what was taken back."""
    rows = Delivery.objects.filter(edition=edition).exclude(obligation__state=CANCELLED)
    return rows.select_related("unit", "obligation__clock__limit").order_by("unit__path", "pk")


def undelivered(edition: Edition, on: date) -> list[org.Unit]:
    """Return the standing units that an edition was not delivered to, but for offices inside one. Queries: 1."""
    have = Delivery.objects.filter(edition=edition).values("unit_id")
    kinds = [org.Unit.Kind.COUNTY, org.Unit.Kind.OFFICE]
    return list(org.Unit.objects.on(on).exclude(pk__in=have).exclude(kind__in=kinds).order_by("path"))


def shares_of_unit(edition: Edition, unit: org.Unit) -> list[Duty]:
    """Return what an edition asks of one unit, in the order of the tasks. Queries: 1."""
    return list(duties_standing(edition).filter(unit=unit).order_by("task__place", "pk"))


def to_sign(unit_code: str) -> list[Delivery]:
    """Return what a unit still has to sign for, the oldest first. Queries: 1."""
    rows = Delivery.objects.filter(unit__code=unit_code, obligation__state=OPEN)
    return list(rows.select_related("unit", "edition__plan", "obligation__clock__limit").order_by("delivered_at", "pk"))


def delivery(delivery_id: int) -> Delivery:
    """Return one delivery. Raises NotFound."""
    found = Delivery.objects.select_related("unit", "edition__plan", "edition__reading", "obligation__clock__limit")
    row = found.filter(pk=delivery_id).first()
    if row is None:
        raise NotFound("这次送达")
    return row


def signed_of(edition: Edition) -> Signed:
    """Return the counts of an edition. Queries: 1."""
    counted = deliveries_of(edition).aggregate(
        delivered=Count("pk"),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        signed=Count("pk", filter=Q(signed_at__isnull=False)),
    )
    return Signed(**counted)


def delivery_rows(deliveries: Iterable[Delivery], on: date) -> list[DeliveryRow]:
    """Return the lines of a list of deliveries. Queries: 4, whatever their number."""
    rows = list(deliveries)
    lamps, working = work.lamps([row.obligation for row in rows], on), clock.calendar()
    people = {row.opened_by for row in rows} | {row.signed_by for row in rows}
    names = dict(org.Person.objects.filter(pseudonym__in=people).values_list("pseudonym", "name"))
    return [_line(row, lamps[row.obligation_id], working, names, on) for row in rows]


def _line(row: Delivery, lamp: work.Lamp, working: Any, names: dict[str, str], on: date) -> DeliveryRow:
    shown = row.signed_at is None and not row.unit.counts_only
    running = row.obligation.clock
    return DeliveryRow(
        id=row.pk,
        unit_code=row.unit.code,
        unit_name=row.unit.short_name,
        reason=row.get_reason_display(),
        delivered_at=row.delivered_at,
        opened_at=None if row.unit.counts_only else row.opened_at,
        opened_by="" if row.unit.counts_only else names.get(row.opened_by, ""),
        signed_at=row.signed_at,
        signed_by="" if row.unit.counts_only else names.get(row.signed_by, ""),
        state=_state(row),
        due_date=row.obligation.due_date,
        lamp=lamp if shown else None,
        remaining=clock.remaining(running, on, working=working) if shown and running else None,
        unit_href=reverse("plan_tasks:unit", args=[row.unit.code]),
    )


def _state(row: Delivery) -> str:
    if row.signed_at:
        return "已签收"
    return "已打开，未签收" if row.opened_at and not row.unit.counts_only else "未签收"
