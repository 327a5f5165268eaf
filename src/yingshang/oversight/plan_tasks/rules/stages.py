"""What makes a sub-plan one that can be checked: measurable stages, dated, in an order that can be kept.

方案第33项: a yearly plan is 可检验、可考核, with 目标、任务和具体工作措施. 方案四（三）: a
sub-plan names 阶段任务目标、完成时限, and gives the 时间表、路线图、责任书.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from yingshang.kernel.errors import Refusal

FIRST_YEAR, LAST_YEAR, LONGEST = 2000, 2199, 3660
"""Guards against mistyped years (and a drawing of a thousand years), not rules of any text. LONGEST: days."""


class GoalKind(StrEnum):
    """How a goal is checked."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True)
class Goal:
    """What a stage is to reach, so that anybody can check it.

    words: what it is. baseline, target, unit: of a number, ``unit`` being the
    unit of measure (件、天、%). target_date: of a date. items: of a list.
    source: where the proof is found. measure: name of a measure of the
    platform that fills the number; then nobody types it.
    """

    kind: GoalKind
    words: str
    source: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    target_date: date | None = None
    items: tuple[str, ...] = ()
    measure: str = ""


@dataclass(frozen=True)
class StagePlan:
    """One stage as it is to be filed. follows: places of the stages that it depends on."""

    place: int
    title: str
    goal: Goal
    starts_on: date
    finish_on: date
    answers: str
    follows: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class Span:
    """The days within which a plan is carried out; ``last`` is None where the task has no date."""

    last: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong. place: of the stage, 0 for the whole plan. field: of the form. refusal: what a deed says."""

    place: int
    field: str
    refusal: Refusal

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return self.refusal.code

    @property
    def words(self) -> str:
        """What is so, for the check list and beside the field."""
        return self.refusal.reason


@dataclass(frozen=True)
class Check:
    """One line of the desk's check list. outcome: ``passed``, ``failed`` or ``look`` (a person should look)."""

    title: str
    outcome: str
    words: str


def goal_faults(place: int, goal: Goal) -> list[Fault]:
    """Return why a goal cannot be checked: a number needs target, unit and source, a list items, a date a date."""
    missing: list[tuple[str, str]] = []
    if not goal.words.strip():
        missing.append(("words", "要达到什么"))
    if goal.kind == GoalKind.NUMBER:
        parts = (
            ("baseline", "现有数值", goal.baseline),
            ("target", "目标数值", goal.target),
            ("unit", "计量单位", goal.unit.strip() or None),
        )
        missing += [(name, title) for name, title, value in parts if value is None]
    if goal.kind == GoalKind.DATE and goal.target_date is None:
        missing.append(("target_date", "目标日期"))
    if goal.kind == GoalKind.LIST and not goal.items:
        missing.append(("items", "清单内容"))
    if not goal.source.strip() and not goal.measure:
        missing.append(("source", "依据什么检验"))
    faults = [
        Fault(place, name, _not_measurable(f"目标还不能检验：没有写明{title}。", f"请填写{title}。"))
        for name, title in missing
    ]
    if goal.kind == GoalKind.NUMBER and goal.target is not None and goal.target == goal.baseline:
        same = "目标数值和现有数值相同，完成与否没有区别。"
        faults.append(Fault(place, "target", _not_measurable(same, "请填写一个不同的目标数值。")))
    return faults


def _not_measurable(reason: str, remedy: str) -> Refusal:
    return Refusal("plan_tasks.goal_not_measurable", reason, remedy)


def stage_faults(stage: StagePlan, span: Span) -> list[Fault]:
    """Return what is wrong with one stage by itself."""
    faults = goal_faults(stage.place, stage.goal)
    if not stage.answers.strip():
        nobody = Refusal("plan_tasks.nobody_answers", "这个阶段没有写明责任人。", "请填写责任人。")
        faults.append(Fault(stage.place, "answers", nobody))
    if stage.finish_on < stage.starts_on:
        backwards = Refusal(
            "plan_tasks.stage_ends_before_it_starts",
            f"完成时限{_day(stage.finish_on)}早于开始日期{_day(stage.starts_on)}。",
            "请改为开始日期当天或以后的日期。",
        )
        faults.append(Fault(stage.place, "finish_on", backwards))
    days = (stage.starts_on, stage.finish_on, stage.goal.target_date or stage.finish_on)
    if (
        not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days)
        or (stage.finish_on - stage.starts_on).days > LONGEST
    ):
        implausible = Refusal(
            "plan_tasks.dates_implausible",
            f"“{stage.title}”的日期不合情理：从{_day(stage.starts_on)}到{_day(stage.finish_on)}。",
            "请核对年份。",
        )
        faults.append(Fault(stage.place, "finish_on", implausible))
    latest = max(stage.finish_on, stage.goal.target_date or stage.finish_on)
    if span.last is not None and latest > span.last:
        too_late = Refusal(
            "plan_tasks.stage_after_task_end",
            f"“{stage.title}”排到{_day(latest)}，晚于{span.words or '任务的完成时限'}{_day(span.last)}。",
            f"请改为不晚于{_day(span.last)}的日期。",
        )
        faults.append(Fault(stage.place, "finish_on" if stage.finish_on > span.last else "target_date", too_late))
    return faults


def plan_faults(stages: Sequence[StagePlan], span: Span) -> list[Fault]:
    """Return everything that keeps a plan from being filed, the faults of single stages first."""
    if not stages:
        return [Fault(0, "", Refusal("plan_tasks.no_stage", "还没有写任何阶段。", "请至少写一个阶段，再报备。"))]
    return [*(fault for stage in stages for fault in stage_faults(stage, span)), *order_faults(stages)]


