"""When a plan can be filed: rules by table, on real dates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.oversight.plan_tasks.rules import (
    Goal,
    GoalKind,
    Light,
    Span,
    StagePlan,
    check_list,
    cycle_in,
    goal_faults,
    goal_reached,
    overlaps_in,
    plan_faults,
    roadmap_svg,
)

YES = Goal(GoalKind.YES_NO, "清单经局务会通过", "会议纪要")
NUMBER = Goal(GoalKind.NUMBER, "压减时间", "办件系统", Decimal(20), Decimal(8), "工作日")


def stage(place, start, finish, follows=(), goal=YES, title="", answers="法制股"):
    return StagePlan(place, title or f"阶段{place}", goal, start, finish, answers, frozenset(follows))


APRIL = stage(1, date(2026, 4, 1), date(2026, 4, 30))
MAY = stage(2, date(2026, 5, 1), date(2026, 5, 31), {1})


@pytest.mark.parametrize(
    ("goal", "fields"),
    [
        (YES, []),
        (NUMBER, []),
        (replace(YES, words=" "), ["words"]),
        (replace(YES, source=""), ["source"]),
        (replace(NUMBER, target=None), ["target"]),
        (replace(NUMBER, baseline=None, unit=""), ["baseline", "unit"]),
        (replace(NUMBER, target=Decimal(20)), ["target"]),  # nothing would change
        (replace(NUMBER, source="", measure="plan_tasks.filed_rate"), []),  # the platform is the source
        (Goal(GoalKind.DATE, "挂牌", "照片"), ["target_date"]),
        (Goal(GoalKind.LIST, "公布", "网站"), ["items"]),
        (Goal(GoalKind.LIST, "公布", "网站", items=("清单",)), []),
    ],
)
def test_a_goal_that_cannot_be_checked_names_what_is_missing(goal, fields):
    assert [fault.field for fault in goal_faults(1, goal)] == fields


@pytest.mark.parametrize(
    ("stages", "last", "codes"),
    [
        ([APRIL, MAY], None, []),
        ([APRIL, MAY], date(2026, 5, 31), []),  # the last day of the task is still within it
        ([APRIL, MAY], date(2026, 5, 30), ["stage_after_task_end"]),
        ([], None, ["no_stage"]),
        ([stage(1, date(2026, 4, 2), date(2026, 4, 1))], None, ["stage_ends_before_it_starts"]),
        ([stage(1, date(2026, 4, 1), date(2026, 4, 1))], None, []),  # one day is enough
        ([replace(APRIL, answers=" ")], None, ["nobody_answers"]),
        ([replace(APRIL, follows=frozenset({2})), MAY], None, ["stages_in_a_cycle", "stage_before_its_dependency"]),
        ([replace(APRIL, follows=frozenset({1}))], None, ["stages_in_a_cycle"]),
        ([MAY, replace(APRIL, place=1, finish_on=date(2026, 6, 1))], None, ["stage_before_its_dependency"]),
    ],
)
def test_what_keeps_a_plan_from_being_filed(stages, last, codes):
    faults = plan_faults(stages, Span(last, "任务的完成时限"))
    assert [fault.code.removeprefix("plan_tasks.") for fault in faults] == codes


def test_a_cycle_names_its_stages_in_their_order():
    day = date(2026, 4, 1)
    circle = [stage(1, day, day, {3}), stage(2, day, day, {1}), stage(3, day, day, {2}), stage(4, day, day, {3})]
    fault = next(each for each in plan_faults(circle, Span()) if each.code == "plan_tasks.stages_in_a_cycle")
    assert set(cycle_in(circle)) == {1, 2, 3}
    assert "第4阶段" not in fault.words
    steps = cycle_in(circle)
    follows = {each.place: each.follows for each in circle}
    assert all(before in follows[later] for before, later in zip(steps, (*steps[1:], steps[0]), strict=True))


@settings(max_examples=30)
@given(st.dictionaries(st.integers(1, 7), st.frozensets(st.integers(1, 7), max_size=4), max_size=7))
def test_a_cycle_is_found_where_there_is_one_and_only_there(follows):
    day = date(2026, 4, 1)
    stages = [stage(place, day, day, before) for place, before in follows.items()]
    left = {place: {each for each in before if each in follows} for place, before in follows.items()}
    while free := [place for place, before in left.items() if not before]:
        left = {place: before - set(free) for place, before in left.items() if place not in free}
    assert bool(cycle_in(stages)) == bool(left)


def test_an_overlap_is_a_warning_and_no_refusal():
    early = replace(MAY, starts_on=date(2026, 4, 20))
    assert plan_faults([APRIL, early], Span()) == []
    assert overlaps_in([APRIL, early]) == [(APRIL, early)]
    outcomes = {check.title: check.outcome for check in check_list([APRIL, early], Span())}
    assert outcomes["衔接"] == "look"
    assert outcomes["可检验"] == outcomes["先后可行"] == "passed"


@pytest.mark.parametrize(
    ("goal", "told", "reached"),
    [
        (NUMBER, {"value": Decimal(8)}, True),  # falling: at the target
        (NUMBER, {"value": Decimal("8.1")}, False),
        (replace(NUMBER, target=Decimal(30)), {"value": Decimal(31)}, True),  # rising
        (NUMBER, {}, False),
        (Goal(GoalKind.LIST, "公布", "网站", items=("甲", "乙")), {"items_done": [0]}, False),
        (Goal(GoalKind.LIST, "公布", "网站", items=("甲", "乙")), {"items_done": [1, 0]}, True),
        (Goal(GoalKind.DATE, "挂牌", "照片", target_date=date(2026, 5, 1)), {}, False),
        (Goal(GoalKind.DATE, "挂牌", "照片", target_date=date(2026, 5, 1)), {"reached_on": date(2026, 5, 1)}, True),
        (YES, {}, True),
    ],
)
def test_whether_what_is_reported_reaches_the_goal(goal, told, reached):
    assert goal_reached(goal, **told) is reached


def test_the_roadmap_says_in_words_and_shapes_what_it_draws():
    named = replace(APRIL, title="梳理<清单>&目录")
    drawing = roadmap_svg([named, MAY], lights={1: Light("red", "进行中")}, today=date(2026, 4, 15))
    assert "梳理&lt;清单&gt;&amp;目录" in drawing
    assert "■进行中" in drawing
    assert "今天" in drawing
    assert "style=" not in drawing
    assert drawing.count("<path") == 2  # one arrow: its line and its head
    assert roadmap_svg([]) == ""
