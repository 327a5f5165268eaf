"""Forms of a unit's own plan: one question, or one tight group of them, for each page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from yingshang.kernel.web import OneFileField
from yingshang.oversight.plan_tasks.forms.timed import TimedForm
from yingshang.oversight.plan_tasks.models import Stage
from yingshang.oversight.plan_tasks.rules import Goal, GoalKind, Span, StagePlan, goal_faults, stage_faults

KIND_HELP = "是否完成：办没办成。数值：从多少到多少。日期：到哪一天。清单：逐项完成。"


class AimForm(TimedForm):
    """What the plan as a whole is to reach."""

    aim = forms.CharField(
        label="总体目标",
        help_text="用一两句话写明到期时要达到什么。例如：涉企保证金清单全部公布，应退的全部退清。",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class StageWhatForm(TimedForm):
    """What the stage is called, and how its goal is checked."""

    title = forms.CharField(label="阶段名称", help_text="例如：梳理保证金目录清单", max_length=80)
    goal_kind = forms.ChoiceField(
        label="目标怎样检验", choices=Stage.GoalKind.choices, widget=forms.RadioSelect, help_text=KIND_HELP
    )


class StageGoalForm(TimedForm):
    """The goal itself; only the fields of its kind are asked."""

    words = forms.CharField(label="要达到什么", help_text="例如：办理时间压减到8个工作日", max_length=300)
    baseline = forms.DecimalField(label="现有数值", max_digits=16, decimal_places=4)
    target = forms.DecimalField(label="目标数值", max_digits=16, decimal_places=4)
    unit = forms.CharField(label="计量单位", help_text="例如：工作日、件、%", max_length=20)
    measure = forms.ChoiceField(
        label="由平台取数",
        required=False,
        help_text="选了指标量，进展数值由平台从业务记录中取得，不用填报。",
    )
    target_date = forms.DateField(label="目标日期", widget=forms.DateInput)
    items = forms.CharField(label="清单内容", help_text="一行一项。", widget=forms.Textarea(attrs={"rows": 6}))
    source = forms.CharField(
        label="依据什么检验", help_text="检查的人看什么。例如：局务会议纪要、办件系统、网站公布页面", max_length=200
    )

    OF_KIND: Mapping[str, Sequence[str]] = {
        GoalKind.NUMBER: ("baseline", "target", "unit", "measure"),
        GoalKind.DATE: ("target_date",),
        GoalKind.LIST: ("items",),
        GoalKind.YES_NO: (),
    }

    def __init__(self, *args: Any, kind: str, measures: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = GoalKind(kind)
        asked = {"opened", "words", "source", *self.OF_KIND[self.kind]}
        for name in [each for each in self.fields if each not in asked]:
            del self.fields[name]
        if "measure" in self.fields:
            choosing: Any = self.fields["measure"]
            choosing.choices = [("", "不用，由本单位填报"), *measures]
            self.fields["source"].required = False
            self.fields["source"].help_text += "。选了由平台取数的，可以不填。"

    def clean(self) -> dict[str, Any]:
        """Say by its field what keeps the goal from being checked."""
        given = super().clean() or {}
        if not self.errors:
            for fault in goal_faults(0, goal_from(self.kind, given)):
                name = fault.field if fault.field in self.fields else "words"
                self.add_error(name, f"{fault.refusal.reason}{fault.refusal.remedy}")
        return given


class StageWhenForm(TimedForm):
    """From when to when, and who answers."""

    starts_on = forms.DateField(label="开始日期", widget=forms.DateInput)
    finish_on = forms.DateField(label="完成时限", widget=forms.DateInput)
    answers = forms.CharField(label="责任人", help_text="科室和姓名，或者职务。例如：法制股 股长", max_length=80)

    def __init__(self, *args: Any, span: Span, title: str, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.span, self.title, self.goal = span, title, goal
        if span.last is not None:
            self.fields["finish_on"].help_text = f"不晚于{span.words}{span.last:%Y-%m-%d}。"

    def clean(self) -> dict[str, Any]:
        """Say by its field what keeps the stage from fitting its task."""
        given = super().clean() or {}
        if not self.errors:
            for fault in stage_faults(stage_from(self.title, self.goal, given), self.span):
                name = fault.field if fault.field in self.fields else "finish_on"
                self.add_error(name, f"{fault.refusal.reason}{fault.refusal.remedy}")
        return given


class FollowsForm(TimedForm):
    """Which stages must be done before this one."""

    follows = forms.MultipleChoiceField(
        label="要先完成哪些阶段",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="本阶段不能比勾选的阶段先完成。都不勾选，表示可以独立推进。",
    )

    def __init__(self, *args: Any, others: Iterable[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing: Any = self.fields["follows"]
        choosing.choices = [(str(each.pk), f"第{each.place}阶段：{each.title}") for each in others]


class ReviseForm(TimedForm):
    """Why an accepted plan is changed."""

    reason = forms.CharField(
        label="为什么要改",
        help_text="备案台审核时会看到。例如：上级文件调整了验收时间。",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
    )


class ReasonsForm(forms.Form):
    """Why something is returned."""

    reasons = forms.CharField(
        label="退回理由",
        help_text="写明哪个阶段、哪里要改、怎么改。",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class ProgressForm(TimedForm):
    """How far a stage is, or that it is done."""

    value = forms.DecimalField(label="现在的数值", max_digits=16, decimal_places=4, required=False)
    reached_on = forms.DateField(label="实际达到的日期", widget=forms.DateInput, required=False)
    items_done = forms.MultipleChoiceField(label="已完成的项", required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label="进展和证明",
        required=False,
        help_text="写明做到了哪一步，在哪里可以查到。",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    file = OneFileField(
        label="证明文件",
        required=False,
        help_text="可以是 PDF、Word（.docx）、Excel（.xlsx）或者图片，不超过{largest}。",
        max_length=200,
    )
    problem = forms.CharField(
        label="遇到的问题",
        required=False,
        help_text="没有就不填。",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )

    def __init__(self, *args: Any, stage: Stage, asking: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Stage.GoalKind
        if stage.goal_kind != kind.NUMBER or stage.measure:
            del self.fields["value"]
        else:
            self.fields["value"].help_text = f"单位：{stage.goal_unit}"
            self.fields["value"].required = asking
        if stage.goal_kind != kind.DATE:
            del self.fields["reached_on"]
        else:
            self.fields["reached_on"].required = asking
        if stage.goal_kind != kind.LIST:
            del self.fields["items_done"]
        else:
            choosing: Any = self.fields["items_done"]
            choosing.choices = [(str(place), item) for place, item in enumerate(stage.items)]
        if asking:
            del self.fields["problem"]


def goal_from(kind: GoalKind, given: Mapping[str, Any]) -> Goal:
    """Return the goal that a form or a session holds."""
    lines = given.get("items") or ""
    items = lines.splitlines() if isinstance(lines, str) else lines
    return Goal(
        kind=kind,
        words=given.get("words") or "",
        source=given.get("source") or "",
        baseline=given.get("baseline"),
        target=given.get("target"),
        unit=given.get("unit") or "",
        target_date=given.get("target_date"),
        items=tuple(line.strip() for line in items if line.strip()),
        measure=given.get("measure") or "",
    )


def stage_from(title: str, goal: Goal, given: Mapping[str, Any]) -> StagePlan:
    """Return the stage that the three pages hold."""
    starts_on: date = given["starts_on"]
    finish_on: date = given["finish_on"]
    return StagePlan(0, title, goal, starts_on, finish_on, given["answers"])
