"""Forms of the register of what the plan orders to set up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.kernel import org
from yingshang.kernel.web import OneFileField
from yingshang.oversight.plan_tasks.models import Deliverable
from yingshang.oversight.plan_tasks.rules import State
from yingshang.oversight.plan_tasks.rules.deliverables import WORDS

COLORS = [("", "全部"), ("red", "红灯"), ("yellow", "黄灯"), ("green", "绿灯"), ("gray", "灰灯")]
DAY = forms.DateInput(attrs={"type": "date"})


class RegisterForm(forms.Form):
    """Which rows of the register a list shows."""

    task = forms.CharField(label="任务序号", required=False, max_length=20)
    owner = forms.ChoiceField(label="承担单位", required=False)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Deliverable.Kind.choices])
    state = forms.ChoiceField(
        label="进展", required=False, choices=[("", "全部"), *((state.value, WORDS[state]) for state in State)]
    )
    lamp = forms.ChoiceField(label="亮灯", required=False, choices=COLORS)

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", "全部"), *owners]


class ConfirmForm(forms.Form):
    """Which suggestions are confirmed."""

    numbers = forms.TypedMultipleChoiceField(
        label="下面这些是方案要求建立的，确认后由承担单位制定",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项。"},
    )

    def __init__(self, *args: Any, rows: Iterable[Deliverable], **kwargs: Any) -> None:
        waiting = list(rows)
        kwargs.setdefault("initial", {"numbers": [row.number for row in waiting]})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["numbers"]
        field.choices = [
            (row.number, f"第{row.task_number}项　{row.title}（{row.get_kind_display()}）：“{row.words}”")
            for row in waiting
        ]


class ReasonForm(forms.Form):
    """Why a suggestion does not enter the register."""

    reason = forms.CharField(label="不列入台账的原因", max_length=200, error_messages={"required": "请写明原因。"})


class AssignForm(forms.Form):
    """Who sets it up, and by when."""

    owner = forms.ChoiceField(label="承担单位")
    due_date = forms.DateField(
        label="制定期限", required=False, widget=DAY, help_text="方案没有写期限的，可以空着，亮灰灯。"
    )

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [(unit.code, unit.short_name) for unit in units]


class IssueForm(forms.Form):
    """The document that sets it up."""

    document_no = forms.CharField(
        label="文号", max_length=60, help_text="例如：木营商发〔2026〕3号", error_messages={"required": "请填写文号。"}
    )
    issued_on = forms.DateField(label="印发日期", widget=DAY, error_messages={"required": "请填写印发日期。"})
    in_force_on = forms.DateField(label="施行日期", widget=DAY, error_messages={"required": "请填写施行日期。"})
    is_public = forms.BooleanField(
        label="向社会公开", required=False, help_text="公开的文件所有人都能打开，要由有公示岗位的人员登记。"
    )
    file = OneFileField(
        label="文件",
        help_text="可以是 PDF、Word（.docx）或 Excel（.xlsx），不超过{largest}。",
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )


class StopForm(forms.Form):
    """From when it is stopped, and why."""

    stopped_on = forms.DateField(label="停用日期", widget=DAY, error_messages={"required": "请填写停用日期。"})
    reason = forms.CharField(label="停用原因", max_length=200, error_messages={"required": "请写明原因。"})
