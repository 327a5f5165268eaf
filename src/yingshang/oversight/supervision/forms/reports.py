"""What people type about problem reports: three short pages for the reporter, one question each for officials."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.kernel.web import PHOTOS, SeveralFilesField

LONG = forms.Textarea(attrs={"rows": 6})
UNKNOWN = "unknown"
PAPERS = (*PHOTOS, "application/pdf")


def papers_field() -> SeveralFilesField:
    """Return a field for photos or papers that show something; may stay empty."""
    return SeveralFilesField(label=_("照片或者文件"), accept=PAPERS, required=False)


class WhatForm(forms.Form):
    """First page: what happened."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("发生了什么事"),
        help_text=_("写清楚时间、经过，希望怎样解决。不要写别人的身份证号、电话。"),
        max_length=2000,
        widget=LONG,
    )

    def __init__(self, *args: Any, shortest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shortest = shortest

    @classmethod
    def fresh(cls, *, shortest: int) -> WhatForm:
        """Return the empty form with a new random key, by which sending it twice is noticed."""
        return cls(initial={"key": secrets.token_hex(16)}, shortest=shortest)

    def clean_text(self) -> str:
        """Ask for more where the county's number of characters is not reached."""
        text: str = self.cleaned_data["text"]
        if len(text) < self.shortest:
            raise forms.ValidationError(_("再写几个字，说清楚是什么问题。"))
        return text


class WhereForm(forms.Form):
    """Second page: where, and which unit."""

    place = forms.CharField(
        label=_("在什么地方"), help_text=_("例如：政务大厅3号窗口。"), max_length=200, required=False
    )
    unit = forms.ChoiceField(label=_("是哪个单位的事"), help_text=_("不清楚就选“不知道”，由我们来分办。"))

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [(UNKNOWN, _("不知道")), *((unit.code, unit.short_name) for unit in units)]


class ReachForm(forms.Form):
    """Third page: photos, and how to reach the reporter; both may stay empty."""

    photos = SeveralFilesField(label=_("照片"), required=False)
    contact = forms.CharField(
        label=_("怎样联系您"),
        help_text=_("可以不填。只有分办人员能看到，每次查看都有记录；承办单位看不到。"),
        max_length=200,
        required=False,
    )


class DoorForm(forms.Form):
    """Number and query code, by which a report is looked up."""

    number = forms.CharField(label=_("编号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label=_("查询码"),
        help_text=_("和编号一起印在回执上，大小写、横线都不要紧。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class UnsolvedForm(DoorForm):
    """What is still not solved."""

    number = forms.CharField(widget=forms.HiddenInput, max_length=40)
    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = forms.CharField(label=_("哪里没有解决"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class AssignForm(forms.Form):
    """To which unit a report goes, and what the unit reads."""

    unit = forms.ChoiceField(label=_("交给哪个单位"))
    area = forms.ChoiceField(label=_("属于哪个领域"))
    told = forms.CharField(
        label=_("告诉承办单位的内容"),
        help_text=_("电话、证件号码已经隐去；请再隐去姓名和其他能认出反映人的内容。"),
        max_length=2000,
        widget=LONG,
    )
    pass_on_photos = forms.BooleanField(label=_("照片也给承办单位看"), required=False)

    def __init__(
        self, *args: Any, units: Iterable[org.Unit], areas: Mapping[str, str], photos: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = [("", "——"), *((each.code, each.short_name) for each in units)]
        fields["area"].choices = [("", "——"), *areas.items()]
        if not photos:
            del self.fields["pass_on_photos"]


class ElsewhereForm(forms.Form):
    """Whose business it is."""

    where = forms.ChoiceField(label=_("归哪里办理"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("告诉反映人的话"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["where"]
        field.choices = list(elsewhere.items())


class WordsForm(forms.Form):
    """One text; its label says what for."""

    words = forms.CharField(label=_("说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class MergeForm(forms.Form):
    """Into which other report."""

    into = forms.TypedChoiceField(label=_("并入哪一件"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, running: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.choices = list(running)


class DoneForm(WordsForm):
    """What was done, with what shows it."""

    papers = papers_field()
