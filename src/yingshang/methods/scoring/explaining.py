"""How a score came about, down to the values as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yingshang.methods.scoring.edition import ByRank, Edition, Frontier, Gap, Indicator, Steps, Value
from yingshang.methods.scoring.scoring import Scores, rounded
from yingshang.methods.scoring.values import Part

GAPS = {Gap.NO_PRACTICE: "没有这类实践，记 0 分", Gap.NOT_APPLICABLE: "不适用，不计入平均", Gap.MISSING: "未知"}


@dataclass(frozen=True)
class Explanation:
    """One indicator of one place. weight: its share among its siblings. how: one sentence. parts: the raw values."""

    key: str
    title: str
    score: Value
    weight: Fraction
    how: str
    parts: tuple[Part, ...] = ()
    under: tuple[Explanation, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the explanation as indented lines of text."""
        yield f"{'  ' * depth}{self.title}：{self.how}"
        for one in self.under:
            yield from one.lines(depth + 1)


def explain(scores: Scores, place: str, key: str = "") -> Explanation:
    """Return how a place's score for an indicator came about. Raises KeyError for unknown names."""
    edition = scores.edition
    one = edition.by_key[key] if key else edition.root
    under = tuple(explain(scores, place, child.key) for child in edition.children[one.key])
    parts = scores.values.of(one.key, place) if one.mark is not None else ()
    value = scores.of(place, one.key)
    gate = scores.gated.get(one.key, {}).get(place)
    if gate is not None:
        how = f"{shown(value, edition)} 分：{gate.why}"
    elif under:
        how = _of_group(one, value, under, edition)
    else:
        how = _of_series(one, value, parts, edition)
    return Explanation(one.key, one.title, value, one.weight, how, parts, under)


def shown(value: Value, edition: Edition) -> str:
    """Return a score as it is printed: rounded to the edition's digits, a gap in words."""
    return GAPS[value] if isinstance(value, Gap) else str(rounded(value, edition.shown_digits, edition.rounding))


def _of_group(one: Indicator, value: Value, under: tuple[Explanation, ...], edition: Edition) -> str:
    if isinstance(value, Gap):
        return GAPS[value]
    counted = [part for part in under if isinstance(part.score, Decimal)]
    left_out = [part.title for part in under if not isinstance(part.score, Decimal)]
    alike = len({part.weight for part in counted}) == 1
    weights = "权重相同" if alike else "权重 " + "、".join(f"{part.title} {part.weight}" for part in counted)
    mean = "几何平均" if one.is_geometric else "平均"
    tail = f"；未计入：{'、'.join(left_out)}" if left_out else ""
    return f"{shown(value, edition)} 分，下面 {len(counted)} 项的{mean}（{weights}）{tail}"


def _of_series(one: Indicator, value: Value, parts: tuple[Part, ...], edition: Edition) -> str:
    values = "、".join(_of_part(part, one) for part in parts)
    if isinstance(value, Gap):
        return f"{GAPS[value]}（{values}）"
    return f"{shown(value, edition)} 分，{rule_words(one, edition)}，值为 {values}"


def _of_part(part: Part, one: Indicator) -> str:
    named = f"{part.name}（份额 {float(part.share):g}）" if part.name else ""
    if isinstance(part.value, Gap):
        written = f"“{part.written}”，" if part.written else ""
        return f"{named}{written}{GAPS[part.value]}"
    return f"{named}{part.written or part.value}{one.unit}"


def rule_words(one: Indicator, edition: Edition) -> str:
    """Return how a series is scored, in words."""
    mark, full = one.mark, edition.full
    if isinstance(mark, Frontier):
        bent = f"，再取 {mark.exponent} 次方" if mark.exponent != 1 else ""
        log = "取对数后" if mark.log else ""
        return f"{log}从 {mark.worst}（0 分）到 {mark.best}（{full} 分）之间的位置{bent}"
    if isinstance(mark, ByRank):
        return "按名次计分" + ("（越小越好）" if mark.lower_is_better else "（越大越好）")
    assert mark is not None
    standard = "各地最好的值" if mark.standard is None else f"标准值 {mark.standard}{one.unit}"
    counted = {Steps.STARTED: "不足一档按一档", Steps.WHOLE: "不足一档不扣", Steps.EXACT: "按比例"}[mark.steps]
    return f"达到{standard}为 {full} 分，每差 {mark.step}{one.unit} 扣 {mark.deduct} 分（{counted}）"
