"""Forms of permissions: asking, deciding, arranging."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.conduct.inspections.models import Permission
from yingshang.methods.identifiers import uscc

DAY = {"type": "date"}


class AskForm(forms.Form):
    """What the head is asked for."""

    target_code = forms.CharField(label="企业的统一社会信用代码", max_length=40)
    kind = forms.ChoiceField(label="检查种类", choices=Permission.Kind.choices, widget=forms.RadioSelect)
    items = forms.MultipleChoiceField(label="检查事项", widget=forms.CheckboxSelectMultiple)
    cause = forms.ChoiceField(
        label="由来",
        choices=Permission.Cause.choices,
        widget=forms.RadioSelect,
        help_text="投诉举报、问题线索、转办交办、上级部署的检查不占年度频次；其他的占。",
    )
    reason = forms.CharField(label="理由", max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
    ordered_from_above = forms.CharField(
        label="上级部署文件", max_length=200, required=False, help_text="上级部署的写明文件名称和文号。"
    )
    is_emergency = forms.BooleanField(
        label="情况紧急，先检查，事后补办批准", required=False, help_text="补办的期限从申请时起算。"
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.choices = list(items)

    def clean_target_code(self) -> str:
        """Return the code made right."""
        try:
            return uscc.check(self.cleaned_data["target_code"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class DecideForm(forms.Form):
    """What the head decides."""

    grant = forms.TypedChoiceField(
        label="决定",
        choices=[("yes", "批准"), ("no", "不批准")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    decision = forms.CharField(
        label="批示",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不批准的写明理由。",
    )


class ArrangeForm(forms.Form):
    """Who goes, and when."""

    lead = forms.TypedChoiceField(label="主办人员", coerce=int)
    companions = forms.TypedMultipleChoiceField(label="协办人员", coerce=int, widget=forms.CheckboxSelectMultiple)
    planned_on = forms.DateField(label="检查日期", widget=forms.DateInput(attrs=DAY))
    planned_to = forms.DateField(label="最迟检查日期", required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, inspectors: Iterable[tuple[int, str]], least: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["companions"].help_text = f"执法人员连同主办的不得少于{least}人。"
        offered = list(inspectors)
        for name in ("lead", "companions"):
            field: Any = self.fields[name]
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Say beside the field what does not go together."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("lead") in given.get("companions", []):
            self.add_error("companions", "主办人员不用再勾选一次。")
        first, last = given.get("planned_on"), given.get("planned_to")
        if first and last and last < first:
            self.add_error("planned_to", "不能早于检查日期。")
        return given
