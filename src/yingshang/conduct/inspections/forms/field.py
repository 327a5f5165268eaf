"""What inspectors type on a phone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.conduct.inspections.models import ResultCode, VisitItem
from yingshang.conduct.inspections.operations import Marked, Sheet
from yingshang.conduct.inspections.queries import Point
from yingshang.kernel.web import SeveralFilesField

RIGHT = [("yes", _("符合")), ("no", _("不符合")), ("none", _("不适用"))]
MEANS = {"yes": True, "no": False, "none": None}
DAY = forms.DateInput(attrs={"type": "date"})
WORDS = forms.Textarea(attrs={"rows": 3})


class ScanForm(forms.Form):
    """What was read at the door."""

    code = forms.CharField(
        label=_("企业码"),
        help_text=_("扫企业门口的“企业码”会自动填好；扫不出来的，输入码下面的统一社会信用代码。"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ReasonForm(forms.Form):
    """One reason; its label says for what."""

    reason = forms.CharField(label=_("理由"), max_length=400, widget=WORDS)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class ResultForm(forms.Form):
    """What was found, in the words of a national list. Choices read ``scheme:code``."""

    results = forms.MultipleChoiceField(
        label=_("检查结果"), help_text=_("可以选几项。"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, codes: Iterable[ResultCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["results"]
        field.choices = [(each.code, f"{each.code}　{each.words}") for each in codes]


class CorrectForm(ResultForm, ReasonForm):
    """Other results beside the first, with the reason."""

    field_order = ("results", "reason")


class SheetForm(ResultForm):
    """The check sheet: each point of each item, then results and photos. Fields: ``X06-1`` and ``X06-1-remark``."""

    attempt = forms.CharField(max_length=80, widget=forms.HiddenInput)
    remark = forms.CharField(label=_("总的说明"), required=False, max_length=1000, widget=WORDS)
    rectify_by = forms.DateField(
        label=_("责令改正的期限"),
        help_text=_("发现问题要求改正的，写明哪一天以前。例如：2026-03-31"),
        required=False,
        widget=DAY,
    )
    photos = SeveralFilesField(label=_("照片"), camera=True, required=False)

    def __init__(self, *args: Any, points: Sequence[Point], items: Sequence[VisitItem], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"attempt": secrets.token_hex(16)})
        super().__init__(*args, **kwargs)
        self.points = points
        titles = {item.item_code: item.title for item in items}
        for point in points:
            name = f"{point.item}-{point.place}"
            self.fields[name] = forms.ChoiceField(
                label=point.question,
                help_text=titles[point.item],
                choices=RIGHT,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选一项。")},
            )
            self.fields[f"{name}-remark"] = forms.CharField(
                label=_("哪里不符合"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.order_fields([*(n for p in points for n in (f"{p.item}-{p.place}", f"{p.item}-{p.place}-remark"))])

    def clean(self) -> dict[str, Any]:
        """Ask for a word where a point does not conform."""
        cleaned = super().clean() or {}
        for point in self.points:
            name = f"{point.item}-{point.place}"
            if cleaned.get(name) == "no" and not cleaned.get(f"{name}-remark", "").strip():
                self.add_error(f"{name}-remark", _("选了“不符合”，请写明哪里不符合。"))
        if not cleaned.get("results") and "results" not in self.errors:
            self.add_error("results", _("请至少选一项检查结果。"))
        return cleaned

    def sheet(self, scheme: str) -> Sheet:
        """Return what a valid form says, as the deed takes it."""
        cleaned = self.cleaned_data
        return Sheet(
            scheme=scheme,
            codes=cleaned["results"],
            marks=[self._mark(point) for point in self.points],
            remark=cleaned["remark"],
            rectify_by=cleaned["rectify_by"],
            photos=[(each.file, each.name, each.content_type or "") for each in cleaned["photos"]],
        )

    def _mark(self, point: Point) -> Marked:
        name = f"{point.item}-{point.place}"
        chosen = MEANS[self.cleaned_data[name]]
        remark = self.cleaned_data[f"{name}-remark"].strip()
        return Marked(point.item, point.place, point.question, chosen, remark)
