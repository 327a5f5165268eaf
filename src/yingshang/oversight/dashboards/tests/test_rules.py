"""What is counted and in which order, on made-up duties with real dates."""

from datetime import date, timedelta

import pytest

from yingshang.kernel.work import MonthLamp
from yingshang.oversight.dashboards.rules import CALLING_RULES, Slice, Tense, Watched, board_of, choose, finding
from yingshang.oversight.dashboards.rules.drawing import bars, line, months_in_words, strip

ON = date(2026, 3, 30)  # a Monday
MONTHS = (date(2026, 2, 1), date(2026, 3, 1))
NAMES = {"a": "县甲局", "b": "县乙局", "c": "县丙局"}
FIVE = {"units": 5, "red_at_least": 1, "quiet_days": 3}


def duty(pk, unit="a", lamp="red", due=date(2026, 3, 10), **more):
    parts = {
        "pk": pk, "title": f"第{pk}件", "unit": unit, "unit_kind": "gov", "section": "一、甲", "task_no": "1",
        "sentence": "一句", "address": "/x/", "source": "", "opened": date(2026, 1, 5), "due": due, "closed": None,
        "is_done": False, "was_late": lamp in ("red", "yellow"), "lamp": lamp, "lamp_before": lamp,
        "months": tuple(MonthLamp(month, lamp or "red") for month in MONTHS),
    }  # fmt: skip
    return Watched(**(parts | more))


@pytest.mark.parametrize(
    ("duties", "said"),
    [
        ([], "现在没有红灯。"),
        ([duty(1, lamp="green", due=date(2026, 4, 2))], "现在没有红灯。最近到期的是县甲局“第1件”，4月2日到期。"),
        (
            [duty(1, lamp_before="yellow"), duty(2, "b", due=date(2026, 3, 3))],
            "最近7天新增红灯1件；最久的已迟27天：县乙局“第2件”。",
        ),
        ([duty(1)], "最近7天没有新增红灯，现有红灯1件；最久的已迟20天：县甲局“第1件”。"),
    ],
)
def test_the_sentence_on_top_says_the_most_important_thing(duties, said):
    assert finding(duties, ON, NAMES) == said


@pytest.mark.parametrize(
    ("called", "numbers", "chosen"),
    [
        ({}, FIVE, ["b", "a"]),  # two red lamps before one; c has none
        ({"b": ON - timedelta(days=2)}, FIVE, ["a"]),  # called on Saturday: left alone
        ({"b": ON - timedelta(days=3)}, FIVE, ["b", "a"]),  # three quiet days are over
        ({}, FIVE | {"units": 1}, ["b"]),
        ({}, FIVE | {"red_at_least": 2}, ["b"]),
    ],
)
def test_the_units_to_call_are_picked_by_a_named_rule(called, numbers, chosen):
    duties = [duty(1), duty(2, "b"), duty(3, "b"), duty(4, "c", lamp="yellow")]
    found = choose("reds_then_days", numbers, board_of(duties, ON), ON, called)
    assert [choice.unit for choice in found] == chosen
    assert set(numbers) == CALLING_RULES["reds_then_days"][1]


def test_a_slice_of_a_past_month_counts_what_that_month_showed():
    done = duty(1, lamp="", closed=date(2026, 3, 20), is_done=True)
    late = duty(2, was_late=True)
    struck = duty(3, lamp="green", months=tuple(MonthLamp(month, "red", struck=True) for month in MONTHS))
    asked = {
        Slice(month="2026-02"): [1, 2, 3],
        Slice(month="2026-02", lamp="red"): [1, 2],
        Slice(month="2026-03", lamp="red"): [2],
        Slice(month="2026-03", lamp="red", tense=Tense.LIT): [1, 2],
        Slice(month="2026-03", tense=Tense.DONE): [1],
        Slice(month="2026-03", tense=Tense.ON_TIME): [],
        Slice(section=Slice.NOWHERE): [],
        Slice(month="2025-01"): [],
        Slice(month="9999-12"): [],
    }
    assert {chosen: [one.pk for one in chosen.of([done, late, struck])] for chosen in asked} == asked


def test_a_drawing_says_in_words_what_it_shows_and_lets_no_markup_in():
    months = [
        MonthLamp(date(2026, 1, 1), "green"),
        MonthLamp(date(2026, 2, 1), "red"),
        MonthLamp(MONTHS[1], "red", True),
    ]
    assert months_in_words(months) == "2026年1月绿灯，2026年2月红灯，2026年3月红灯（已更正）"
    for svg in (strip(months, '<b>"'), bars([("<b>", 3)], "每月"), line([("<b>", 0), ("2月", 3)], "每月")):
        assert svg.startswith("<svg")
        assert "<b>" not in svg
        assert "style=" not in svg
    assert strip(months, "县甲局").count("c-struck") == 1
