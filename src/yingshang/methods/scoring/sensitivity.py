"""What would change if the method were a little different: weights shifted, one indicator left out, no weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import StatisticsError, correlation

from yingshang.methods.scoring.edition import Edition, Indicator
from yingshang.methods.scoring.ranking import standings
from yingshang.methods.scoring.scoring import Scores, aggregated, rounded, series_scores


@dataclass(frozen=True)
class Shift:
    """How one variant differs from the edition. Places scored in both are compared.

    mean_shift: mean absolute change of the total. mean_rank_shift, farthest:
    of the rank. pearson of the totals, kendall (tau-b) of the ranks; None
    where all are alike.
    """

    name: str
    places: int
    changed_scores: int
    changed_ranks: int
    mean_shift: Decimal
    mean_rank_shift: Decimal
    farthest: int
    pearson: float | None
    kendall: float | None


def sensitivity(scores: Scores, *, shift: Fraction = Fraction(1, 4)) -> list[Shift]:
    """Return the shift of every variant: no weights, each indicator left out, each first-tier weight up and down.

    shift: by which part of itself a weight grows and shrinks; the others keep
    their proportion.
    """
    columns = series_scores(scores.edition, scores.values)
    return [
        compared(name, scores, aggregated(variant, scores.values, columns))
        for name, variant in variants(scores.edition, shift)
    ]


def what_if(scores: Scores, number: int, *, shift: Fraction = Fraction(1, 4)) -> tuple[str, Scores]:
    """Return the name and the scores of one variant, numbered from 0 as ``sensitivity`` lists them.

    Raises IndexError for a number that it does not list.
    """
    name, variant = list(variants(scores.edition, shift))[number]
    return name, aggregated(variant, scores.values, series_scores(scores.edition, scores.values))


def variants(edition: Edition, shift: Fraction) -> Iterator[tuple[str, Edition]]:
    """Yield (name, edition) for every way in which the method is varied."""
    if any(one.weight != siblings_share(one, edition) for one in edition.upwards):
        yield "不加权", _reweighed(edition, {one.key: siblings_share(one, edition) for one in edition.upwards})
    for one in edition.upwards:
        if one.under is not None and len(edition.children[one.under]) > 1:
            over = "" if one.under == edition.root.key else f"{edition.by_key[one.under].title}："
            yield f"不计“{over}{one.title}”", _reweighed(edition, {one.key: Fraction(0)})
    for one in edition.children[edition.root.key]:
        for word, factor in (("提高", 1 + shift), ("降低", 1 - shift)):
            changed = _reweighed(edition, {one.key: one.weight * factor})
            yield f"“{one.title}”的权重{word} {float(shift):.0%}", changed


def siblings_share(one: Indicator, edition: Edition) -> Fraction:
    """Return the share an indicator would have if all its siblings counted alike."""
    return Fraction(1, len(edition.children[one.under])) if one.under else Fraction(1)


def _reweighed(edition: Edition, weights: Mapping[str, Fraction]) -> Edition:
    """Return the edition with other weights. They need not sum to 1: a mean divides by what is there."""
    changed = tuple(replace(one, weight=weights.get(one.key, one.weight)) for one in edition.indicators)
    return replace(edition, indicators=changed)


def compared(name: str, base: Scores, other: Scores) -> Shift:
    """Return how far the totals and ranks of two scorings of the same places lie apart."""
    before, after = standings(base), standings(other)
    both = [place for place in before if place in after]
    old, new = [_total(base, place) for place in both], [_total(other, place) for place in both]
    old_ranks, new_ranks = [before[place].rank for place in both], [after[place].rank for place in both]
    moves = [abs(b - a) for a, b in zip(old_ranks, new_ranks, strict=True)]
    shifts = [abs(b - a) for a, b in zip(old, new, strict=True)]
    count = max(len(both), 1)
    digits, rounding = base.edition.shown_digits, base.edition.rounding
    return Shift(
        name=name,
        places=len(both),
        changed_scores=sum(
            rounded(a, digits, rounding) != rounded(b, digits, rounding) for a, b in zip(old, new, strict=True)
        ),
        changed_ranks=sum(move != 0 for move in moves),
        mean_shift=sum(shifts, Decimal(0)) / count,
        mean_rank_shift=Decimal(sum(moves)) / count,
        farthest=max(moves, default=0),
        pearson=_pearson(old, new),
        kendall=kendall(old_ranks, new_ranks),
    )


def _total(scores: Scores, place: str) -> Decimal:
    value = scores.of(place)
    assert isinstance(value, Decimal)
    return value


def _pearson(old: list[Decimal], new: list[Decimal]) -> float | None:
    try:
        return correlation([float(value) for value in old], [float(value) for value in new])
    except StatisticsError:
        return None


def kendall(first: list[int], second: list[int]) -> float | None:
    """Return Kendall's tau-b of two rankings; None where one of them has a single rank (Kendall 1945, for ties)."""
    agree = tied_first = tied_second = 0
    for place, (a, b) in enumerate(zip(first, second, strict=True)):
        for other in range(place):
            x, y = a - first[other], b - second[other]
            agree += (x * y > 0) - (x * y < 0)
            tied_first += x == 0
            tied_second += y == 0
    pairs = len(first) * (len(first) - 1) // 2
    below = (pairs - tied_first) * (pairs - tied_second)
    return agree / below**0.5 if below else None
