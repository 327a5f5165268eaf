"""One form on one page: shown, checked, carried out, and what a refusal says is put above what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What stands around a form. back: (words, address) of the page before. facts: rows of a summary list."""

    heading: str
    button: str
    back: tuple[str, str]
    caption: str = ""
    intro: Sequence[str] = ()
    facts: Sequence[dict[str, Any]] = ()
    warn: bool = False


def answer(
    request: ActorRequest,
    form: forms.Form,
    asking: Asking,
    *,
    do: Callable[[], tuple[str, str]],
) -> HttpResponse:
    """Show the form, or carry out the deed and go on.

    do: reads ``form.cleaned_data`` and returns (what to tell, where to go).
    What it refuses is shown in the form with 422; nothing that was typed is lost.
    """
    if form.is_valid():
        try:
            said, address = do()
        except Refusal as refusal:
            source = f"（{refusal.source}）" if refusal.source else ""
            form.add_error(None, f"{refusal.reason}{refusal.remedy}{source}")
        else:
            messages.success(request, said)
            return redirect(address)
    return render(
        request, "catalogue/form.html", {"form": form, "asking": asking}, status=422 if form.is_bound else 200
    )
