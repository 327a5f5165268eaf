"""Form fields that take files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

PHOTOS = ("image/jpeg", "image/png")


def largest_upload() -> str:
    """Return how large a file this installation keeps, ``50MB``."""
    return f"{settings.YS_DOCUMENT_MAX_BYTES >> 20}MB"


class OneFileField(forms.FileField):
    """One upload, refused before anything reads it when it is larger than this installation keeps.

    help_text: may say ``{largest}``.
    """

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(help_text=format_lazy(help_text, largest=largest_upload()), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the upload, or what the field has without one."""
        upload = super().clean(data, initial)
        if upload and upload.size > settings.YS_DOCUMENT_MAX_BYTES:
            raise forms.ValidationError(
                _("文件超过%(largest)s。请去掉图片后再上传。") % {"largest": largest_upload()}, code="too_large"
            )
        return upload


class _SeveralFiles(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Zero or more uploads, clean as a list; what they hold is judged by the deed that keeps them.

    accept: media types that the control offers. camera: a phone opens its
    camera instead of the album.
    """

    widget = _SeveralFiles

    def __init__(self, *, accept: tuple[str, ...] = PHOTOS, camera: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"accept": ",".join(accept), "multiple": True}
        if camera:
            self.widget.attrs["capture"] = "environment"

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads as a list; empty where nothing was chosen and nothing is required."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]
