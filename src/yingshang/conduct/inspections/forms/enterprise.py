"""What an enterprise types, and what officials type at its door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.conduct.inspections.models import OtherVisit
from yingshang.kernel import org

LEVELS = [(5, _("非常满意")), (4, _("满意")), (3, _("基本满意")), (2, _("不满意")), (1, _("非常不满意"))]


class RateForm(forms.Form):
    """How a visit was."""

    level = forms.TypedChoiceField(
        label=_("这次检查怎么样"),
        help_text=_("检查单位看不到是谁评价的，只看到评价的件数。"),
        coerce=int,
        choices=LEVELS,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("想说的话"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class AlarmForm(forms.Form):
    """Who came as they must not."""

    unit = forms.ChoiceField(label=_("哪个单位的人"))
    happened_on = forms.DateField(
        label=_("哪一天"), help_text=_("例如：2026-03-02"), widget=forms.DateInput(attrs={"type": "date"})
    )
    what = forms.CharField(
        label=_("发生了什么"),
        help_text=_("例如：没有扫码、没有出示通知书、查了通知书上没有的事项、收了钱。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", "——"), *((unit.code, unit.short_name) for unit in units)]


class OtherVisitForm(forms.Form):
    """Why officials came, if not to inspect."""

    purpose = forms.ChoiceField(label=_("来做什么"), choices=OtherVisit.Purpose, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("说明"), required=False, max_length=200)


class PaperForm(forms.Form):
    """A photo or a paper that shows what was put right."""

    file = forms.FileField(label=_("改正后的照片或者文件"), help_text=_("JPG、PNG 或 PDF。"))
