"""The rules of scoring, each on a table small enough for paper and pencil."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.methods import scoring
from yingshang.methods.scoring.tests.examples import TREE, edition, scored


def only(folder: Path, rule: str) -> scoring.Edition:
    tree = f"indicators:\n  - {{key: total, title: 总分}}\n  - {{key: x, under: total, title: 项, score: {rule}}}\n"
    return edition(folder, "missing: refuse\n" + tree)


@pytest.mark.parametrize(
    ("rule", "value", "score"),
    [
        # 《中国营商环境报告》沿用的前沿距离法：开办企业 4 个环节、3 天、成本 1.1 % 的得分（World Bank, 2015–2020）
        ("{frontier: {best: 1, worst: 18}}", "4", "82.35"),
        ("{frontier: {best: 0.5, worst: 100}}", "3", "97.49"),
        ("{frontier: {best: 0, worst: 200}}", "1.1", "99.45"),
        # 获得电力：比最好还好的 2 个环节截在满分；32 天
        ("{frontier: {best: 3, worst: 9}}", "2", "100.00"),
        ("{frontier: {best: 18, worst: 248}}", "32", "93.91"),
        # 建筑质量 12（满 15，越大越好）；比最差还差截在 0
        ("{frontier: {best: 15, worst: 0}}", "12", "80.00"),
        ("{frontier: {best: 15, worst: 0}}", "-3", "0.00"),
        # 总税率弯曲 0.8 次方（Doing Business）：(84 - 59.2) / 57.9 = 0.42832; ^0.8 = 0.50749
        ("{frontier: {best: 26.1, worst: 84, exponent: 0.8}}", "59.2", "50.75"),
        # 取对数：比两端都低的（没有、负数）算在较低的一端，不论它是最好还是最差
        ("{frontier: {best: 75000, worst: 100, log: true}}", "0", "0.00"),
        ("{frontier: {best: 1, worst: 1000, log: true}}", "0", "100.00"),
        ("{frontier: {best: 1, worst: 1000, log: true}}", "10", "66.67"),
        # 标准值法：标准 3 天，每超 1 天扣 5 分，不足一天按一天、不足一天不扣、按比例
        ("{standard: {standard: 3, step: 1, deduct: 5, better: lower}}", "3", "100.00"),
        ("{standard: {standard: 3, step: 1, deduct: 5, better: lower}}", "4.2", "90.00"),
        ("{standard: {standard: 3, step: 1, deduct: 5, better: lower, steps: whole}}", "4.2", "95.00"),
        ("{standard: {standard: 3, step: 1, deduct: 5, better: lower, steps: exact}}", "4.2", "94.00"),
        ("{standard: {standard: 90, step: 10, deduct: 20, better: higher}}", "71", "60.00"),
        ("{standard: {standard: 3, step: 1, deduct: 5, better: lower}}", "99", "0.00"),
    ],
)
def test_one_value_gets_the_score_of_its_rule(tmp_path: Path, rule: str, value: str, score: str) -> None:
    of = only(tmp_path, rule)
    found = scored(of, f"木兰,x,{value}")
    assert scoring.shown(found.of("木兰"), of) == score


def test_the_best_found_is_the_standard_where_the_edition_says_so(tmp_path: Path) -> None:
    of = only(tmp_path, "{standard: {standard: best-found, step: 1, deduct: 4, better: lower}}")
    found = scored(of, "木兰,x,5", "巴彦,x,3", "通河,x,4")
    assert [found.of(place) for place in ("木兰", "巴彦", "通河")] == [92, 100, 96]


def test_scores_by_rank_share_the_better_rank_in_a_tie(tmp_path: Path) -> None:
    of = only(tmp_path, "{rank: {better: lower}}")
    found = scored(of, "甲县,x,3", "乙县,x,1", "丙县,x,3", "丁县,x,9", "戊县,x,5")
    assert [found.of(place) for place in ("乙县", "甲县", "丙县", "戊县", "丁县")] == [100, 75, 75, 25, 0]
    of = only(tmp_path, "{rank: {better: lower, points: [10, 8, 6]}}")
    found = scored(of, "甲县,x,3", "乙县,x,1", "丙县,x,3", "丁县,x,9")
    assert [found.of(place) for place in ("乙县", "甲县", "丙县", "丁县")] == [10, 8, 8, 6]


@pytest.mark.parametrize(
    ("policy", "a", "b", "second", "total"),
    [
        # 甲一 10 分满，甲二缺；乙 5
        ("average", "10", "", "5", "87.50"),  # 100 × 3/4 + 50 × 1/4
        ("zero", "10", "", "5", "50.00"),  # (100 + 0) / 2 × 3/4 + 50 × 1/4
        ("average", "10", "不适用", "5", "87.50"),
        ("zero", "10", "不适用", "5", "87.50"),
        ("average", "10", "没有", "5", "50.00"),
        ("average", "不适用", "不适用", "5", "50.00"),  # 甲整个退出，乙成为全部
    ],
)
def test_three_kinds_of_gap_count_differently(
    tmp_path: Path, policy: str, a: str, b: str, second: str, total: str
) -> None:
    words = "words: {不适用: not_applicable, 没有: no_practice}\n"
    of = edition(tmp_path, f"missing: {policy}\n{words}{TREE}")
    found = scored(of, f"木兰,a,{a}", f"木兰,b,{b}", f"木兰,second,{second}")
    assert scoring.shown(found.of("木兰"), of) == total


def test_an_edition_that_refuses_gaps_names_every_one(tmp_path: Path) -> None:
    of = edition(tmp_path, "missing: refuse\n" + TREE)
    with pytest.raises(scoring.WrongValues) as wrong:
        scored(of, "木兰,a,1", "木兰,b,", "巴彦,a,1", "巴彦,b,2", "巴彦,second,3")
    assert [fault.found for fault in wrong.value.faults] == [
        "“木兰”没有“b”（甲二）的值。",
        "“木兰”没有“second”（乙）的值。",
    ]


def test_a_word_can_mean_one_thing_for_one_series_and_another_elsewhere(tmp_path: Path) -> None:
    # Doing Business: "No VAT" drops out, "No VAT refund" scores nothing, though both look like an empty cell.
    tree = TREE.replace("title: 甲二,", "title: 甲二, words: {无: no_practice},")
    of = edition(tmp_path, "missing: refuse\nwords: {无: not_applicable}\n" + tree)
    found = scored(of, "木兰,a,无", "木兰,b,无", "木兰,second,10")
    assert (found.of("木兰", "a"), found.of("木兰", "b"), found.of("木兰", "first")) == ("not_applicable", 0, 0)


def test_a_gate_shuts_whatever_the_parts_say(tmp_path: Path) -> None:
    # Doing Business, electricity: reliability is 0 when outages are unmeasured and the gate condition holds.
    gates = """inputs:
  - {key: outages, title: 停电情况}
