"""What a person types and chooses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 8_000


class Wording(forms.Form):
    """Title and text of a draft."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("正文"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("一行一段；“一、”开头的是小标题。数字写成大括号里的名字，例如{红灯}，印发时自动填入。"),
    )


class Reason(forms.Form):
    """Why something goes back, or is corrected."""

    reason = forms.CharField(label=_("原因"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class MonthChoice(forms.Form):
    """The month to draft a bulletin for."""

    month = forms.ChoiceField(label=_("通报哪个月"))

    def __init__(self, *args: Any, months: list[date], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(f"{month:%Y-%m-01}", f"{month.year}年{month.month}月") for month in months]
        month: Any = self.fields["month"]
        month.choices = choices
