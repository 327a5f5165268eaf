"""The one form of documents: hand in a PDF to have its seals checked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SealedFileForm(forms.Form):
    """A PDF that bears a seal, or is said to."""

    file = forms.FileField(
        label=_("盖过电子印章的PDF文件"), widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )
