"""From values to scores: series first, then the tree upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from math import lcm

from yingshang.methods.scoring.edition import Condition, Edition, Gap, Gate, Indicator, Rounding, Value, WhenMissing
from yingshang.methods.scoring.marking import ZERO, gap_score, marked
from yingshang.methods.scoring.values import Fault, Part, Values, WrongValues

EXACT = Context(prec=34)  # the digits of IEEE 754 decimal128: more than any published value has
Column = list[Value]


@dataclass(frozen=True)
class Scores:
    """The scores of all places. by: indicator or series → one score for each of ``values.places``.

    gated: indicator → the places whose score a gate set. A score is a number,
    or the gap that it is.
    """

    edition: Edition
    values: Values
    by: Mapping[str, Sequence[Value]]
    gated: Mapping[str, Mapping[str, Gate]]

    @cached_property
    def place_no(self) -> dict[str, int]:
        """Place → where its scores stand in the columns."""
        return {place: number for number, place in enumerate(self.values.places)}

    def of(self, place: str, key: str = "") -> Value:
        """Return a place's score for an indicator; the total without one. Raises KeyError for unknown names."""
        return self.by[key or self.edition.root.key][self.place_no[place]]


def score(edition: Edition, values: Values) -> Scores:
    """Return the scores. Raises WrongValues, naming place and series, when the edition refuses missing values."""
    with localcontext(EXACT):
        return aggregated(edition, values, series_scores(edition, values))


def series_scores(edition: Edition, values: Values) -> dict[str, Column]:
    """Return series → score by place: each part scored by itself, then averaged by its share."""
    if edition.when_missing is WhenMissing.REFUSE:
        _refuse_missing(edition, values)
    columns: dict[str, Column] = {}
    with localcontext(EXACT):
        for one in edition.series:
            if one.mark is None:
                continue
            parts = [values.of(one.key, place) for place in values.places]
            scores = iter(marked(one.mark, [part.value for some in parts for part in some], edition))
            column = [
                next(scores) if len(some) == 1 else _mean([next(scores) for _ in some], some, edition) for some in parts
            ]
            columns[one.key] = _rounded(column, edition.rounding, "series")
    return columns


def aggregated(edition: Edition, values: Values, columns: Mapping[str, Column]) -> Scores:
    """Return the scores of the whole tree over series that are already scored."""
    by: dict[str, Column] = dict(columns)
    gated: dict[str, dict[str, Gate]] = {}
    gates: dict[str, list[Gate]] = {}
    for gate in edition.gates:
        gates.setdefault(gate.indicator, []).append(gate)
    with localcontext(EXACT):
        for one in edition.upwards:
            if one.mark is None:
                by[one.key] = _rounded(_group(one, edition, by), edition.rounding, _tier(one, edition))
            for gate in gates.get(one.key, []):
                column = by[one.key] = list(by[one.key])
                for number, place in enumerate(values.places):
                    if all(_holds(condition, number, place, values, by) for condition in gate.conditions):
                        column[number] = gate.score
                        gated.setdefault(one.key, {})[place] = gate
    return Scores(edition, values, by, gated)


def _refuse_missing(edition: Edition, values: Values) -> None:
    """An input that is not there would leave its gate open, so it is asked for too; a word for "missing" will do."""
    faults = [
        Fault(0, "", f"“{place}”没有“{one.key}”（{one.title}）的值。", "这一版不允许缺值，请补上。")
        for one in edition.series
        for place in values.places
        if any(
            part.value is Gap.MISSING and not (one.only_input and part.written) for part in values.of(one.key, place)
        )
    ]
    if faults:
        raise WrongValues(faults)


def _tier(one: Indicator, edition: Edition) -> str:
    return "total" if one is edition.root else "indicators"


def _rounded(column: Column, rounding: Rounding, tier: str) -> Column:
    if tier not in rounding.at:
        return column
    return [rounded(value, rounding.digits, rounding) if isinstance(value, Decimal) else value for value in column]


def rounded(value: Decimal, digits: int, rounding: Rounding) -> Decimal:
    """Return a value with so many digits after the point, halves as the edition says."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP if rounding.halves_up else ROUND_HALF_EVEN, EXACT)


def _whole(shares: Sequence[Fraction]) -> list[int]:
    """Return shares as whole numbers in the same proportion, so that thirds stay exact."""
    common = lcm(*(share.denominator for share in shares))
    return [share.numerator * (common // share.denominator) for share in shares]


def _group(one: Indicator, edition: Edition, by: Mapping[str, Column]) -> Column:
    children = edition.children[one.key]
    weights = _whole([child.weight for child in children])
    total = sum(weights)
    column: Column = []
    for scores in zip(*(by[child.key] for child in children), strict=True):
        present = [(value, weight) for value, weight in zip(scores, weights, strict=True) if isinstance(value, Decimal)]
        if len(present) == len(weights):
            column.append(_average(present, total, one.is_geometric))
        else:
            column.append(_of_what_is_there(present, scores, edition, is_geometric=one.is_geometric))
    return column


def _of_what_is_there(
    present: list[tuple[Decimal, int]], scores: Sequence[Value], edition: Edition, *, is_geometric: bool = False
) -> Value:
    """What does not apply drops out; what is missing has been refused or counted 0, or drops out too."""
    if sum(weight for _, weight in present):
        return _average(present, sum(weight for _, weight in present), is_geometric)
    nothing = Gap.NOT_APPLICABLE if all(value is Gap.NOT_APPLICABLE for value in scores) else Gap.MISSING
    return gap_score(nothing, edition)


def _average(present: Sequence[tuple[Decimal, int]], total: int, is_geometric: bool) -> Decimal:
    if not is_geometric:
        return sum((value * weight for value, weight in present), ZERO) / total
    if any(value <= 0 for value, weight in present if weight):
        return ZERO
    return (sum((value.ln() * weight for value, weight in present if weight), ZERO) / total).exp()


def _mean(scores: Sequence[Value], parts: Sequence[Part], edition: Edition) -> Value:
    """Return the score of a place from those of its parts; what does not apply in one part drops out."""
    weights = _whole([part.share for part in parts])
    present = [(value, weight) for value, weight in zip(scores, weights, strict=True) if isinstance(value, Decimal)]
    return _of_what_is_there(present, scores, edition)


def _holds(condition: Condition, number: int, place: str, values: Values, by: Mapping[str, Column]) -> bool:
    """A condition on a place in parts holds when it holds for every part."""
    if condition.looks_at_score:
        return _fits(condition, by[condition.of][number], "")
    return all(_fits(condition, part.value, part.written) for part in values.of(condition.of, place))


def _fits(condition: Condition, value: Value, written: str) -> bool:
    if condition.words and (written in condition.words or (isinstance(value, Gap) and value in condition.words)):
        return True
    if not isinstance(value, Decimal) or (condition.at_least is None and condition.at_most is None):
        return False
    low = condition.at_least is None or value >= condition.at_least
    return low and (condition.at_most is None or value <= condition.at_most)
