"""The measure of plan tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from yingshang.kernel import org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.oversight.plan_tasks.models import Duty

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
