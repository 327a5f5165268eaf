"""One form on one page: shown, checked, carried out, and what a refusal says is put above what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What stands around a form.

    back: (words, address) of the page before. facts: rows of a summary list
    above the form. intro: sentences. has_file: the form takes a file.
    """

    heading: str
    button: str
    back: tuple[str, str]
    caption: str = ""
    intro: Sequence[str] = ()
    facts: Sequence[dict[str, Any]] = ()
    has_file: bool = False


def answer(
    request: ActorRequest,
    form: forms.Form,
    asking: Asking,
    *,
    do: Callable[[dict[str, Any]], tuple[str, str]],
) -> HttpResponse:
    """Show the form, or carry out the deed and go on.

    do: cleaned values → (what to tell, where to go). What it refuses is shown
    in the form with 422; nothing that was typed is lost.
    """
    if form.is_valid():
        try:
            said, address = do(form.cleaned_data)
        except Refusal as refusal:
            source = f"（{refusal.source}）" if refusal.source else ""
            form.add_error(None, f"{refusal.reason}{refusal.remedy}{source}")
        except NotFound as missing:
            form.add_error(None, _("没有找到%(what)s。请核对填写的内容。") % {"what": missing.what})
        else:
            messages.success(request, said)
            return redirect(address)
    status = 422 if form.is_bound else 200
    return render(request, "inspections/form.html", {"form": form, "asking": asking}, status=status)
