"""When an edition begins, and on what it rests."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EffectForm(forms.Form):
    """The facts of a draft that do not stand in its sheet."""

    effective_from = forms.DateField(label=_("起始日"), widget=forms.DateInput(attrs={"type": "date"}))
    effective_to = forms.DateField(
        label=_("截止日（没有就空着）"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.CharField(label=_("依据（文件名称和文号）"), max_length=300)
    source_edition = forms.CharField(label=_("依据的版本或日期"), max_length=60, required=False)
