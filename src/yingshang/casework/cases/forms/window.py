"""What the window writes down about an application on paper, beside the form of the item itself."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.casework.cases.forms.deeds import day
from yingshang.casework.cases.models import Channel
from yingshang.kernel import clock
from yingshang.kernel.parties import Party

CHANNELS = [(channel.value, channel.label) for channel in (Channel.WINDOW, Channel.POST, Channel.OTHER)]


class WindowForm(forms.Form):
    """Who applies, when it really came in, and why it is entered late."""

    kind = forms.ChoiceField(label=_("申请人类别"), choices=Party.Kind.choices)
    name = forms.CharField(label=_("申请人姓名或者名称"), max_length=120)
    code = forms.CharField(
        label=_("身份证号码或者统一社会信用代码"),
        max_length=30,
        help_text=_("只用来认出同一个申请人，不保存号码本身。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=_("怎样收到的"), choices=CHANNELS)
    received_on = day(_("实际收到的日期"), required=True, hint=_("期限从这一天起算，不是从录入这天。"))
    received_time = forms.TimeField(label=_("几点收到"), widget=forms.TimeInput(attrs={"type": "time"}))
    paper_no = forms.CharField(label=_("纸质收件编号"), max_length=60, required=False)
    because = forms.CharField(
        label=_("补录原因"), max_length=200, required=False, help_text=_("不是当天录入的，写明为什么当时没有录入。")
    )

    def received_at(self) -> datetime:
        """Return the moment of receipt, Beijing time."""
        on, at = self.cleaned_data["received_on"], self.cleaned_data["received_time"]
        return datetime.combine(on, at if isinstance(at, time) else time(), tzinfo=clock.BEIJING)

    def applicant(self) -> dict[str, Any]:
        """Return what the operation needs to know the applicant."""
        return {name: self.cleaned_data[name] for name in ("kind", "name", "code")}
