"""Read an edition file, and refuse one that could not give a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from yingshang.methods import county_files
from yingshang.methods.scoring.edition import (
    ByRank,
    Condition,
    Edition,
    Frontier,
    Gap,
    Gate,
    Indicator,
    Mark,
    Ranking,
    Rounding,
    Standard,
    Steps,
    SwitchedOff,
    Value,
    WhenMissing,
)
from yingshang.methods.scoring.schema import EDITION

File = county_files.CountyFile
DEEPEST = 200  # tiers; an explanation walks down them one inside the other


def read(path: Path) -> Edition:
    """Return the edition. Raises DataProblem, naming file, line and key, for the first thing that cannot be."""
    file = county_files.read(path, EDITION)
    data = file.data
    indicators = _indicators(file)
    edition = Edition(
        key=data["key"],
        title=data["title"],
        method=data["method"],
        valid_from=_day(data["effective"]["from"]),
        valid_to=_day(data["effective"]["to"]) if data["effective"]["to"] else None,
        source=data["source"] or "",
        indicators=indicators,
        full=_number(data.get("full_score", 100)),
        when_missing=WhenMissing(data["missing"]),
        words=_words(data.get("words", {})),
        gates=tuple(_gate(one) for one in data.get("gates", [])),
        rounding=_rounding(data.get("rounding")),
        ranking=_ranking(data.get("ranking", {})),
        shown_digits=data.get("shown_digits", 2),
        off=_off(file),
    )
    _check_settings(file, edition)
    _check_gates(file, edition)
    return edition


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _words(found: Mapping[str, Any]) -> dict[str, Value]:
    gaps = {gap.value: gap for gap in Gap}
    return {word: gaps[meaning] if meaning in gaps else _number(meaning) for word, meaning in found.items()}


def _indicators(file: File) -> tuple[Indicator, ...]:
    rows: list[dict[str, Any]] = file.data["indicators"]
    inputs: list[dict[str, Any]] = file.data.get("inputs", [])
    _check_keys(file, rows, inputs)
    _check_tree(file, rows)
    off = _switched_off(rows)
    shares = _shares(file, rows, off)
    scored = [
        _indicator(file, place, row, shares[row["key"]]) for place, row in enumerate(rows) if row["key"] not in off
    ]
    taken = [
        Indicator(row["key"], row["title"], None, Fraction(0), words=_words(row.get("words", {})), only_input=True)
        for row in inputs
    ]
    return (*scored, *taken)


def _check_keys(file: File, rows: list[dict[str, Any]], inputs: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for part, listed in (("indicators", rows), ("inputs", inputs)):
        for place, row in enumerate(listed):
            if row["key"] in seen:
                raise file.problem((part, place, "key"), f"“{row['key']}”写了两次。", "每个键只写一次。")
            seen.add(row["key"])


def _check_tree(file: File, rows: list[dict[str, Any]]) -> None:
    """Exactly one total, no unknown parent, no cycle, groups without a score rule, series with one."""
    places = {row["key"]: place for place, row in enumerate(rows)}
    parents = {row["key"]: row.get("under") for row in rows}
    for key, parent in parents.items():
        if parent is not None and parent not in places:
            raise file.unknown(("indicators", places[key], "under"), "indicator", parent, set(places))
    for key in parents:
        passed, at = [key], parents[key]
        while at is not None:
            if len(passed) > DEEPEST:
                raise file.problem(("indicators", places[key], "under"), f"指标树深于 {DEEPEST} 层。")
            if at in passed:
                circle = " → ".join([*passed[passed.index(at) :], at])
                raise file.problem(("indicators", places[key], "under"), f"指标树绕成了圈：{circle}。")
            passed.append(at)
            at = parents[at]
    tops = [key for key, parent in parents.items() if parent is None]
    if len(tops) != 1:
        place = places[tops[1]]
        raise file.problem(
            ("indicators", place), f"“{tops[1]}”是“{tops[0]}”之外的第二个总分。", "请写明属于哪一项（under）。"
        )
    groups = set(parents.values())
    for place, row in enumerate(rows):
        if row["key"] in groups and "score" in row:
            raise file.problem(
                ("indicators", place, "score"), f"“{row['key']}”下面还有指标，不能再写计分办法。", "请删去 score。"
            )
        if row["key"] not in groups and "score" not in row:
            expected = "请写计分办法（score），或者在它下面列出指标。"
            raise file.problem(("indicators", place), f"“{row['key']}”下面没有指标，也没有计分办法。", expected)


def _switched_off(rows: list[dict[str, Any]]) -> set[str]:
    """Return the indicators that the edition carries without scoring them, with all that is under them."""
    off = {row["key"] for row in rows if row.get("off")}
    while more := {row["key"] for row in rows if row.get("under") in off} - off:
        off |= more
    return off


def _shares(file: File, rows: list[dict[str, Any]], off: set[str]) -> dict[str, Fraction]:
    """Return each indicator's share among its siblings: as written, summing to weights_sum, or all equal."""
    whole = Fraction(str(file.data.get("weights_sum", 1)))
    if whole <= 0:
        raise file.problem(("weights_sum",), "权重的合计（weights_sum）要大于 0。")
    families: dict[str | None, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row["key"] not in off:
            families[row.get("under")].append(place)
    shares: dict[str, Fraction] = {}
    for parent, places in families.items():
        written = [place for place in places if "weight" in rows[place]]
        if parent is None or not written:
            shares |= {rows[place]["key"]: Fraction(1, len(places)) for place in places}
            continue
        if len(written) != len(places):
            lacking = next(place for place in places if "weight" not in rows[place])
            found = f"“{rows[lacking]['key']}”没有写权重，“{parent}”下面的其他项写了。"
            raise file.problem(("indicators", lacking), found, "请全都写，或者都不写。")
        given = {rows[place]["key"]: Fraction(str(rows[place]["weight"])) for place in places}
        if sum(given.values()) != whole:
            found = f"“{parent}”下面的权重合计为 {float(sum(given.values())):g}，应为 {float(whole):g}。"
            raise file.problem(("indicators", places[-1], "weight"), found, "三分之一请写 1/3。")
        shares |= {key: share / whole for key, share in given.items()}
    return shares


def _indicator(file: File, place: int, row: dict[str, Any], share: Fraction) -> Indicator:
    least, most = row.get("least"), row.get("most")
    return Indicator(
        key=row["key"],
        title=row["title"],
        under=row.get("under"),
        weight=share,
        mark=_mark(file, ("indicators", place, "score"), row["score"]) if "score" in row else None,
        is_geometric=row.get("mean") == "geometric",
        unit=row.get("unit", ""),
        least=None if least is None else _number(least),
        most=None if most is None else _number(most),
        words=_words(row.get("words", {})),
        todo=row.get("todo", ""),
    )


def _off(file: File) -> tuple[SwitchedOff, ...]:
    rows: list[dict[str, Any]] = file.data["indicators"]
    off = _switched_off(rows)
    return tuple(
        SwitchedOff(row["key"], row["title"], row.get("under"), row.get("why_off", ""))
        for row in rows
        if row["key"] in off
    )


def _mark(file: File, key: tuple[str | int, ...], row: dict[str, Any]) -> Mark:
    (kind, rule), *_ = row.items()
    here = (*key, kind)
    if kind == "frontier":
        mark = Frontier(
            _number(rule["best"]), _number(rule["worst"]), _number(rule.get("exponent", 1)), rule.get("log", False)
        )
        if mark.best == mark.worst:
            raise file.problem((*here, "best"), "最好（best）与最差（worst）相等，量不出距离。")
        if mark.exponent <= 0:
            raise file.problem((*here, "exponent"), "指数（exponent）要大于 0。")
        if mark.log and min(mark.best, mark.worst) <= 0:
            raise file.problem(here, "取对数时，最好和最差都要大于 0。")
        return mark
    lower = rule["better"] == "lower"
    if kind == "rank":
        return ByRank(lower, tuple(_number(points) for points in rule.get("points", [])))
    found = Standard(
        None if rule["standard"] == "best-found" else _number(rule["standard"]),
        _number(rule["step"]),
        _number(rule["deduct"]),
        lower,
        Steps(rule.get("steps", "started")),
    )
    if found.step <= 0 or found.deduct <= 0:
        raise file.problem(here, "每档（step）和每档扣分（deduct）都要大于 0。")
    return found


def _gate(row: dict[str, Any]) -> Gate:
    conditions = tuple(
        Condition(
            of=one.get("score_of") or one.get("value_of", ""),
            looks_at_score="score_of" in one,
            words=frozenset(one.get("is", [])),
            at_least=_number(one["at_least"]) if "at_least" in one else None,
            at_most=_number(one["at_most"]) if "at_most" in one else None,
        )
        for one in row["when"]
    )
    return Gate(row["indicator"], _number(row["score"]), conditions, row["why"])


def _check_settings(file: File, edition: Edition) -> None:
    """Settings that fit the schema one by one and still contradict each other."""
    if edition.full <= 0:
        raise file.problem(("full_score",), "满分（full_score）要大于 0。")
    if edition.valid_to and edition.valid_to < edition.valid_from:
        raise file.problem(("effective", "to"), "有效期的终止日早于起始日。")
    places = {row["key"]: place for place, row in enumerate(file.data["indicators"])}
    for one in edition.indicators:
        if one.least is not None and one.most is not None and one.least > one.most:
            raise file.problem(("indicators", places[one.key], "least"), "最小值（least）比最大值（most）还大。")
        if isinstance(one.mark, ByRank) and not all(0 <= points <= edition.full for points in one.mark.points):
            raise file.problem(("indicators", places[one.key], "score"), f"名次得分要在 0 到满分 {edition.full} 之间。")


def _check_gates(file: File, edition: Edition) -> None:
    """A gate looks at what is known before its indicator is scored, and never at nothing."""
    order = {one.key: place for place, one in enumerate(edition.upwards)}
    values = {one.key for one in edition.series}
    for place, gate in enumerate(edition.gates):
        if gate.indicator not in order:
            raise file.unknown(("gates", place, "indicator"), "indicator", gate.indicator, set(order))
        if not 0 <= gate.score <= edition.full:
            raise file.problem(("gates", place, "score"), f"闸门的得分要在 0 到满分 {edition.full} 之间。")
        for nth, condition in enumerate(gate.conditions):
            key = ("gates", place, "when", nth)
            known = set(order) if condition.looks_at_score else values
            if condition.of not in known:
                raise file.unknown(key, "indicator" if condition.looks_at_score else "series", condition.of, known)
            if condition.looks_at_score and order[condition.of] >= order[gate.indicator]:
                raise file.problem(key, f"给“{gate.indicator}”计分时，“{condition.of}”的得分还没有算出来。")
            if not condition.words and condition.at_least is None and condition.at_most is None:
                raise file.problem(key, "这个条件什么都没有问。", "请写 is、at_least 或者 at_most。")


def _rounding(row: dict[str, Any] | None) -> Rounding:
    return Rounding(row["digits"], frozenset(row["at"]), row.get("halves", "up") == "up") if row else Rounding()


def _ranking(row: dict[str, Any]) -> Ranking:
    return Ranking(row.get("digits"), row.get("ties") == "dense", row.get("labels") == "equals")
