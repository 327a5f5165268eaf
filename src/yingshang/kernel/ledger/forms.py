"""What people bring to the ledger's public pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.ledger.proof_check import LARGEST_FILE


class ProofForm(forms.Form):
    """A proof file, or its text."""

    file = forms.FileField(
        label=_("证明文件"), help_text=_("从存证记录页面下载的文件，扩展名为 .tlog-proof。"), required=False
    )
    text = forms.CharField(
        label=_("或者粘贴文件里的文字"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
        strip=False,
        max_length=LARGEST_FILE,
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("证明文件只有几千字节，这个文件太大了。请核对是不是选错了文件。"))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("请选择证明文件，或者粘贴文件里的文字。"))
        return cleaned

    def proof(self) -> str:
        """Return the text that was brought; unreadable bytes become signs that no proof has."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None:
            return bytes(file.read()).decode("utf-8", "replace").replace("\r\n", "\n")
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").rstrip("\n") + "\n"
