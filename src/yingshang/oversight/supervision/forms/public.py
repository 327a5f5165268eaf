"""What people type about listed supervision and typical cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.oversight.supervision.models import TypicalCase


def _units(field: Any, units: Iterable[org.Unit]) -> None:
    field.choices = [("", "——"), *((each.code, each.short_name) for each in units)]


class ListingForm(forms.Form):
    """A matter to be listed."""

    title = forms.CharField(label=_("什么事"), max_length=200)
    reason = forms.CharField(label=_("为什么挂牌"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    level = forms.ChoiceField(label=_("级别"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("哪个单位办理"))
    deadline = forms.DateField(label=_("办结期限"), widget=forms.DateInput)

    def __init__(self, *args: Any, units: Iterable[org.Unit], levels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["level"].choices = list(levels.items())
        _units(fields["unit"], units)


class ChoiceForm(forms.Form):
    """Yes or no, and why."""

    choice = forms.TypedChoiceField(label=_("决定"), coerce=lambda chosen: chosen == "yes", widget=forms.RadioSelect)
    words = forms.CharField(label=_("说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, yes: str, no: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["choice"].choices = [("yes", yes), ("no", no)]
        fields["words"].label = label


class CaseForm(forms.Form):
    """A typical case."""

    kind = forms.ChoiceField(label=_("哪一种"), choices=TypicalCase.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("题目"), max_length=120)
    unit = forms.ChoiceField(label=_("哪个单位"))
    story = forms.CharField(label=_("经过和结果"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    evidence = forms.CharField(
        label=_("依据"),
        help_text=_("检查编号、公示地址、文书编号等，一行一条。不写个人姓名和电话。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _units(self.fields["unit"], units)
