"""Forms of a draw. What they read becomes plain values; what they may not decide, they do not ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from yingshang.kernel import clock
from yingshang.kernel.draws.models import Invitation
from yingshang.kernel.draws.reasons import given_by_hand
from yingshang.kernel.draws.samples import SHEETS
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import rows_of
from yingshang.methods import draw as method

RATIO = re.compile(
    r"(?P<name>\S+)\s+(?:(?P<num>\d{1,9})/(?P<den>\d{1,9})|(?P<count>\d{1,9})[户个人名]?)(?:\s+(?P<field>\S+))?"
)
LARGEST = 10 * 1024 * 1024
NEEDED = 2  # columns that every sheet has; the third may be left out


class RandomnessForm(forms.Form):
    """Where the randomness of a draw comes from. offered: invitations that ``invitations_open_to`` gives."""

    dice = forms.BooleanField(label="现场掷二十颗骰子", required=False, initial=True)
    beacon_at = forms.CharField(
        label="再用一个公共信标（drand），约定的北京时间",
        required=False,
        max_length=16,
        help_text="例如：2026-03-02 15:00。要在封存以后；不用的留空。",
    )
    invitations = forms.TypedMultipleChoiceField(
        label="请谁再加一份随机数",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出已经提交承诺、还没有用过的受邀方。",
    )

    def __init__(self, *args: Any, offered: Iterable[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invitations"]
        field.choices = [(one.pk, one.name) for one in offered]
        if not field.choices:
            del self.fields["invitations"]

    def clean_beacon_at(self) -> datetime | None:
        """Return the moment in Beijing time."""
        text = self.cleaned_data["beacon_at"].strip().replace("T", " ")
        if not text:
            return None
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.BEIJING)
        except ValueError:
            raise forms.ValidationError("请写成“2026-03-02 15:00”的样子。") from None


class PlanForm(RandomnessForm):
    """A plan from sheets: who can be drawn, how many of each class, and who goes."""

    field_order = ("title", "strata", "targets", "inspectors", "conflicts", "different_units")

    title = forms.CharField(
        label="公开的名称", max_length=120, help_text="封存后立即公开，不写检查对象。例如：春季餐饮抽查"
    )
    strata = forms.CharField(
        label="分类和比例",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="每行一类：类别、比例或户数、带队领域（可不写）。例如：A 1/100，或者：D 5户 食品。按比例的向上取整。",
    )
    targets = forms.FileField(
        label="检查对象表", help_text="xlsx或csv，第一行是表头：统一社会信用代码、类别、排除原因（不排除的留空）。"
    )
    inspectors = forms.FileField(
        label="检查人员表",
        required=False,
        help_text="xlsx或csv，第一行是表头：执法证号、单位、领域（多个用空格分开）。只抽对象不配人员的，不选。",
    )
    conflicts = forms.FileField(
        label="回避关系表",
        required=False,
        help_text="xlsx或csv，第一行是表头：执法证号、统一社会信用代码。没有的不选。",
    )
    different_units = forms.BooleanField(label="两名检查人员须来自不同单位", required=False)

    def clean_strata(self) -> list[method.Stratum]:
        """Return the classes, one a line."""
        return [_stratum(line) for line in self.cleaned_data["strata"].splitlines() if line.strip()]

    def clean_targets(self) -> list[list[str]]:
        """Return the rows of the sheet."""
        return _rows(self.cleaned_data["targets"], "targets")

    def clean_inspectors(self) -> list[list[str]]:
        """Return the rows of the sheet; none without a file."""
        return _rows(self.cleaned_data["inspectors"], "inspectors")

    def clean_conflicts(self) -> list[list[str]]:
        """Return the rows of the sheet; none without a file."""
        return _rows(self.cleaned_data["conflicts"], "conflicts")


class InviteForm(forms.Form):
    """Whom to ask for randomness of their own."""

    unit = forms.ChoiceField(label="受邀单位", help_text="例如县工商联。对方会在自己的工作台看到邀请。")

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", "——"), *units]


class PledgeForm(forms.Form):
    """The digest of one's random value."""

    commitment = forms.CharField(
        label="承诺摘要", min_length=64, max_length=64, help_text="64位十六进制。随机数本身不要填在这里，自己保存好。"
    )

    def clean_commitment(self) -> str:
        """Return it in lower case."""
        return str(self.cleaned_data["commitment"]).strip().lower()


