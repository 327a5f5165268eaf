"""Measures of disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yingshang.kernel import clock, org, work
from yingshang.kernel.disclosure.owing import PUBLISH
from yingshang.kernel.measures import Cell, Period, Rate, measure


@measure(
    title="按期公开率",
    formula="期内到期的应公开事项中，在截止日当天或者之前公开的占多少；撤销的不计。",
    shown_as="rate",
    better="higher",
)
def published_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of publications owed that were made by their last day.

    A duty belongs to the period in which it was due, and to its unit and every
    unit above it. Cancelled duties and those not dated are in neither number;
    one still open after its last day is late. A rate over nothing is None.
    Queries: 2, whatever the size.
    Source: 国办发〔2018〕118号.
    """
    paths = dict(org.Unit.objects.filter(code__in=units).values_list("code", "path"))
    rows = list(_owed(periods))
    for unit in units:
        for period in periods:
            due = [row for row in rows if row.path.startswith(paths[unit]) and row.due in period]
            kept = [row for row in due if row.done is not None and row.done <= row.due]
            yield Cell(unit, period, Rate(len(kept), len(due)), tuple(f"obligation:{row.pk}" for row in due))


@dataclass(frozen=True)
class Owed:
    """One publication owed: where its unit stands, the last day, and the Beijing date it was done."""

    pk: int
    path: str
    due: date
    done: date | None


def _owed(periods: Sequence[Period]) -> Iterator[Owed]:
    owed = work.Obligation.objects.filter(
        kind=PUBLISH,
        due_date__gte=min(period.first for period in periods),
        due_date__lte=max(period.last for period in periods),
    ).exclude(state=work.Obligation.State.CANCELLED)
    for pk, path, due, closed_at in owed.values_list("pk", "unit__path", "due_date", "closed_at").order_by("pk"):
        if due is not None:
            yield Owed(pk, path, due, clock.beijing_date(closed_at) if closed_at else None)
