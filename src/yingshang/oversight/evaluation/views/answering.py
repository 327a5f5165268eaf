"""One way for every form: show it, do the deed, say what was refused above the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest


def answered(
    request: ActorRequest, form: forms.Form, deed: Callable[[dict[str, Any]], Any], *, back: str, **shown: Any
) -> HttpResponse:
    """Show the form; sent in and valid, do the deed and go back. A refusal stands above the fields, with 409.

    shown: what the page says: title, button, and if wanted hint, crumb and table.
    """
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, f"{refusal.reason}{refusal.remedy}")
            return render(request, "evaluation/form.html", {"form": form, "back": back, **shown}, status=409)
        messages.success(request, _("已办理。"))
        return redirect(back)
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/form.html", {"form": form, "back": back, **shown}, status=status)


def evidence_of(upload: Any) -> tuple[str, str, Any] | None:
    """Return an upload as deeds take it: file name, media type, stream; None for none."""
    return (upload.name, upload.content_type or "application/octet-stream", upload) if upload else None
