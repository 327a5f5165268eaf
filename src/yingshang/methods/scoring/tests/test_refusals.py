"""Editions and values that cannot be scored are refused with the line, or with row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from yingshang.methods import county_files, scoring
from yingshang.methods.scoring.tests.examples import HEAD, TREE, edition, scored


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> scoring.Edition:
    return edition(tmp_path_factory.mktemp("edition"), "missing: refuse\n" + TREE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("best: 10, worst: 0", "best: 0, worst: 0"), "最好（best）与最差（worst）相等"),
        (("weight: 1/4", "weight: 1/3"), "“total”下面的权重合计为 1.08333，应为 1"),
        (("weight: 1/4,", ""), "“second”没有写权重，“total”下面的其他项写了。"),
        (("under: total, title: 甲,", "under: a, title: 甲,"), "指标树绕成了圈：first → a → first。"),
        (
            ("under: total, title: 乙", "under: totl, title: 乙"),
            "没有“totl”。可以写：a、b、first、second、total。是不是“total”？",
        ),
        (("key: b", "key: a"), "“a”写了两次。"),
        (("under: total, title: 乙", "title: 乙"), "“second”是“total”之外的第二个总分。"),
        (("best: 10", "best: .nan"), "“None”不合这里的格式"),
        (("worst: 0", "worst: 0, exponent: 0"), "指数（exponent）要大于 0"),
        (("worst: 0", "worst: 0, log: true"), "取对数时，最好和最差都要大于 0"),
        (("weight: 1/4", "weight: -1/4"), "“-1/4”不合这里的格式"),
        (("title: 甲一", "title: 甲一, least: 9, most: 1"), "最小值（least）比最大值（most）还大"),
        (("frontier: {best: 10, worst: 0}", "rank: {better: lower, points: [101]}"), "名次得分要在 0 到满分 100 之间"),
        (("indicators:", "full_score: 0\nindicators:"), "满分（full_score）要大于 0"),
        (("indicators:", "weights_sum: 0\nindicators:"), "权重的合计（weights_sum）要大于 0"),
        (("indicators:", "rounding: {digits: 2, at: [all]}\nindicators:"), "这里不能写“all”。可以写：indicators"),
        (
            (
                "indicators:",
                "gates: [{indicator: first, score: 101, why: 试, when: [{value_of: a, is: [无]}]}]\nindicators:",
            ),
            "闸门的得分要在 0 到满分 100 之间",
        ),
        (
            ("indicators:", "gates: [{indicator: first, score: 0, why: 试, when: [{value_of: a}]}]\nindicators:"),
            "什么都没有问",
        ),
        (
            (
                "indicators:",
                "gates: [{indicator: a, score: 0, why: 试, when: [{score_of: first, at_most: 0}]}]\nindicators:",
            ),
            "还没有算出来",
        ),
    ],
)
def test_an_edition_that_cannot_score_is_refused_with_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(county_files.DataProblem) as problem:
        edition(tmp_path, "missing: refuse\n" + TREE.replace(*change, 1))
    assert said in problem.value.in_chinese and "edition.yaml 第 " in problem.value.in_chinese


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (("edition/1", "edition/2"), "第 1 行“schema”：应写“edition/1”，现在是“edition/2”。"),
        (("to: null", "to: 2025-12-31"), "有效期的终止日早于起始日"),
        (("title: 小例子\n", ""), "缺少“title”这个键"),
    ],
)
def test_an_edition_of_another_time_or_shape_is_refused(tmp_path: Path, head: tuple[str, str], said: str) -> None:
    file = tmp_path / "edition.yaml"
    file.write_text(HEAD.replace(*head) + "missing: refuse\n" + TREE, encoding="utf-8")
    with pytest.raises(county_files.DataProblem) as problem:
        scoring.read(file)
    assert said in problem.value.in_chinese


def test_a_tree_may_be_deep_but_not_endless(tmp_path: Path) -> None:
    def chain(tiers: int) -> str:
        lines = ["missing: refuse", "indicators:", "  - {key: n0, title: 层}"]
        lines += [f"  - {{key: n{tier}, under: n{tier - 1}, title: 层}}" for tier in range(1, tiers)]
        return "\n".join(
            [*lines, f"  - {{key: x, under: n{tiers - 1}, title: 项, score: {{frontier: {{best: 1, worst: 0}}}}}}"]
        )

    found = scored(edition(tmp_path, chain(150)), "木兰,x,1")
    assert found.of("木兰") == 100 and len(list(scoring.explain(found, "木兰").lines())) == 151
    with pytest.raises(county_files.DataProblem, match="指标树深于 200 层"):
        edition(tmp_path, chain(400))


@pytest.mark.parametrize(
    ("line", "row", "column"),
    [
        ("木兰,a,十", 3, "value"),
        ("木兰,a,1 024", 3, "value"),
        ("木兰,a,nan", 3, "value"),
        ("木兰,c,1", 3, "series"),
        (",a,1", 3, "place"),
        ("木兰,b,9", 3, "series"),
        ("木兰,a,1,2", 3, "place"),
        ("木兰,a,1e999", 3, "value"),
        ("木兰,a,1e-31", 3, "value"),
        ("木兰,a,0." + "3" * 31, 3, "value"),
        ("木兰,a," + "1" * 200_000, 3, ""),
        ("\n木兰,a,十", 4, "value"),
        ('"木兰\n县",a,十', 3, "value"),
        ("木\u2028兰,a,十", 3, "value"),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(tmp_path: Path, line: str, row: int, column: str) -> None:
    of = edition(tmp_path, "missing: average\n" + TREE)
    with pytest.raises(scoring.WrongValues) as wrong:
        scored(of, "木兰,b,1", line)
    fault = wrong.value.faults[0]
    assert (fault.row, fault.column) == (row, column)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"place,series,value\n", "表里只有列名，没有值"),
        (b"", "第 1 行“place”列：缺少这一列"),
        ("place;series;value\n木兰;a;1".encode(), "没有这一列"),
        (
            b"place,series,value,valu\n",
            "可以写：part、part_weight、place、series、unit、value。是不是“value”？",
        ),
        ("place,series,value\n木兰,a,1".encode("gbk"), "请另存为“CSV UTF-8”"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xfe\xff", "请另存为“CSV UTF-8”"),
    ],
)
def test_what_is_no_table_of_values_is_refused_in_chinese(small: scoring.Edition, content: bytes, said: str) -> None:
    with pytest.raises(scoring.WrongValues, match=said):
        scoring.read_values(content, small)


def test_no_more_than_two_hundred_faults_are_told(small: scoring.Edition) -> None:
    with pytest.raises(scoring.WrongValues) as wrong:
        scored(small, *["木兰,c,1"] * 1_000)
    assert len(wrong.value.faults) == 200


def test_a_value_in_another_unit_or_out_of_reason_is_refused(tmp_path: Path) -> None:
    tree = TREE.replace("title: 甲一,", "title: 甲一, unit: 天, least: 0, most: 366,")
    of = edition(tmp_path, "missing: average\n" + tree)
    table = "place,series,value,unit\n木兰,a,48,小时\n巴彦,a,8760,天\n通河,a,3,天\n"
    with pytest.raises(scoring.WrongValues) as wrong:
        scoring.read_values(table.encode(), of)
    assert [(fault.row, fault.column) for fault in wrong.value.faults] == [(2, "unit"), (3, "value")]


def test_parts_whose_shares_do_not_fill_the_place_are_refused(tmp_path: Path) -> None:
    of = edition(tmp_path, "missing: average\n" + TREE)
    table = "place,series,value,part,part_weight\n木兰,a,4,木兰镇,0.5\n木兰,a,5,东兴镇,0.4\n"
    with pytest.raises(scoring.WrongValues, match=r"份额合计为 0\.9"):
        scoring.read_values(table.encode(), of)
