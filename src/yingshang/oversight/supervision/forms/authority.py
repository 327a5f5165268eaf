"""The authority to supervise, as its document states it."""

from __future__ import annotations

from django import forms

A_FILE = {"required": "请选择批准文件。", "empty": "这个文件是空的，请重新选择。"}


class AuthorityForm(forms.Form):
    """The approval by which the unit may supervise."""

    approval_no = forms.CharField(label="批准文号", max_length=60, help_text="例如：木政函〔2026〕3号")
    text = forms.CharField(label="文件名称", max_length=200)
    issuer = forms.CharField(label="批准机关", max_length=120, help_text="例如：县人民政府")
    approved_on = forms.DateField(label="批准日期", help_text="例如：2026-03-02")
    valid_from = forms.DateField(label="从哪天起有效", help_text="例如：2026-03-02")
    valid_to = forms.DateField(label="最后一天", required=False, help_text="文件没有写明的，空着。")
    file = forms.FileField(label="批准文件", help_text="扫描件（PDF）或电子文件。", error_messages=A_FILE)


class ReasonForm(forms.Form):
    """Why something is ended or taken out."""

    reason = forms.CharField(
        label="原因",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明原因。"},
    )
