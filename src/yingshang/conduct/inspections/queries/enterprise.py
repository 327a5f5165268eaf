"""What is shown on an enterprise's page, and what enterprises say of inspections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yingshang.conduct.inspections.models import Alarm, FollowUp, OtherVisit, Stop, Target, VisitItem
from yingshang.conduct.inspections.queries.schedule import SEEN_AT_THE_DOOR
from yingshang.conduct.inspections.queries.settled import caps_of, published_items
from yingshang.kernel import org, work
from yingshang.kernel.errors import NotFound

SHOWN = 20


@dataclass(frozen=True)
class YearCount:
    """How often a unit came this year, and how often it may; ``cap`` None where none is published."""

    unit: org.Unit
    paid: int
    cap: int | None


def counts_of(target: Target, day: date) -> list[YearCount]:
    """Return how often each unit inspected a target in the year of a day: visits that began. Queries: 3."""
    rows = VisitItem.objects.filter(
        visit__target=target, visit__started_at__year=day.year, visit__state__in=SEEN_AT_THE_DOOR
    )
    paid = dict(rows.values("unit").annotate(n=Count("visit", distinct=True)).values_list("unit", "n"))
    units = list(org.Unit.objects.filter(pk__in=paid).order_by("code"))
    caps = caps_of(units, day)
    return [YearCount(unit, paid[unit.pk], caps[unit.pk]) for unit in units]


def other_visits_of(target: Target) -> list[OtherVisit]:
    """Return the newest visits that were no inspections. Queries: 1."""
    return list(target.other_visits.select_related("unit").order_by("-at")[:SHOWN])


def alarms_of(target: Target) -> list[Alarm]:
    """Return what an enterprise raised, the newest first. Queries: 1."""
    return list(target.alarms.select_related("unit").order_by("-pk")[:SHOWN])


def alarms_about(unit: str) -> list[Alarm]:
    """Return the newest alarms about a unit, about every unit if empty. Queries: 1."""
    rows = Alarm.objects.select_related("unit", "target", "obligation").order_by("-pk")
    return list((rows.filter(unit__code=unit) if unit else rows)[:SHOWN])


def alarm_with(alarm_id: int) -> Alarm:
    """Return an alarm. Queries: 1. Raises NotFound."""
    alarm = Alarm.objects.select_related("unit", "target").filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound("这条反映")
    return alarm


def stops_about(unit: str) -> list[Stop]:
    """Return the newest attempts of a unit that were stopped, of every unit if empty. Queries: 1."""
    rows = Stop.objects.select_related("unit", "target").order_by("-pk")
    return list((rows.filter(unit__code=unit) if unit else rows)[:SHOWN])


def owed_by(target: Target) -> Sequence[FollowUp]:
    """Return what the enterprise still owes after visits. Queries: 1."""
    rows = FollowUp.objects.filter(
        visit__target=target, obligation__party=target.party, obligation__state=work.Obligation.State.OPEN
    )
    return list(rows.select_related("obligation", "visit__lead_unit").order_by("obligation__due_date"))


def follow_up_with(follow_up_id: int) -> FollowUp:
    """Return a follow-up with its visit and enterprise. Queries: 1. Raises NotFound."""
    rows = FollowUp.objects.select_related("visit__target__party", "visit__lead_unit", "obligation")
    follow_up = rows.filter(pk=follow_up_id).first()
    if follow_up is None:
        raise NotFound("这项后续处理")
    return follow_up


def units_with_items(day: date) -> list[org.Unit]:
    """Return the units that own an item of the published list on a day. Queries: 3."""
    codes = {row.values["unit"] for row in published_items(day).values()}
    return list(org.Unit.objects.filter(code__in=codes).order_by("code"))
