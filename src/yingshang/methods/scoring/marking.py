"""From the values of one series to its scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from yingshang.methods.scoring.edition import ByRank, Edition, Frontier, Gap, Mark, Standard, Steps, Value

ZERO = Decimal(0)


def marked(mark: Mark, values: Sequence[Value], edition: Edition) -> list[Value]:
    """Return the score of each value, in 0 to the edition's full score, in the same order.

    No practice scores 0. Not applicable and missing stay what they are; with
    the policy *zero* a missing value scores 0.
    """
    numbers = [value for value in values if isinstance(value, Decimal)]
    if isinstance(mark, Frontier):
        scores = iter(_by_frontier(mark, numbers, edition.full))
    elif isinstance(mark, Standard):
        scores = iter(_by_standard(mark, numbers, edition.full))
    else:
        scores = iter(_by_rank(mark, numbers, edition.full))
    return [next(scores) if isinstance(value, Decimal) else gap_score(value, edition) for value in values]


def gap_score(gap: Gap, edition: Edition) -> Value:
    """Return what a gap counts for: 0 for no practice, and for missing where the edition says zero."""
    if gap is Gap.NO_PRACTICE or (gap is Gap.MISSING and edition.when_missing == "zero"):
        return ZERO
    return gap


def _by_frontier(mark: Frontier, numbers: Sequence[Decimal], full: Decimal) -> list[Decimal]:
    """(worst - y) / (worst - best), clipped to 0..1, bent by the exponent (Doing Business 2017, data notes).

    On the logarithm, what is below both ends lies at the lower of them, nothing and less than nothing too.
    """
    best, worst = mark.best, mark.worst
    if mark.log:
        lowest = min(best, worst)
        numbers = [max(number, lowest).ln() for number in numbers]
        best, worst = best.ln(), worst.ln()
    if mark.exponent != 1:
        span = worst - best
        parts = [min(max((worst - number) / span, ZERO), Decimal(1)) for number in numbers]
        return [full * part**mark.exponent if part else ZERO for part in parts]
    factor, span = full, worst - best
    return [
        score if ZERO <= (score := (worst - number) * factor / span) <= full else (ZERO if score < ZERO else full)
        for number in numbers
    ]


def _by_standard(mark: Standard, numbers: Sequence[Decimal], full: Decimal) -> list[Decimal]:
    if not numbers:
        return []
    best = min(numbers) if mark.lower_is_better else max(numbers)
    standard = best if mark.standard is None else mark.standard
    sign = 1 if mark.lower_is_better else -1
    scores = []
    for number in numbers:
        steps = max((number - standard) * sign, ZERO) / mark.step
        if mark.steps is not Steps.EXACT:
            steps = steps.to_integral_value(ROUND_CEILING if mark.steps is Steps.STARTED else ROUND_FLOOR)
        scores.append(max(full - steps * mark.deduct, ZERO))
    return scores


def _by_rank(mark: ByRank, numbers: Sequence[Decimal], full: Decimal) -> list[Decimal]:
    ordered = sorted(numbers, reverse=not mark.lower_is_better)
    ranks: dict[Decimal, int] = {}
    for place, number in enumerate(ordered, start=1):
        ranks.setdefault(number, place)
    if mark.points:
        return [mark.points[min(ranks[number], len(mark.points)) - 1] for number in numbers]
    others = len(numbers) - 1
    return [full * (len(numbers) - ranks[number]) / others if others else full for number in numbers]
