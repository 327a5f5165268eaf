"""What stops a visit, how many are drawn, what a result brings."""

from datetime import date
from fractions import Fraction

import pytest

from yingshang.conduct.inspections.rules import grading, results, stops
from yingshang.conduct.inspections.rules.grading import GradeBounds
from yingshang.conduct.inspections.rules.results import Code
from yingshang.conduct.inspections.rules.stops import Certificate

DAY = date(2026, 3, 2)
WANG = Certificate("黑A001", "王敏", "scjgj", date(2024, 1, 1), date(2027, 12, 31))
HAN = Certificate("黑A002", "韩雪梅", "scjgj", date(2024, 1, 1), date(2026, 3, 1))
BOUNDS = {
    "A": GradeBounds(Fraction(0), Fraction(5, 100), 1, on_cause_only=True),
    "B": GradeBounds(Fraction(5, 100), Fraction(20, 100), 1, on_cause_only=False),
    "C": GradeBounds(Fraction(21, 100), Fraction(60, 100), 2, on_cause_only=False),
    "D": GradeBounds(Fraction(61, 100), Fraction(1), None, on_cause_only=False),
}
CLEAN, UNPUBLISHED, GONE = (
    Code("b", "1", "未发现问题", "nothing", is_clean=True),
    Code("b", "B", "未按规定公示应当公示的信息", "rectify"),
    Code("b", "6", "通过登记的住所（经营场所）无法联系", "abnormal"),
)


@pytest.mark.parametrize(
    ("refused", "code", "source"),
    [
        (stops.items_published(["X9"], frozenset({"X1"})), "inspections.item_not_published", "国办发〔2024〕54号"),
        (stops.items_published([], frozenset({"X1"})), "inspections.item_not_published", "第4项"),
        (stops.room_under_cap(2, 2, "县市场监管局", 2026), "inspections.cap_reached", "国办发〔2024〕54号"),
        (stops.room_under_cap(0, None, "县市场监管局", 2026), "inspections.no_cap_published", "国办发〔2024〕54号"),
        (stops.crew_complete([WANG, WANG], 2, DAY), "inspections.crew_too_small", "第四十二条"),
        (stops.crew_complete([WANG, HAN], 2, DAY), "inspections.certificate_not_valid", "第四十二条"),
        (stops.nobody_tied(["黑A001"], frozenset({"黑A001"})), "inspections.inspector_must_withdraw", "第四十三条"),
        (stops.approved("case", "", False), "inspections.not_approved", "国办发〔2024〕54号"),
        (stops.approved("special", "refused", True), "inspections.not_approved", "国办发〔2024〕54号"),
        (stops.scanned(False), "inspections.scan_first", "国办发〔2024〕54号"),
    ],
)
def test_every_hard_stop_names_its_article(refused, code, source):
    assert refused.code == code
    assert source in refused.source


def test_a_certificate_does_not_hold_from_the_day_it_is_suspended():
    suspended = Certificate("黑A003", "孙立", "scjgj", date(2024, 1, 1), date(2027, 12, 31), suspended_on=DAY)
    assert suspended.holds_on(date(2026, 3, 1))
    assert not suspended.holds_on(DAY)


def test_an_emergency_goes_ahead_and_is_approved_afterwards():
    assert stops.approved("case", "asked", is_emergency=True) is None
    assert stops.approved("case", "asked", is_emergency=False) is not None


@pytest.mark.parametrize("text", ["0.05", "5%", "6/5", "1/0", "", "-1/2", "1/2 "])
def test_a_ratio_is_a_fraction_between_nothing_and_all(text):
    with pytest.raises(ValueError, match="ratio"):
        grading.ratio(text)


def test_the_ratios_of_a_line_stay_inside_the_class_table():
    fits = {"A": "1/100", "B": "5/100", "C": "30/100", "D": "1/1"}
    assert grading.out_of_bounds(fits, BOUNDS) == []
    wrong = grading.out_of_bounds({"A": "6/100", "B": "0.05", "D": "1/1"}, BOUNDS)
    assert [each[:2] for each in wrong] == ["A类", "B类", "C类"]


def test_nothing_found_stands_alone_and_not_beside_a_fault():
    assert results.codes_fit([CLEAN], faults=0) is None
    assert results.codes_fit([CLEAN, GONE], faults=0).code == "inspections.results_contradict"
    assert results.codes_fit([CLEAN], faults=1).code == "inspections.results_contradict"
    assert results.codes_fit([], faults=0).code == "inspections.no_result"


def test_each_kind_of_follow_up_is_owed_once():
    again = Code("b", "C", "公示信息隐瞒真实情况、弄虚作假", "abnormal")
    assert [each.follow for each in results.follows([UNPUBLISHED, GONE, again, CLEAN])] == ["rectify", "abnormal"]