gates:
  - indicator: first
    score: 0
    why: 停电时间没有统计，可靠性记 0 分。
    when: [{value_of: outages, is: [未统计]}, {score_of: a, at_most: 0}]
"""
    of = edition(tmp_path, "missing: refuse\nwords: {未统计: missing, 有统计: 1}\n" + TREE + gates)
    rows = [f"{place},{key},{value}" for place, a, outages in PLACES for key, value in row_of(a, outages)]
    found = scored(of, *rows)
    assert [found.of(place, "first") for place, *_ in PLACES] == [0, 50, 100]
    assert "停电时间没有统计" in "\n".join(scoring.explain(found, "木兰").lines())


def test_an_input_that_is_left_out_does_not_open_its_gate(tmp_path: Path) -> None:
    inputs = "inputs:\n  - {key: outages, title: 停电情况}\n"
    of = edition(tmp_path, "missing: refuse\nwords: {未统计: missing}\n" + TREE + inputs)
    with pytest.raises(scoring.WrongValues, match="“木兰”没有“outages”（停电情况）的值"):
        scored(of, "木兰,a,1", "木兰,b,1", "木兰,second,1")
    assert scored(of, "木兰,a,1", "木兰,b,1", "木兰,second,1", "木兰,outages,未统计").of("木兰")


PLACES = [("木兰", "0", "未统计"), ("巴彦", "0", "有统计"), ("通河", "10", "未统计")]


def row_of(a: str, outages: str) -> list[tuple[str, str]]:
    return [("a", a), ("b", "0"), ("second", "10"), ("outages", outages)]


def test_each_tier_is_rounded_where_the_edition_says(tmp_path: Path) -> None:
    # Halves: 2.5 rounds up to 3 by 四舍五入, to 2 by half-even.
    whole = "best: 100, worst: 0"
    tree = TREE.replace("best: 10, worst: 0", whole).replace("best: 0, worst: 10", whole)
    for halves, total in (("up", "3"), ("even", "2")):
        rounding = f"rounding: {{digits: 0, at: [series, indicators, total], halves: {halves}}}\n"
        of = edition(tmp_path, "missing: refuse\nshown_digits: 0\n" + rounding + tree)
        assert str(scored(of, "木兰,a,2", "木兰,b,3", "木兰,second,2.5").of("木兰")) == total


@pytest.mark.parametrize(
    ("ranking", "labels"),
    [
        ("{digits: null}", ["1", "2", "3", "4"]),
        ("{digits: 1}", ["1", "2", "2", "4"]),
        ("{digits: 1, ties: dense}", ["1", "2", "2", "3"]),
        ("{digits: 1, labels: equals}", ["1", "=2", "=2", "4"]),
    ],
)
def test_ranks_follow_the_precision_and_ties_of_the_edition(tmp_path: Path, ranking: str, labels: list[str]) -> None:
    tree = "indicators:\n  - {key: t, title: 总分}\n  - {key: x, under: t, title: 项, "
    rule = "score: {frontier: {best: 100, worst: 0}}}\n"
    of = edition(tmp_path, f"missing: refuse\nranking: {ranking}\n{tree}{rule}")
    standing = scoring.standings(scored(of, "甲县,x,90", "乙县,x,80.04", "丙县,x,80.01", "丁县,x,70"))
    assert [standing[place].label for place in ("甲县", "乙县", "丙县", "丁县")] == labels


def test_an_indicator_that_is_switched_off_neither_counts_nor_is_asked_for(tmp_path: Path) -> None:
    tree = TREE.replace("title: 乙, weight: 1/4,", "title: 乙, off: true,").replace(", weight: 3/4", "")
    found = scored(edition(tmp_path, "missing: refuse\n" + tree), "木兰,a,10", "木兰,b,10")
    assert found.of("木兰") == 50 and "second" not in found.by


def test_an_explanation_goes_down_to_what_was_written(tmp_path: Path) -> None:
    of = edition(tmp_path, "missing: average\nwords: {不适用: not_applicable}\n" + TREE)
    found = scored(of, "木兰,a,4", "木兰,b,不适用", "木兰,second,10")
    said = list(scoring.explain(found, "木兰").lines())
    assert said[0] == "总分：55.00 分，下面 2 项的平均（权重 甲 3/4、乙 1/4）"
    assert said[1] == "  甲：40.00 分，下面 1 项的平均（权重相同）；未计入：甲二"
    assert said[2].endswith("值为 4") and "“不适用”，不适用，不计入平均" in said[3]


def test_leaving_one_out_and_dropping_the_weights_shows_who_would_move(tmp_path: Path) -> None:
    of = edition(tmp_path, "missing: average\n" + TREE)
    places = [("甲县", 10, 0, 0), ("乙县", 2, 8, 10), ("丙县", 5, 5, 5)]
    rows = [f"{name},{key},{value}" for name, *three in places for key, value in zip("ab", three[:2], strict=True)]
    found = scored(of, *rows, *(f"{name},second,{three[2]}" for name, *three in places))
    shifts = {one.name: one for one in scoring.sensitivity(found)}
    assert set(shifts) >= {"不加权", "不计“乙”", "不计“甲：甲一”", "“甲”的权重提高 25%"}
    # 甲县 75, 丙县 50, 乙县 40; on 乙 alone it is 乙县 100, 丙县 50, 甲县 0.
    assert (shifts["不计“甲”"].changed_ranks, shifts["不计“甲”"].farthest, shifts["不计“甲”"].kendall) == (2, 2, -1)
    assert shifts["“甲”的权重提高 25%"].changed_ranks == 0 and shifts["“甲”的权重提高 25%"].kendall == 1


def test_the_file_of_scores_is_plain_json_whatever_the_places_are_called(small: scoring.Edition) -> None:
    odd = "木\u2028兰\x85[]"
    rows = [{"place": odd, "series": key, "value": "1"} for key in ("a", "b", "second")]
    content = scoring.as_json(scoring.score(small, scoring.take(rows, small)), edition_digest="0").decode()
    read = json.loads(content)
    assert content == json.dumps(read, ensure_ascii=False, indent=1) + "\n" and read["places"][0]["place"] == odd
    nothing = scoring.as_json(scoring.score(small, scoring.take([], small)), edition_digest="0")
    assert json.loads(nothing)["places"] == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> scoring.Edition:
    return edition(tmp_path_factory.mktemp("edition"), "missing: refuse\n" + TREE)


@settings(max_examples=30)
@given(values=st.lists(st.tuples(*[st.integers(-20, 20)] * 3), min_size=1, max_size=6))
def test_scores_stay_on_the_scale_and_the_same_input_gives_the_same_bytes(
    small: scoring.Edition, values: list[tuple[int, int, int]]
) -> None:
    rows = [
        {"place": f"县{number}", "series": key, "value": str(value)}
        for number, three in enumerate(values)
        for key, value in zip(("a", "b", "second"), three, strict=True)
    ]
    found = scoring.score(small, scoring.take(rows, small))
    backwards = scoring.score(small, scoring.take(list(reversed(rows)), small))
    totals = {place: found.of(place) for place in found.values.places}
    assert all(isinstance(total, Decimal) and 0 <= total <= 100 for total in totals.values())
    assert totals == {place: backwards.of(place) for place in totals}
    again = scoring.score(small, scoring.take(rows, small))
    assert scoring.as_json(found, edition_digest="0") == scoring.as_json(again, edition_digest="0")
