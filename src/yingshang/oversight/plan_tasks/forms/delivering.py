"""Forms of delivering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.kernel import org

SHOWN = [("unsigned", "未签收"), ("signed", "已签收"), ("", "全部")]


class ShownForm(forms.Form):
    """Which deliveries a list shows."""

    shown = forms.ChoiceField(label="显示", choices=SHOWN, required=False)


class DeliverForm(forms.Form):
    """The units that get the notice as well."""

    units = forms.MultipleChoiceField(
        label="补送给哪些单位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个单位。"},
    )

    def __init__(self, *args: Any, candidates: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["units"]
        units.choices = [(unit.code, unit.short_name) for unit in candidates]