def order_faults(stages: Sequence[StagePlan]) -> list[Fault]:
    """Return why the stages cannot be done in the order they name."""
    by_place = {stage.place: stage for stage in stages}
    faults = []
    circle = cycle_in(stages)
    if circle:
        named = " → ".join(f"第{place}阶段“{by_place[place].title}”" for place in (*circle, circle[0]))
        round_and_round = Refusal(
            "plan_tasks.stages_in_a_cycle",
            f"阶段之间的先后关系绕成了圈：{named}。",
            "请去掉其中一个先后关系。",
        )
        faults.append(Fault(circle[0], "follows", round_and_round))
    for stage in stages:
        for first in (by_place[place] for place in sorted(stage.follows) if place in by_place):
            if first.finish_on > stage.finish_on:
                overtaken = Refusal(
                    "plan_tasks.stage_before_its_dependency",
                    f"“{stage.title}”要在“{first.title}”之后，却比它先完成（{_day(first.finish_on)}）。",
                    "请推后这个阶段的完成时限，或者去掉这个先后关系。",
                )
                faults.append(Fault(stage.place, "follows", overtaken))
    return faults


def overlaps_in(stages: Sequence[StagePlan]) -> list[tuple[StagePlan, StagePlan]]:
    """Return pairs (first, later) where the later stage starts before the one it depends on has finished.

    That is warned of and not refused: the notice asks for an order of work, not
    that nobody may prepare the next step; only finishing before what one
    depends on is impossible.
    """
    by_place = {stage.place: stage for stage in stages}
    pairs = [(by_place[before], stage) for stage in stages for before in sorted(stage.follows) if before in by_place]
    return [(first, later) for first, later in pairs if later.starts_on <= first.finish_on <= later.finish_on]


def cycle_in(stages: Iterable[StagePlan]) -> tuple[int, ...]:
    """Return the places of the stages on one cycle of dependencies, in their order; empty where there is none.

    >>> goal = Goal(GoalKind.YES_NO, "办成", "文件")
    >>> day = date(2026, 6, 30)
    >>> cycle_in([StagePlan(1, "甲", goal, day, day, "张", frozenset({2})), StagePlan(2, "乙", goal, day, day, "张")])
    ()
    """
    follows = {stage.place: sorted(stage.follows) for stage in stages}
    done: set[int] = set()
    for start in follows:
        way: list[int] = []
        waiting = [(start, iter(follows[start]))]
        while waiting:
            place, rest = waiting[-1]
            if place not in way:
                way.append(place)
            nearest = next((each for each in rest if each in follows and each not in done), None)
            if nearest is None:
                done.add(place)
                waiting.pop()
                way.pop()
            elif nearest in way:
                # The way runs from what depends to what it depends on; read backwards it is the order of work.
                return tuple(reversed(way[way.index(nearest) :]))
            else:
                waiting.append((nearest, iter(follows[nearest])))
    return ()


def check_list(stages: Sequence[StagePlan], span: Span) -> list[Check]:
    """Return the desk's check list of a plan: measurable, dated, within the task's span, somebody answers, in order."""
    faults = plan_faults(stages, span)

    def line(title: str, codes: set[str], well: str) -> Check:
        wrong = [fault for fault in faults if fault.code in codes]
        if not wrong:
            return Check(title, "passed", well)
        return Check(title, "failed", "".join(f"第{fault.place}阶段：{fault.words}" for fault in wrong))

    lines = [
        Check("有阶段", "failed", "还没有写任何阶段。")
        if not stages
        else Check("有阶段", "passed", f"共{len(stages)}个阶段。"),
        line("可检验", {"plan_tasks.goal_not_measurable"}, "每个阶段都有可以检验的目标和检验依据。"),
        line("有期限", {"plan_tasks.stage_ends_before_it_starts"}, "每个阶段都有开始日期和完成时限。"),
        line(
            "在期限内",
            {"plan_tasks.stage_after_task_end"},
            f"都不晚于{span.words}{_day(span.last)}。"
            if span.last
            else "任务没有规定完成时限，以本方案最后一个阶段为准。",
        ),
        line("有责任人", {"plan_tasks.nobody_answers"}, "每个阶段都有责任人。"),
        line(
            "先后可行",
            {"plan_tasks.stages_in_a_cycle", "plan_tasks.stage_before_its_dependency"},
            "先后关系可行。",
        ),
    ]
    overlaps = overlaps_in(stages)
    if overlaps:
        words = "".join(f"“{later.title}”在“{first.title}”完成之前就开始。" for first, later in overlaps)
        lines.append(Check("衔接", "look", f"{words}可以并行推进，请确认是不是有意安排。"))
    return lines


def goal_reached(
    goal: Goal, *, value: Decimal | None = None, reached_on: date | None = None, items_done: Iterable[int] = ()
) -> bool:
    """Return whether what is reported reaches a goal.

    A number goes from the baseline toward the target: at or beyond the target,
    seen from the baseline. A date is kept on it or before. A list needs every
    item. Yes or no is what the unit declares with its evidence.
    """
    if goal.kind == GoalKind.NUMBER:
        if value is None or goal.target is None:
            return False
        falling = goal.baseline is not None and goal.target < goal.baseline
        return value <= goal.target if falling else value >= goal.target
    if goal.kind == GoalKind.DATE:
        return reached_on is not None
    if goal.kind == GoalKind.LIST:
        return set(range(len(goal.items))) <= set(items_done)
    return True


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
