"""How far scores can lie apart when values are known to an interval only."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from yingshang.methods.scoring.edition import Value
from yingshang.methods.scoring.scoring import Column, Scores, aggregated, series_scores
from yingshang.methods.scoring.values import Values


def between(scores: Scores, low: Values, high: Values) -> tuple[Scores, Scores]:
    """Return the scores with every series at the less and at the more favorable end of its interval.

    low, high: the table of values with each value at the lower and the upper
    end of its interval; the same rows as those scored. Both ends are scored by
    the edition's own rules. All intervals at their worst at once is a bound,
    not a confidence interval of the total.
    """
    edition = scores.edition
    first, second = series_scores(edition, low), series_scores(edition, high)
    worst = {key: _each(min, column, second[key]) for key, column in first.items()}
    best = {key: _each(max, column, second[key]) for key, column in first.items()}
    return aggregated(edition, low, worst), aggregated(edition, high, best)


def _each(choose: Callable[[Decimal, Decimal], Decimal], one: Column, other: Column) -> Column:
    return [_chosen(choose, a, b) for a, b in zip(one, other, strict=True)]


def _chosen(choose: Callable[[Decimal, Decimal], Decimal], one: Value, other: Value) -> Value:
    return choose(one, other) if isinstance(one, Decimal) and isinstance(other, Decimal) else one
