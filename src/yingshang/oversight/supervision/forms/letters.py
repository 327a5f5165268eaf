"""What supervisors and units type about letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.kernel import org
from yingshang.kernel.web import OneFileField
from yingshang.oversight.supervision.models import Letter
from yingshang.oversight.supervision.rules.ladder_files import RUNGS

LONG_TEXT = 4000


class HoldBackForm(forms.Form):
    """Why a line is taken out of the digest, or until when it is put off."""

    reason = forms.CharField(
        label="原因",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明原因。"},
    )
    until = forms.DateField(label="暂缓到哪天", required=False, help_text="空着就是移出。例如：2026-03-19")


class EvidenceMixin(forms.Form):
    """A file that may come with it."""

    file = OneFileField(
        label="佐证材料",
        required=False,
        help_text="可以是 PDF、Word（.docx）、Excel（.xlsx）或照片，不超过{largest}。",
        error_messages={"empty": "这个文件是空的，请重新选择。"},
    )


class AnswerForm(EvidenceMixin):
    """The answer to a letter."""

    text = forms.CharField(
        label="答复内容",
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明办理情况、没有办结的原因、采取的措施。",
        error_messages={"required": "请填写答复内容。"},
    )
    promised_on = forms.DateField(
        label="承诺哪天完成",
        required=False,
        help_text="写了日期，到那天之前不再升级；过了那天没有完成，就升级。例如：2026-03-31",
    )

    field_order = ("text", "promised_on", "file")


class ObjectionForm(EvidenceMixin):
    """Why a unit asks for a review."""

    text = forms.CharField(
        label="申请复核的理由",
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请填写理由。"},
    )

    field_order = ("text", "file")


class DecideForm(forms.Form):
    """A yes or a no, with its reason."""

    decision = forms.ChoiceField(
        label="决定", widget=forms.RadioSelect, error_messages={"required": "请选择一个决定。"}
    )
    reason = forms.CharField(label="理由", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, yes: str, no: str, always_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.choices = [("yes", yes), ("no", no)]
        self.always_reason = always_reason
        self.fields["reason"].help_text = "" if always_reason else f"选“{no}”时要写明。"

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where a decision needs one."""
        given: dict[str, Any] = super().clean() or {}
        needed = self.always_reason or given.get("decision") == "no"
        if needed and not (given.get("reason") or "").strip():
            self.add_error("reason", "请写明理由。")
        return given


class DraftForm(forms.Form):
    """The wording of a letter that waits."""

    opening = forms.CharField(label="事由", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    demand = forms.CharField(label="要求", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    meets_at = forms.DateTimeField(label="约谈时间", required=False, help_text="例如：2026-03-19 14:30")
    meets_in = forms.CharField(label="约谈地点", max_length=200, required=False)
    public_text = forms.CharField(
        label="公开的部分",
        max_length=LONG_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="只写可以向社会公开的内容，不写个人姓名。不公开就空着。",
    )

    @classmethod
    def for_letter(cls, letter: Letter, typed: Any = None) -> DraftForm:
        """Return the form with what stands in the letter, and only the fields its kind has."""
        names = ("opening", "demand", "meets_at", "meets_in", "public_text")
        form = cls(typed, initial={name: getattr(letter, name) for name in names})
        if letter.kind != Letter.Kind.TALK:
            del form.fields["meets_at"], form.fields["meets_in"]
        if letter.kind != Letter.Kind.CIRCULAR:
            del form.fields["public_text"]
        return form


class TalkForm(EvidenceMixin):
    """The record of a talk."""

    held_at = forms.DateTimeField(label="约谈时间", help_text="例如：2026-03-19 14:30")
    place = forms.CharField(label="地点", max_length=200)
    attendees = forms.CharField(
        label="参加人员", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}), help_text="单位和职务。"
    )
    minutes = forms.CharField(label="约谈纪要", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 8}))

    field_order = ("held_at", "place", "attendees", "minutes", "file")


class UnitFilter(forms.Form):
    """A list that may be narrowed to one unit."""

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.choices = [("", "全部"), *((each.code, each.short_name) for each in units)]


class LetterFilter(UnitFilter):
    """Which letters to list."""

    state = forms.ChoiceField(
        label="情况",
        required=False,
        choices=[("", "全部"), ("waiting", "待审批"), ("unanswered", "待答复"), ("to_review", "答复待审核")],
    )
    kind = forms.ChoiceField(label="文书", required=False, choices=[("", "全部"), *Letter.Kind.choices])
    unit = forms.ChoiceField(label="单位", required=False)


class ChaseFilter(UnitFilter):
    """Which supervisions to list."""

    state = forms.ChoiceField(
        label="情况", required=False, choices=[("open", "督办中"), ("ended", "已结束"), ("all", "全部")]
    )
    rung = forms.ChoiceField(
        label="到第几级",
        required=False,
        choices=[("", "全部"), *((str(n), f"第{n}级") for n, _ in enumerate(RUNGS, 1))],
    )
    unit = forms.ChoiceField(label="单位", required=False)
