"""The formula of a score with the numbers filled in, for whoever wants to redo it by hand."""

from __future__ import annotations

from decimal import Decimal

from yingshang.methods.scoring.edition import ByRank, Edition, Frontier, Indicator, Standard, Steps
from yingshang.methods.scoring.explaining import shown
from yingshang.methods.scoring.scoring import Scores
from yingshang.methods.scoring.values import Part


def formula(scores: Scores, place: str, key: str = "") -> str:
    """Return how a place's score for an indicator is computed, numbers filled in; empty where there is no number.

    Numbers of parts are shown rounded, as pages print them; the score is
    computed from the unrounded ones. Raises KeyError for unknown names.
    """
    edition = scores.edition
    one = edition.by_key[key] if key else edition.root
    value = scores.of(place, one.key)
    if not isinstance(value, Decimal):
        return ""
    result = shown(value, edition)
    if (gate := scores.gated.get(one.key, {}).get(place)) is not None:
        return f"{result}（{gate.why}）"
    if one.mark is None:
        return f"{_of_group(scores, place, one)} = {result}{_left_out(scores, place, one)}"
    parts = scores.values.of(one.key, place)
    if len(parts) > 1:
        return f"{' + '.join(f'{part.name}的得分 × {part.share}' for part in parts)} = {result}"
    filled = _of_series(one, parts[0], edition)
    return f"{filled}{result}" if filled.endswith("得 ") else f"{filled} = {result}"


def _of_group(scores: Scores, place: str, one: Indicator) -> str:
    edition = scores.edition
    counted = [
        (value, child.weight)
        for child in edition.children[one.key]
        if isinstance(value := scores.of(place, child.key), Decimal)
    ]
    texts = [shown(value, edition) for value, _ in counted]
    if len({weight for _, weight in counted}) == 1:
        if one.is_geometric:
            return f"({' × '.join(texts)}) 的 1/{len(texts)} 次方"
        return texts[0] if len(texts) == 1 else f"({' + '.join(texts)}) ÷ {len(texts)}"
    total = sum(weight for _, weight in counted)
    if one.is_geometric:
        return " × ".join(f"{text} 的 {weight / total} 次方" for text, (_, weight) in zip(texts, counted, strict=True))
    return " + ".join(f"{text} × {weight / total}" for text, (_, weight) in zip(texts, counted, strict=True))


def _left_out(scores: Scores, place: str, one: Indicator) -> str:
    children = scores.edition.children[one.key]
    titles = [child.title for child in children if not isinstance(scores.of(place, child.key), Decimal)]
    return f"（未计入：{'、'.join(titles)}）" if titles else ""


def _of_series(one: Indicator, part: Part, edition: Edition) -> str:
    mark, number = one.mark, part.value
    if not isinstance(number, Decimal):
        return "没有这类实践，得 "
    if isinstance(mark, Frontier):
        return _of_frontier(mark, number, edition.full)
    if isinstance(mark, Standard) and mark.standard is not None:
        far = f"({number} − {mark.standard})" if mark.lower_is_better else f"({mark.standard} − {number})"
        steps = {Steps.STARTED: "进位取整", Steps.WHOLE: "舍去取整", Steps.EXACT: ""}[mark.steps]
        if (number <= mark.standard) == mark.lower_is_better or number == mark.standard:
            return f"达到标准值 {mark.standard}，不扣分，得 "
        return f"{edition.full} − {steps}{far} ÷ {mark.step} × {mark.deduct}（最少 0）"
    return "按名次计分，得 " if isinstance(mark, ByRank) else "以各地最好的值为标准值计分，得 "


def _of_frontier(mark: Frontier, number: Decimal, full: Decimal) -> str:
    low, high = sorted((mark.best, mark.worst))
    if number < low or number > high:
        end = mark.best if (number < low) == (mark.best < mark.worst) else mark.worst
        return f"{number} 超出 {low} 到 {high}，按 {end} 算，得 "
    ln = "ln " if mark.log else ""
    ratio = f"({ln}{mark.worst} − {ln}{number}) ÷ ({ln}{mark.worst} − {ln}{mark.best})"
    return f"{full} × {ratio}" if mark.exponent == 1 else f"{full} × [{ratio}] 的 {mark.exponent} 次方"
