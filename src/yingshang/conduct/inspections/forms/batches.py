"""Forms of a batch: sealing its draw, and replacing who cannot take part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from yingshang.conduct.inspections.operations.substituting import REASONS
from yingshang.kernel import clock

DAY = {"type": "date"}
LARGEST = 50 * 1024 * 1024


class SealForm(forms.Form):
    """When the visits take place, and where the randomness comes from."""

    visits_from = forms.DateField(label="入企检查从哪一天起", widget=forms.DateInput(attrs=DAY))
    visits_to = forms.DateField(label="到哪一天止", widget=forms.DateInput(attrs=DAY))
    dice = forms.BooleanField(label="现场掷二十颗骰子", required=False, initial=True)
    beacon_at = forms.CharField(
        label="再用一个公共信标（drand），约定的北京时间",
        required=False,
        max_length=16,
        help_text="例如：2026-03-02 15:00。要在封存以后；不用的留空。",
    )
    invitations = forms.TypedMultipleChoiceField(
        label="请谁再加一份随机数",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出已经提交承诺、还没有用过的受邀方。",
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invitations"]
        field.choices = list(offered)
        if not field.choices:
            del self.fields["invitations"]

    def clean_beacon_at(self) -> datetime | None:
        """Return the moment in Beijing time."""
        text = self.cleaned_data["beacon_at"].strip().replace("T", " ")
        if not text:
            return None
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.BEIJING)
        except ValueError:
            raise forms.ValidationError("请写成“2026-03-02 15:00”的样子。") from None


class SubstituteForm(forms.Form):
    """Who cannot take part, why, and the file that shows it."""

    out = forms.ChoiceField(label="谁不能参加", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="原因", choices=list(REASONS.items()), widget=forms.RadioSelect)
    evidence = forms.FileField(
        label="依据材料",
        help_text="PDF、图片、Word或Excel，不超过50MB。材料由平台保存，它的摘要写进摇号的公开记录。",
    )

    def __init__(self, *args: Any, seats: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["out"]
        field.choices = list(seats)

    def clean_evidence(self) -> Any:
        """Refuse what is too large before anything reads it."""
        upload = self.cleaned_data["evidence"]
        if upload.size > LARGEST:
            raise forms.ValidationError("文件超过50MB。请去掉图片后再上传。")
        return upload
