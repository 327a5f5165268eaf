"""What people type, choose and hand in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.web import offer
from yingshang.registers.credentials.models import Credential, Kind
from yingshang.registers.credentials.queries.verifying import LARGEST_FILE
from yingshang.registers.credentials.rules import LONGEST_VALUE

CAUSES = [("lost", _("遗失")), ("damaged", _("损坏")), ("changed", _("内容变更"))]


class CodeForm(forms.Form):
    """The code under the QR code, and the number."""

    code = forms.CharField(
        label=_("核验码"), max_length=40, help_text=_("二维码旁边的16位数字和字母，横线写不写都可以。")
    )
    number = forms.CharField(
        label=_("证照编号"), max_length=60, required=False, help_text=_("写了编号，会一起核对；不写也可以。")
    )


class FileForm(forms.Form):
    """A PDF that is said to be a credential."""

    file = forms.FileField(
        label=_("证照文件（PDF）"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("持证人下载的原件。文件只在核验时读取，不会保存。"),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("证照文件不会超过10 MB，请核对是不是选错了文件。"))
        return file


class IssuedFilter(forms.Form):
    """Which of the unit's credentials to list."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("证照种类"), required=False)
    number = forms.CharField(label=_("编号开头"), required=False, max_length=60)

    def __init__(self, *args: Any, kinds: list[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (
            ("state", Credential.State.choices),
            ("kind", sorted({kind.code: kind.title for kind in kinds}.items())),
        ):
            offer(self, name, [("", _("全部")), *choices])


class TakeAway(forms.Form):
    """Why a credential is revoked or cancelled."""

    reason = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("写到哪一条，例如《行政许可法》第六十九条。"))


class Renewal(forms.Form):
    """When the holder applied, and how long the new version holds."""

    applied_on = forms.DateField(label=_("收到延续申请的日期"), widget=forms.DateInput)
    valid_to = forms.DateField(
        label=_("新的有效期到哪一天"), widget=forms.DateInput, required=False, help_text=_("不填按这种证照的最长年限。")
    )


class Replacement(forms.Form):
    """Why a new version is needed, and what it says; the fields are those of the kind."""

    cause = forms.ChoiceField(label=_("为什么换发"), choices=CAUSES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, credential: Credential, **options: Any) -> None:
        super().__init__(*args, **options)
        for row in credential.kind.fields:
            self.fields[f"field-{row['key']}"] = forms.CharField(
                label=row["label"],
                required=row["required"],
                max_length=LONGEST_VALUE,
                initial=credential.fields.get(row["key"], ""),
            )

    def values(self) -> dict[str, str]:
        """Return the values of the fields by their keys."""
        return {
            name.removeprefix("field-"): value for name, value in self.cleaned_data.items() if name.startswith("field-")
        }


def today_first(on: date) -> dict[str, str]:
    """Return the initial values of a renewal that is entered today."""
    return {"applied_on": on.isoformat()}
