"""Forms of the list of what was looked for in vain."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.kernel.search.models import SearchMiss
from yingshang.kernel.web import offer


class GiveForm(forms.Form):
    """Which unit looks into it."""

    unit = forms.ChoiceField(label=_("交给哪个单位"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = org.Unit.objects.on(day).order_by("name").values_list("code", "name")
        offer(self, "unit", [("", _("请选择")), *units])


class SettleForm(forms.Form):
    """What became of it."""

    outcome = forms.ChoiceField(label=_("怎么处理的"), choices=SearchMiss.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"), help_text=_("加在哪个事项、哪组近义词，或者为什么不用处理。"), max_length=200
    )
