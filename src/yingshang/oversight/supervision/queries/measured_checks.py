"""Measures of checks, reports and self-checks; computed from the dates of the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from yingshang.kernel import work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.oversight.supervision.models import ProblemReport
from yingshang.oversight.supervision.queries.measured import codes_of
from yingshang.oversight.supervision.rules import reports as rules


@measure(
    title="督查发现问题按期整改率",
    formula="整改期限在本期内的督查发现问题中，到期末已经复核通过、而且没有超过期限的占多少；撤销的不计。",
    shown_as="rate",
    better="higher",
)
def findings_rectified_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of findings due in the period closed by then and never late. Queries: 1 a period, and 1."""
    return _kept("supervision.rectify", units, periods)


@measure(
    title="窗口自查按期填写率",
    formula="填写期限在本期内的窗口自查表中，到期末按期填写的占多少。",
    shown_as="rate",
    better="higher",
)
def self_check_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of self-checks due in the period that were filled in on time. Queries: 1 a period, and 1."""
    return _kept("supervision.fill_self_check", units, periods)


@measure(
    title="群众反映经反映人确认率",
    formula="本期内办结的群众反映中，由反映人自己确认已解决的占多少；转办、并入的不计。",
    shown_as="rate",
    better="higher",
)
def reports_confirmed_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of reports settled in the period that their askers confirmed. Queries: 1 a period, and 1."""
    codes = codes_of(units)
    settled = ProblemReport.objects.filter(unit__in=codes.values(), state__in=sorted(rules.SETTLED))
    for period in periods:
        rows = settled.filter(closed_at__date__gte=period.first, closed_at__date__lte=period.last)
        yield from _cells(rows, Q(state=rules.CONFIRMED), units, codes, period)


def _kept(kind: str, units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    codes = codes_of(units)
    duties = work.Obligation.objects.filter(kind=kind, unit__in=codes.values(), clock__isnull=False)
    for period in periods:
        # A standing clock has no last day: what waits for judgment counts once it was judged.
        due = duties.exclude(state=work.Obligation.State.CANCELLED).filter(
            due_date__gte=period.first, due_date__lte=period.last
        )
        kept = Q(state=work.Obligation.State.FULFILLED, first_overdue_on=None, closed_at__date__lte=period.last)
        yield from _cells(due, kept, units, codes, period)


def _cells(
    rows: QuerySet[Any], counted: Q, units: Sequence[str], codes: dict[str, int], period: Period
) -> Iterator[Cell]:
    found = {
        row["unit_id"]: Rate(row["kept"], row["all"])
        for row in rows.values("unit_id").annotate(all=Count("pk"), kept=Count("pk", filter=counted))
    }
    for code in units:
        yield Cell(code, period, found.get(codes[code], Rate(0, 0)) if code in codes else None)
