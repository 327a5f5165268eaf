"""Forms of the calendar and of the limits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.clock.notice_files import UnreadableNotice, read_notice
from yingshang.methods import dates

SALT = "clock.notice"
FRESH = 60 * 60


class LimitFilter(forms.Form):
    """Narrow the list of limits."""

    q = forms.CharField(label=_("名称、代码或依据"), required=False, max_length=60)
    own = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("", _("全部")), ("no", _("国家规定")), ("yes", _("本县规定"))],
    )

    def own_or_national(self) -> bool | None:
        """Return True for the county's own, False for national law, None for both."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("own", ""))


class CalendarUpload(forms.Form):
    """A year's notice as a file."""

    file = forms.FileField(
        label=_("放假安排文件"),
        help_text=_(
            "表格（.xlsx或.csv），表头为：日期、休/班、通知文号，可以再加“节日”一列；或者与已有日历相同格式的YAML文件。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.yaml,.yml"}),
    )
    compared = forms.BooleanField(
        label=_("文号和每一天都已对照国务院办公厅通知原文核对"),
        required=False,
        help_text=_("没有核对的，会列入待核清单。"),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file; each fault is one line of the error summary."""
        cleaned = super().clean() or {}
        if "file" in cleaned:
            try:
                notice = read_notice(cleaned["file"].name, cleaned["file"].read())
            except UnreadableNotice as unreadable:
                for fault in unreadable.faults[:20]:
                    self.add_error("file", fault)
            else:
                if cleaned.get("compared"):
                    notice["notices"] = [{"number": n["number"], "confirmed": True} for n in notice["notices"]]
                cleaned["notice"] = notice
        return cleaned


class CalendarConfirmation(forms.Form):
    """The notice that was shown, carried signed from the preview to the deed."""

    notice = forms.CharField(widget=forms.HiddenInput)

    def clean_notice(self) -> dict[str, Any]:
        """Return the notice. An altered or old one is refused."""
        try:
            plain = signing.loads(self.cleaned_data["notice"], salt=SALT, max_age=FRESH)
        except signing.BadSignature:
            raise forms.ValidationError(_("预览已过期，请重新上传文件。")) from None
        return dates.notice_from_plain(plain)


def sealed(notice: dict[str, Any]) -> str:
    """Return a notice as the text that ``CalendarConfirmation`` takes back unaltered."""
    return signing.dumps(dates.notice_to_plain(notice), salt=SALT, compress=True)
