"""The form of merging."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms


class MergeForm(forms.Form):
    """Which visits, who leads, and on which day from."""

    visits = forms.TypedMultipleChoiceField(label="合并哪几次", coerce=int, widget=forms.CheckboxSelectMultiple)
    lead_unit = forms.ChoiceField(label="哪个单位牵头", widget=forms.RadioSelect)
    planned_on = forms.DateField(label="检查日期", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        *args: Any,
        visits: Iterable[tuple[int, str]],
        units: Iterable[tuple[str, str]],
        days: tuple[date, date],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = list(visits)
        for name, choices in (("visits", offered), ("lead_unit", list(units))):
            field: Any = self.fields[name]
            field.choices = choices
        self.fields["planned_on"].help_text = f"在{days[0]:%Y-%m-%d}至{days[1]:%Y-%m-%d}之间，几次检查都可以的日子。"
        self.fields["visits"].initial = [pk for pk, _ in offered]
        self.fields["planned_on"].initial = days[0]
