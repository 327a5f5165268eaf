"""The measures of the field: results published in time, visits begun by a scan, attempts that were stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Count

from yingshang.conduct.inspections.models import Stop, Visit
from yingshang.kernel import clock, org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure

PUBLISH, VISIT = "disclosure.publish", "visit:"


@measure(
    title="检查结果按期公示率",
    formula="期内公示期限届满、由本单位牵头的检查结果中，在期限以内公示的占多少。",
    shown_as="rate",
    better="higher",
)
def published_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the results due in the period that were public by their due date.

    Queries: two for each period, and one.
    """
    codes = measured_units(units)
    for period in periods:
        owed = work.Obligation.objects.filter(
            kind=PUBLISH,
            origin__startswith=VISIT,
            unit__in=codes.values(),
            due_date__range=(period.first, period.last),
        )
        due_on = {origin.removeprefix(VISIT): day for origin, day in owed.values_list("origin", "due_date") if day}
        rows = Visit.objects.filter(public_id__in=list(due_on), recorded_at__isnull=False)
        yield from _shares(
            units,
            codes,
            period,
            [
                (unit, published is not None and published <= due_on[str(public_id)])
                for unit, public_id, published in rows.values_list("lead_unit", "public_id", "published_on")
            ],
        )


@measure(
    title="按期扫码入企率",
    formula="期内最迟检查日期届满、由本单位牵头的检查中，扫码入企的占多少；中止的和并入别的检查的不计。",
    shown_as="rate",
    better="higher",
)
def scanned_share(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the visits whose last day lies in the period that were begun by a scan.

    Queries: one for each period, and one.
    """
    codes = measured_units(units)
    standing = Visit.objects.exclude(state__in=(Visit.State.STOPPED, Visit.State.MERGED))
    for period in periods:
        rows = standing.filter(lead_unit__in=codes.values(), planned_to__range=(period.first, period.last))
        scans = rows.values_list("lead_unit", "scan")
        yield from _shares(units, codes, period, [(unit, scan is not None) for unit, scan in scans])


@measure(
    title="被制止的检查",
    formula="期内本单位安排或者进行检查时，被系统或者工作人员制止的次数。",
    shown_as="count",
    better="lower",
)
def stopped(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many attempts of a unit were stopped. Queries: one for each period, and one."""
    codes = measured_units(units)
    for period in periods:
        first = datetime.combine(period.first, time(), tzinfo=clock.BEIJING)
        end = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=clock.BEIJING)
        rows = Stop.objects.filter(unit__in=codes.values(), at__gte=first, at__lt=end)
        found = dict(rows.values("unit").annotate(n=Count("pk")).values_list("unit", "n"))
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0) if code in codes else None)


def measured_units(units: Sequence[str]) -> dict[str, int]:
    """Return the ids of the units that measures of inspections speak of, by code: all that show more than counts."""
    return dict(org.Unit.objects.filter(code__in=units, counts_only=False).values_list("code", "pk"))


def _shares(
    units: Sequence[str], codes: dict[str, int], period: Period, rows: Sequence[tuple[int, bool]]
) -> Iterator[Cell]:
    for code in units:
        mine = [done for unit, done in rows if unit == codes.get(code)]
        yield Cell(code, period, Rate(sum(mine), len(mine)) if code in codes else None)
