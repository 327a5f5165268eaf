"""Estimates against published answers and against pencil and paper."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.methods import survey
from yingshang.methods.survey import Cluster, Design, Stratum

# The eight rows of the R package survey's own tests for strata with finite population correction
# (tests/fpc.R; Lumley): stratum, value; 15 and 12 in the population.
EIGHT = [("1", 2.8), ("1", 4.1), ("1", 6.8), ("1", 6.8), ("1", 9.2), ("2", 3.7), ("2", 6.6), ("2", 4.2)]
ENDLESS = 10**9


def eight(scale: int = 1) -> tuple[Design, list[float]]:
    """Return the eight rows; a large scale is a population so large that no correction is left."""
    strata = (Stratum("1", 15 * scale), Stratum("2", 12 * scale))
    return Design(strata, tuple(stratum for stratum, _ in EIGHT)), [value for _, value in EIGHT]


def test_the_published_stratified_mean_with_and_without_correction() -> None:
    with_correction = survey.mean(*eight())
    assert (round(with_correction.value, 4), round(with_correction.error, 4)) == (5.4481, 0.6160)
    without = survey.mean(*eight(ENDLESS))
    assert (round(without.value, 4), round(without.error, 4)) == (5.4481, 0.7413)


@pytest.mark.parametrize(("above", "value", "error"), [(True, 6.195, 0.7555129), (False, 3.314286, 0.3117042)])
def test_the_published_estimate_of_a_part_keeps_the_whole_design(above: bool, value: float, error: float) -> None:
    design, values = eight(ENDLESS)
    found = survey.mean(design, values, within=[(one > 4) is above for one in values])
    assert (round(found.value, 6), round(found.error, 7)) == (value, error)


def test_the_published_total_of_a_part_keeps_the_whole_design_too() -> None:
    # svytotal of x > 4 on the eight rows, weights 3 and 4, no correction (Lumley, Estimates in subpopulations).
    design, values = eight(ENDLESS)
    found = survey.total(design, [one if one > 4 else 0.0 for one in values])
    assert (round(found.value / ENDLESS, 1), round(found.error / ENDLESS, 3)) == (123.9, 33.004)


def test_the_interval_is_students_with_drawn_less_strata_degrees() -> None:
    found = survey.mean(*eight())
    assert found.degrees == 6
    # The 97.5 % point of Student's t with 6 degrees of freedom is 2.446912.
    assert found.high - found.value == pytest.approx(2.446912 * found.error, rel=1e-6)


def test_a_total_is_the_mean_times_the_population() -> None:
    mean, total = survey.mean(*eight()), survey.total(*eight())
    assert total.value == pytest.approx(27 * mean.value) and total.error == pytest.approx(27 * mean.error)


def test_a_stratum_with_one_answer_is_refused_and_can_be_merged() -> None:
    strata = (Stratum("大", 10), Stratum("小", 8), Stratum("微", 5))
    alone = Design(strata, ("大", "大", "小", "小", "微"))
    with pytest.raises(survey.NotEnough) as lacking:
        survey.mean(alone, [1, 2, 3, 4, 5])
    assert lacking.value.strata == ("微",)
    merged = Design(strata, alone.asked, merged={"微": "小"})
    found = survey.mean(merged, [1, 2, 3, 4, 5])
    assert found.value == pytest.approx((10 * 1.5 + 8 * 3.5 + 5 * 5) / 23) and found.degrees == 3 and found.error > 0


def test_a_stratum_without_answers_is_refused_and_can_be_merged() -> None:
    strata = (Stratum("大", 10), Stratum("小", 8), Stratum("微", 6))
    asked = ("大", "大", "小", "小")
    with pytest.raises(survey.NotEnough) as lacking:
        survey.mean(Design(strata, asked), [1, 2, 3, 4])
    assert lacking.value.strata == ("微",)
    # The two answers of 小 now stand for 14: the mean is (10·1.5 + 14·3.5) / 24, the total of ones 24.
    for into in ({"微": "小"}, {"小": "微"}):
        merged = Design(strata, asked, merged=into)
        assert survey.mean(merged, [1, 2, 3, 4]).value == pytest.approx((10 * 1.5 + 14 * 3.5) / 24)
        assert survey.total(merged, [1, 1, 1, 1]).value == pytest.approx(24) and merged.degrees == 2


def test_all_asked_leaves_nothing_uncertain() -> None:
    design = Design((Stratum("全", 3),), ("全",) * 3)
    found = survey.mean(design, [1, 2, 6])
    assert (found.value, found.error) == (3, 0)
    for said in ([True, True, False], [True] * 3):
        found = survey.share(design, said)
        assert found.low == found.value == found.high


def test_whole_clusters_vary_between_each_other_only() -> None:
    # Two of four markets, all firms of each asked: sums 3 and 9 of 2 and 3 firms. By hand: weights 2, mean 12/5;
    # residual sums 3 - 2·2.4 = -1.8 and +1.8, each times 2/10; variance (1 - 1/2) · 2/1 · 2 · 0.36².
    design = Design(
        (Stratum("集市", 4),), ("甲", "甲", "乙", "乙", "乙"), (Cluster("甲", "集市", 2), Cluster("乙", "集市", 3))
    )
    found = survey.mean(design, [1, 2, 3, 3, 3])
    assert found.value == pytest.approx(2.4) and found.error == pytest.approx(sqrt(0.5 * 2 * 2 * 0.36**2))


def test_a_second_stage_adds_what_varies_inside_the_clusters() -> None:
    # The same, but two of 6 and two of 4 firms asked. By hand: weights 2·3 and 2·2, total 20; mean
    # (6·3 + 4·7) / 20 = 2.3. Residuals (-1.3, -0.3)·6/20 and (0.7, 1.7)·4/20: sums -0.48 and 0.48; first stage
    # (1 - 1/2)·2·2·0.48²; second 1/2·[(1 - 1/3)·2·2·0.15² + (1 - 1/2)·2·2·0.1²].
    clusters = (Cluster("甲", "集市", 6), Cluster("乙", "集市", 4))
    design = Design((Stratum("集市", 4),), ("甲", "甲", "乙", "乙"), clusters)
    found = survey.mean(design, [1, 2, 3, 4])
    inside = 0.5 * ((2 / 3) * 2 * 2 * 0.15**2 + 0.5 * 2 * 2 * 0.1**2)
    assert found.value == pytest.approx(2.3) and found.error == pytest.approx(sqrt(0.5 * 2 * 2 * 0.48**2 + inside))


def test_a_cluster_with_one_answer_shares_what_varies_inside_another() -> None:
    # Two of 6 firms and one of 4. By hand: weights 6, 6 and 8, mean 2.1, residuals -0.33, -0.03 and 0.36; first
    # stage (1 - 1/2)·2·2·0.36²; inside the two together 1/2·(1 - 3/10)·3/2·(0.33² + 0.03² + 0.36²).
    clusters = (Cluster("甲", "集市", 6), Cluster("乙", "集市", 4))
    given = (Stratum("集市", 4),), ("甲", "甲", "乙"), clusters
    with pytest.raises(survey.NotEnough) as refused:
        survey.mean(Design(*given), [1, 2, 3])
    assert refused.value.strata == ("乙",)
    found = survey.mean(Design(*given, merged={"乙": "甲"}), [1, 2, 3])
    inside = 0.5 * 0.7 * 1.5 * (0.33**2 + 0.03**2 + 0.36**2)
    assert found.value == pytest.approx(2.1) and found.error == pytest.approx(sqrt(0.5 * 2 * 2 * 0.36**2 + inside))
    with pytest.raises(ValueError, match="不在同一层"):
        Design(*given, merged={"乙": "集市"})


def clusters_of(groups: list[tuple[int, list[float]]], there: int) -> tuple[Design, list[float]]:
    """Return a design of one stratum with ``there`` clusters, some drawn: (enterprises, answers) each."""
    clusters = tuple(Cluster(f"群{number}", "全", population) for number, (population, _) in enumerate(groups))
    asked = tuple(f"群{number}" for number, (_, answers) in enumerate(groups) for _ in answers)
    return Design((Stratum("全", there),), asked, clusters), [one for _, answers in groups for one in answers]


def test_the_published_two_stage_estimates_with_both_corrections() -> None:
    # What R's survey package printed for three clusters of 23 with 4, 3 and 2 answers (r-help, 7 July 2006).
    design, values = clusters_of([(100, [23, 33, 77, 25]), (50, [35, 74, 27]), (75, [37, 72])], 23)
    mean, total = survey.mean(design, values), survey.total(design, values)
    assert (round(mean.value, 3), round(mean.error, 4)) == (45.796, 5.5483)
    assert (round(total.value), round(total.error)) == (78999, 13643)
    # The municipalities of Särndal, Swensson and Wretman (1992), as in the documentation of the same package (mu284).
    sizes = [(5, [41, 49, 49]), (8, [49, 49, 45]), (5, [31, 31, 35]), (9, [39, 41, 61]), (7, [49, 51, 33])]
    total = survey.total(*clusters_of([(population, list(map(float, some))) for population, some in sizes], 50))
    assert (round(total.value), round(total.error, 1), round(total.error**2)) == (15080, 2274.3, 5172234)


def test_everybody_content_is_not_a_hundred_percent() -> None:
    # Ezhou 2021: about 14 answers a unit; Wilson's lower bound for 14 of 14 is 78.5 % (normal quantile 1.959964).
    low, high = survey.wilson(1.0, 14, 1.959964)
    assert (round(low, 3), high) == (0.785, pytest.approx(1))
    # With t and the correction for 14 of 300 it is a little different.
    found = survey.share(Design((Stratum("全", 300),), ("全",) * 14), [True] * 14)
    assert found.value == 1 and 0.7 < found.low < 0.8 and not found.is_publishable(15)


def test_an_open_answer_stays_in_the_design() -> None:
    design, values = eight()
    found = survey.mean(design, [*values[:-1], None])
    assert found.answers == 7 and found.degrees == 6
    with pytest.raises(ValueError, match="没有人回答"):
        survey.mean(design, [None] * 8)


@pytest.mark.parametrize(
    ("strata", "asked", "said"),
    [(("甲", 3), ("甲",) * 4, "比总数 3 还多"), (("甲", 3), ("乙",), "抽样框里没有：乙")],
)
def test_an_impossible_design_is_refused(strata: tuple[str, int], asked: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Design((Stratum(*strata),), asked)


def test_strata_and_clusters_that_are_unknown_or_there_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="写了两次：甲"):
        Design((Stratum("甲", 3), Stratum("甲", 4)), ())
    with pytest.raises(ValueError, match="没有这些层：乙"):
        Design((Stratum("甲", 3),), (), (Cluster("一", "乙", 2),))


@pytest.mark.parametrize(("there", "needed"), [(500, 218), (2_000, 323), (5_000, 357), (20_000, 377), (100, 80)])
def test_how_many_to_ask_for_five_points_either_way(there: int, needed: int) -> None:
    assert survey.sample_size(there, margin=0.05) == needed
    assert survey.sample_size(0, margin=0.05) == 0


def test_the_sample_is_spread_in_proportion_and_nobody_is_left_out() -> None:
    assert survey.allocate({"大": 10, "中": 190, "小": 800}, 100) == {"大": 2, "中": 19, "小": 80}
    assert survey.allocate({"大": 1, "小": 2}, 50) == {"大": 1, "小": 2}


@settings(max_examples=30)
@given(values=st.lists(st.integers(1, 5), min_size=4, max_size=20), more=st.integers(0, 50))
def test_an_estimate_never_leaves_the_range_of_the_answers(values: list[int], more: int) -> None:
    half = len(values) // 2
    design = Design(
        (Stratum("甲", half + more), Stratum("乙", len(values) - half)), ("甲",) * half + ("乙",) * (len(values) - half)
    )
    found = survey.mean(design, [float(value) for value in values])
    assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9
    assert found.error >= 0 and (more or found.error == 0)
