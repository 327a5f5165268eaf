"""Forms that know when they were opened, so that the typing they ask for can be counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from yingshang.oversight.plan_tasks.operations import opened_token

OPENED = "opened"


class TimedForm(forms.Form):
    """A form with a signed mark of when it was opened. It names nobody; a form sent without it is taken as well."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED].initial = opened_token(at)

    @property
    def fields_typed(self) -> int:
        """How many fields were filled or changed by hand."""
        return len([name for name in self.changed_data if name != OPENED])
