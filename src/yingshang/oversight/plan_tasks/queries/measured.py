"""The measure of plan tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q

from yingshang.kernel import org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.oversight.plan_tasks.models import Deliverable, Delivery, Duty, Enactment

CANCELLED, FULFILLED = work.Obligation.State.CANCELLED, work.Obligation.State.FULFILLED


@measure(
    title="方案任务应办事项办结率",
    formula="到期末为止，现行方案交给本单位的应办事项中，已经办结的占多少；撤销的不计。",
    shown_as="rate",
    better="higher",
)
def fulfilled_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of a unit's own duties under plans in force that were done by the end of the period.

    Duties opened after the period are in neither number, nor are those of
    subordinate units: the plan names each bearer itself. Queries: one for each
    period, and one.
    """
    codes = dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))
    standing = Duty.objects.filter(unit__in=codes.values(), task__edition__superseded_on__isnull=True)
    for period in periods:
        opened = standing.exclude(obligation__state=CANCELLED).filter(obligation__opened_at__date__lte=period.last)
        done = Q(obligation__state=FULFILLED, obligation__closed_at__date__lte=period.last)
        counted = opened.values("unit_id").annotate(
            owed=Count("obligation", distinct=True), done=Count("obligation", filter=done, distinct=True)
        )
        found = {row["unit_id"]: Rate(row["done"], row["owed"]) for row in counted}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))


@measure(
    title="通知按时签收率",
    formula="期内应签收的方案通知中，本单位按时签收的占多少；已收回的不计。",
    shown_as="rate",
    better="higher",
)
def signed_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the notices due for signing in the period that the unit signed for on time.

    A notice without a limit is due the day it was delivered and on time whenever it is signed.
    Queries: one for each period, and one.
    """
    codes = dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))
    standing = Delivery.objects.filter(unit__in=codes.values()).exclude(obligation__state=CANCELLED)
    for period in periods:
        dated = Q(obligation__due_date__range=(period.first, period.last))
        undated = Q(obligation__due_date=None, delivered_at__date__range=(period.first, period.last))
        on_time = Q(signed_at__isnull=False) & (
            Q(obligation__due_date=None) | Q(signed_at__date__lte=F("obligation__due_date"))
        )
        counted = standing.filter(dated | undated).values("unit_id")
        rows = counted.annotate(owed=Count("pk"), done=Count("pk", filter=on_time))
        found = {row["unit_id"]: Rate(row["done"], row["owed"]) for row in rows}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))


@measure(
    title="配套制度施行率",
    formula="到期末为止，台账中由本单位制定的制度，已经施行的占多少；停用的不算施行。",
    shown_as="rate",
    better="higher",
)
def set_up_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of what a unit has to set up that was in force at the end of the period.

    Queries: one for each period, and one.
    """
    codes = dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))
    owned = Deliverable.objects.filter(owner__in=codes.values(), confirmed_at__isnull=False)
    for period in periods:
        of_it = Enactment.objects.filter(deliverable=OuterRef("pk"))
        in_force = Exists(of_it.filter(kind=Enactment.Kind.ISSUED, in_force_on__lte=period.last))
        later = Exists(of_it.filter(kind=Enactment.Kind.STOPPED, on__lte=period.last))
        confirmed = owned.filter(confirmed_at__date__lte=period.last).annotate(in_force=in_force, stopped=later)
        counted = confirmed.values("owner_id").annotate(
            owed=Count("pk"), done=Count("pk", filter=Q(in_force=True, stopped=False))
        )
        found = {row["owner_id"]: Rate(row["done"], row["owed"]) for row in counted}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))
