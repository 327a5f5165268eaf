"""Forms of the two pools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.conduct.inspections.models import Tie
from yingshang.conduct.inspections.rules import grading
from yingshang.methods.identifiers import uscc

GRADES = [(each, f"{each}类") for each in grading.GRADES]
DAY = {"type": "date"}


class TargetFilter(forms.Form):
    """Which targets a list shows."""

    words = forms.CharField(label="名称或统一社会信用代码", required=False, max_length=60)
    grade = forms.ChoiceField(label="风险类别", required=False, choices=[("", "全部"), *GRADES, ("-", "没有定类")])
    township = forms.ChoiceField(label="乡镇", required=False)
    tag = forms.ChoiceField(label="标签", required=False)
    left = forms.ChoiceField(label="在库情况", required=False, choices=[("", "在库"), ("left", "已移出")])

    def __init__(
        self, *args: Any, townships: Iterable[tuple[str, str]], tags: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("township", townships)
        self._offer("tag", tags)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", "全部"), *choices]


class TargetForm(forms.Form):
    """A new target."""

    code = forms.CharField(
        label="统一社会信用代码", max_length=40, help_text="营业执照上的18位代码。全角、小写都可以。"
    )
    name = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(
        label="类型", choices=[(each, each) for each in ("企业", "个体工商户", "农民专业合作社", "其他组织")]
    )
    industry = forms.CharField(label="行业", max_length=60, required=False)
    township = forms.ChoiceField(label="乡镇", required=False)
    address = forms.CharField(label="住所（经营场所）", max_length=200, required=False)
    tags = forms.MultipleChoiceField(label="标签", required=False, widget=forms.CheckboxSelectMultiple)
    grade = forms.ChoiceField(label="风险类别", choices=GRADES, initial="B")
    source = forms.CharField(label="定类依据", max_length=120, help_text="例如：2026年3月信用风险分类结果")

    def __init__(
        self, *args: Any, townships: Iterable[tuple[str, str]], tags: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        township: Any = self.fields["township"]
        township.choices = [("", "不写"), *townships]
        offered: Any = self.fields["tags"]
        offered.choices = list(tags)

    def clean_code(self) -> str:
        """Return the code made right; a wrong one says which place is wrong."""
        try:
            return uscc.check(self.cleaned_data["code"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class GradeForm(forms.Form):
    """The class from today on."""

    grade = forms.ChoiceField(label="风险类别", choices=GRADES)
    source = forms.CharField(label="依据", max_length=120)


class ObserveForm(forms.Form):
    """Why a target is under observation, and until when."""

    reason = forms.CharField(label="列入理由", max_length=200, help_text="例如：网络直播带货，属于新业态")
    basis = forms.CharField(label="依据", max_length=200, help_text="例如：《优化营商环境条例》第五十五条")
    last = forms.DateField(label="观察期到哪一天", widget=forms.DateInput(attrs=DAY))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200)


class LeaveForm(forms.Form):
    """Why a target leaves the pool."""

    reason = forms.CharField(label="移出原因", max_length=80, help_text="例如：已注销；迁出本县")


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class InspectorFilter(forms.Form):
    """Which inspectors a list shows."""

    words = forms.CharField(label="姓名或执法证号", required=False, max_length=60)
    unit = forms.ChoiceField(label="单位", required=False)
    lamp = forms.ChoiceField(
        label="证件",
        required=False,
        choices=[("", "全部"), ("green", "有效"), ("yellow", "今年内到期"), ("red", "过期或者暂扣")],
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", "全部"), *units]


class InspectorForm(forms.Form):
    """A new inspector of one's own unit."""

    certificate_no = forms.CharField(label="执法证号", max_length=30)
    name = forms.CharField(label="姓名", max_length=60)
    fields_ = forms.MultipleChoiceField(label="执法领域", widget=forms.CheckboxSelectMultiple)
    valid_from = forms.DateField(label="证件有效期起", widget=forms.DateInput(attrs=DAY))
    valid_to = forms.DateField(label="证件有效期止", widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, tags: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["fields_"]
        offered.choices = list(tags)


class TieForm(forms.Form):
    """From whom an inspector must keep away."""

    code = forms.CharField(label="企业的统一社会信用代码", max_length=40)
    kind = forms.ChoiceField(label="关系", choices=Tie.Kind.choices, widget=forms.RadioSelect)
    since = forms.DateField(label="从哪一天起", widget=forms.DateInput(attrs=DAY))

    clean_code = TargetForm.clean_code
