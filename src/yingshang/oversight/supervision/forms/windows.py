"""What people type about self-checks and problem lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.web import SeveralFilesField

ROWS = 10


class SheetForm(forms.Form):
    """The sheet: everything in order, or what is wrong with which item. One tap and one line for each."""

    def __init__(self, *args: Any, sheet: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, title in sheet.items():
            self.fields[f"wrong_{code}"] = forms.CharField(
                label=title, required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )
        self.fields["photos"] = SeveralFilesField(label=_("照片"), required=False)

    def wrong(self) -> dict[str, str]:
        """Return code → what is wrong, of the items with something written."""
        given = self.cleaned_data.items()
        return {name.removeprefix("wrong_"): note for name, note in given if name.startswith("wrong_") and note}


class FixForm(forms.Form):
    """When and how it was put right."""

    on = forms.DateField(label=_("哪一天整改好的"), widget=forms.DateInput)
    how = forms.CharField(label=_("怎样整改的"), max_length=400)


class ProblemForm(forms.Form):
    """One problem of a unit's list."""

    what = forms.CharField(label=_("问题"), max_length=400)
    area = forms.ChoiceField(label=_("领域"))
    cause = forms.CharField(label=_("原因"), max_length=400)
    measure = forms.CharField(label=_("措施"), max_length=400)
    due_date = forms.DateField(label=_("哪一天以前解决"), widget=forms.DateInput)

    def __init__(self, *args: Any, areas: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        field.choices = [("", "——"), *areas.items()]
