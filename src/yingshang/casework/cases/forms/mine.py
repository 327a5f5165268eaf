"""Forms of the applicant's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why an application is taken back."""

    reason = forms.CharField(label=_("为什么撤回"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class StatusForm(forms.Form):
    """Number and code of a receipt."""

    number = forms.CharField(label=_("办件编号"), max_length=40, help_text=_("印在回执上，例如20261123-0483-7225"))
    secret = forms.CharField(
        label=_("查询码"),
        max_length=20,
        help_text=_("印在回执上的8位，例如7K4M-20QX，大小写都可以"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
