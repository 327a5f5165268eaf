"""What a party types about its data, and what a unit answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.registers.profiles import rules
from yingshang.registers.profiles.models import Objection


class ValueForm(forms.Form):
    """One field of one's own."""

    value = forms.CharField(max_length=rules.LONGEST)

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = title


class CorrectionForm(forms.Form):
    """What is right, and why."""

    wanted = forms.CharField(label=_("正确的内容"), max_length=rules.LONGEST)
    said = forms.CharField(
        label=_("说明"),
        help_text=_("哪里错了、有什么可以证明。单位核实后答复您。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InquiryForm(forms.Form):
    """Why one asks."""

    said = forms.CharField(
        label=_("想知道什么"),
        help_text=_("例如：是谁看的、为什么要看。单位要在期限内书面答复。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What came of an objection, and why."""

    outcome = forms.ChoiceField(label=_("处理结果"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("答复"),
        help_text=_("当事人会看到这段话。追问的，写明是谁、为办什么事读取。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = Objection.Outcome
        fits = [outcomes.ANSWERED] if kind == Objection.Kind.INQUIRY else [outcomes.CORRECTED, outcomes.KEPT]
        field: Any = self.fields["outcome"]
        field.choices = [(each.value, each.label) for each in fits]
        field.initial = fits[0].value if len(fits) == 1 else None
