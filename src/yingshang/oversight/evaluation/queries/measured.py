"""Measures of the evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from yingshang.kernel import clock, measures
from yingshang.kernel.measures import Cell, Period, Rate
from yingshang.oversight.evaluation.models import Objection


@measures.measure(
    title="异议按期答复率",
    formula="期内应当答复的异议中，按期答复的件数 ÷ 应当答复的件数",
    shown_as="rate",
)
def answered_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> list[Cell]:
    """Objections answered by their last day, of those due in the period, by the evaluator's unit. Queries: 1."""
    due: Counter[tuple[str, str]] = Counter()
    kept: Counter[tuple[str, str]] = Counter()
    rows = Objection.objects.filter(evaluation__evaluator__code__in=units).values_list(
        "evaluation__evaluator__code", "obligation__due_date", "answered_at"
    )
    for unit, due_date, answered_at in rows:
        for period in periods:
            if due_date is not None and period.first <= due_date <= period.last:
                due[unit, period.code] += 1
                kept[unit, period.code] += answered_at is not None and clock.beijing_date(answered_at) <= due_date
    return [
        Cell(unit, period, Rate(kept[unit, period.code], due[unit, period.code]))
        for unit in units
        for period in periods
    ]
