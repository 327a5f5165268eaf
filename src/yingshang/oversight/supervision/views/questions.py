"""Pages that ask the one question of a deed, do it, and go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yingshang.kernel import access, clock
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.supervision.forms.reports import WordsForm

Made = TypeVar("Made")


@dataclass(frozen=True)
class Deed:
    """One thing that may be done with a subject.

    title: of its page and link. button: its word. action: whose policy
    decides. states: of the subject in which it may be done. form: (subject,
    *posted) → form. do: (request, subject, given) → anything. said: afterwards.
    facts: subject → more of the page.
    """

    title: str
    button: str
    action: str
    states: frozenset[str]
    form: Callable[..., Any]
    do: Callable[[ActorRequest, Any, dict[str, Any]], Any]
    said: str
    facts: Callable[[Any], Mapping[str, Any]] = field(default=lambda _subject: {})


def open_to(request: ActorRequest, subject: Any, deeds: Mapping[str, Deed]) -> list[tuple[str, Deed]]:
    """Return the deeds that the subject's state and the actor's posts allow, by name."""
    return [
        (name, deed)
        for name, deed in deeds.items()
        if subject.state in deed.states and access.may(request.actor, deed.action, subject) is None
    ]


def ask(
    request: ActorRequest, subject: Any, deed: Deed, *, crumbs: Sequence[tuple[str, str]], back: str
) -> HttpResponse:
    """Draw the page of a deed; on a valid form do it, say so, and go back.

    crumbs: words and addresses on the way here. back: address to go to.
    """
    access.permit(request.actor, deed.action, subject)
    form = deed.form(subject, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_valid():
        page = {"form": form, "deed": deed, "crumbs": [*crumbs, (deed.title, "")], **deed.facts(subject)}
        return render(request, "supervision/question.html", page, status=422 if form.is_bound else 200)
    deed.do(request, subject, form.cleaned_data)
    messages.success(request, deed.said)
    return redirect(back)


def attempt(form: forms.Form, deed: Callable[[], Made]) -> Made | None:
    """Do a deed and return what it made; None when it is refused, and the form says why. Nothing typed is lost."""
    try:
        return deed()
    except Refusal as refusal:
        form.add_error(None, f"{refusal.reason}{refusal.remedy}")
        return None


def doing(operation: Callable[..., Any], key: str, **named: str) -> Callable[[ActorRequest, Any, dict[str, Any]], Any]:
    """Return what a deed does: the operation, by the actor and now, on the subject and with what was typed.

    key: what the operation calls the subject. named: what it calls a field
    of the form → the field; ``papers`` are handed over as streams.
    """

    def do(request: ActorRequest, subject: Any, given: dict[str, Any]) -> Any:
        typed = {name: papers(given) if field == "papers" else given[field] for name, field in named.items()}
        return operation(**{key: subject.pk}, **typed, by=request.actor, at=clock.now())

    return do


def words(label: str, hint: str = "") -> Callable[..., WordsForm]:
    """Return what makes the form with one text."""
    return lambda _subject, *given: WordsForm(*given, label=label, hint=hint)


def papers(given: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """Return the uploads of a form as streams with name and media type."""
    return [(each.file, each.name, each.content_type or "") for each in given["papers"]]