class ValueForm(forms.Form):
    """The random value behind a pledge."""

    value = forms.CharField(
        label="您保存的随机数", min_length=64, max_length=64, help_text="64位十六进制，提交承诺时保存的那一串。"
    )


class BeaconForm(forms.Form):
    """The signature of a drand round."""

    signature = forms.CharField(
        label="这一轮信标的签名", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="从任何公布drand信标的网站复制“signature”一项，谁贴的都可以，平台当场核验。",
    )  # fmt: skip


class DiceForm(forms.Form):
    """All twenty digits at once, for a host who has them on paper."""

    digits = forms.RegexField(
        r"^[0-9]{20}$", label="二十位数字", max_length=20, help_text="按掷出的先后，从左到右，不加空格。",
        error_messages={"invalid": "要正好二十个数字，不加空格。"},
    )  # fmt: skip


class DieForm(forms.Form):
    """One die."""

    place = forms.IntegerField(label="第几颗", min_value=1, max_value=method.DICE)
    digit = forms.IntegerField(label="数字", min_value=0, max_value=9)
    take = forms.IntegerField(min_value=1, max_value=1000, widget=forms.HiddenInput, required=False)


class ConfirmForm(forms.Form):
    """What the witness saw."""

    digits = forms.RegexField(r"^[0-9]{20}$", widget=forms.HiddenInput)
    checked = forms.BooleanField(label="我逐颗核对过，页面上的二十个数字和骰子一致")


class SubstituteForm(forms.Form):
    """Who is skipped, and what shows why."""

    role = forms.ChoiceField(label="替换", choices=[("target", "检查对象"), ("inspector", "检查人员")])
    target = forms.CharField(label="检查对象的统一社会信用代码", max_length=64)
    out = forms.CharField(label="被替换人员的执法证号", max_length=64, required=False, help_text="替换检查对象的不填。")
    reason = forms.SlugField(label="原因代码", max_length=40, help_text="立即公开，只写代码。例如：closed_down")
    evidence = forms.FileField(label="依据材料", help_text="材料不上传保存，只记下它的摘要；请自己存档。")


class VoidForm(forms.Form):
    """Why a draw counts for nothing."""

    reason = forms.ChoiceField(label="作废的理由")
    note = forms.CharField(
        label="公开说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写进公开的登记，不要写检查对象。",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.choices = [("", "——"), *given_by_hand(on).items()]


def _stratum(line: str) -> method.Stratum:
    found = RATIO.fullmatch(line.strip())
    if found is None:
        raise forms.ValidationError(f"“{line.strip()[:40]}”看不懂。请写成“A 1/100”或者“D 5户 食品”。")
    parts = found.groupdict()
    return method.Stratum(
        parts["name"],
        num=int(parts["num"] or 0),
        den=int(parts["den"] or 0),
        count=int(parts["count"] or 0),
        field=parts["field"] or "",
    )


def _rows(file: Any, sheet: str) -> list[list[str]]:
    """Return the rows below the head. Raises ValidationError for what is no sheet, or one without that head.

    A sheet without it would lose its first row, and a draw somebody who could be drawn.
    """
    if not file:
        return []
    try:
        if file.size > LARGEST:
            raise forms.ValidationError("表格超过10MB，请分开。")
        head, *rows = rows_of(file.name, file.read()) or [[]]
    except Refusal as refusal:
        raise forms.ValidationError(f"{refusal.reason}{refusal.remedy}") from None
    _, heads = SHEETS[sheet]
    if len(head) < NEEDED or any(cell and cell != wanted for cell, wanted in zip(head, heads, strict=False)):
        raise forms.ValidationError(f"第一行不是表头。请在第一行写明：{'、'.join(heads)}。")
    return [row for row in rows if any(row)]
