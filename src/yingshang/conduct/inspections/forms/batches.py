"""Forms of a batch: sealing its draw, and replacing who cannot take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from yingshang.kernel import draws

DAY = {"type": "date"}
LARGEST = 50 * 1024 * 1024


class SealForm(draws.RandomnessForm):
    """When the visits take place, and where the randomness comes from."""

    field_order = ("visits_from", "visits_to")

    visits_from = forms.DateField(label="入企检查从哪一天起", widget=forms.DateInput(attrs=DAY))
    visits_to = forms.DateField(label="到哪一天止", widget=forms.DateInput(attrs=DAY))


class SubstituteForm(forms.Form):
    """Who cannot take part, why, and the file that shows it."""

    out = forms.ChoiceField(label="谁不能参加", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="原因", widget=forms.RadioSelect)
    evidence = forms.FileField(
        label="依据材料",
        help_text="PDF、图片、Word或Excel，不超过50MB。材料由平台保存，它的摘要写进摇号的公开记录。",
    )

    def __init__(self, *args: Any, seats: Iterable[tuple[str, str]], reasons: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out: Any = self.fields["out"]
        out.choices = list(seats)
        reason: Any = self.fields["reason"]
        reason.choices = list(reasons.items())

    def clean_evidence(self) -> Any:
        """Refuse what is too large before anything reads it."""
        upload = self.cleaned_data["evidence"]
        if upload.size > LARGEST:
            raise forms.ValidationError("文件超过50MB。请去掉图片后再上传。")
        return upload
