"""A form field that takes several files."""

from __future__ import annotations

from typing import Any

from django import forms

PHOTOS = ("image/jpeg", "image/png")


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
