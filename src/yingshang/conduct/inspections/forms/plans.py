"""Forms of plans: the year, a task, the head's decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from yingshang.conduct.inspections.rules.grading import GRADES, GradeBounds, out_of_bounds

DAY = {"type": "date"}
OFTEN = 12


class DraftForm(forms.Form):
    """Which year, and why when there is a plan already."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    changed_because = forms.CharField(
        label="变更理由", max_length=300, required=False, help_text="这一年的计划已经公示、要变更的，写明理由。"
    )


class TaskForm(forms.Form):
    """One task of a plan. The ratios are bounded by the class table, and said beside each field."""

    title = forms.CharField(label="任务名称", max_length=120, help_text="例如：餐饮经营抽查")
    items = forms.MultipleChoiceField(
        label="抽查事项",
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出已经公布的事项。带队人员的领域按勾选的第一项定。",
    )
    tags = forms.MultipleChoiceField(
        label="对象范围", required=False, widget=forms.CheckboxSelectMultiple, help_text="都不勾，就是全部检查对象。"
    )
    ratio_a = forms.CharField(label="A类比例", max_length=11)
    ratio_b = forms.CharField(label="B类比例", max_length=11)
    ratio_c = forms.CharField(label="C类比例", max_length=11)
    ratio_d = forms.CharField(label="D类比例", max_length=11)
    first = forms.DateField(label="开始日期", widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label="结束日期", widget=forms.DateInput(attrs=DAY))
    times = forms.IntegerField(label="一年抽几次", min_value=1, max_value=OFTEN, initial=1)
    joint_units = forms.MultipleChoiceField(
        label="联合部门",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="联合抽查的两名人员来自两个单位，一次上门查完。",
    )
    ordered_from_above = forms.CharField(
        label="上级部署文件", max_length=200, required=False, help_text="上级部署的任务写明文件名称和文号。"
    )

    def __init__(
        self,
        *args: Any,
        items: Iterable[tuple[str, str]],
        tags: Iterable[tuple[str, str]],
        units: Iterable[tuple[str, str]],
        bounds: Mapping[str, GradeBounds],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bounds = bounds
        for name, choices in (("items", items), ("tags", tags), ("joint_units", units)):
            field: Any = self.fields[name]
            field.choices = list(choices)
        for grade in GRADES:
            self._bound(grade)

    def _bound(self, grade: str) -> None:
        field, bound = self.fields[f"ratio_{grade.lower()}"], self.bounds.get(grade)
        if bound is None:
            field.help_text = "分类表中没有这一类，请先补齐分类表。"
            return
        least, most = _said(bound.least), _said(bound.most)
        cause = "这一类没有线索不主动检查，可以写0/100。" if bound.on_cause_only else ""
        field.help_text = f"写成分数。分类表规定在{least}至{most}之间。{cause}"
        field.initial = "0/100" if bound.on_cause_only else least

    def clean(self) -> dict[str, Any]:
        """Say beside the field which ratio does not fit."""
        given: dict[str, Any] = super().clean() or {}
        ratios = {grade: given.get(f"ratio_{grade.lower()}", "") for grade in GRADES}
        for sentence in out_of_bounds(ratios, self.bounds):
            field = f"ratio_{sentence[0].lower()}" if sentence[0] in GRADES else None
            if field is None or field not in self.errors:
                self.add_error(field, sentence)
        return given

    def task(self) -> dict[str, Any]:
        """Return what was given as the fields of ``operations.Task``."""
        given = dict(self.cleaned_data)
        ratios = {grade: given.pop(f"ratio_{grade.lower()}") for grade in GRADES}
        return {**given, "ratios": ratios}


class DecisionForm(forms.Form):
    """What the head decides on a plan."""

    approve = forms.TypedChoiceField(
        label="决定",
        choices=[("yes", "批准"), ("no", "退回")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(
        label="退回理由",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的写明。",
    )


def _said(value: Any) -> str:
    return f"{value.numerator * 100 // value.denominator}/100" if not 100 % value.denominator else str(value)
