"""Questions of a situation, one to a page, and the list of what is asked for in it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, xlsx_out
from yingshang.registers.catalogue import queries
from yingshang.registers.catalogue.queries.guides import guide_of
from yingshang.registers.catalogue.queries.versions import Version, materials_for
from yingshang.registers.catalogue.rules.asking import asked_before, counting, next_question, told
from yingshang.registers.catalogue.views.guides import showing

ASKED = "asked"  # the question that the form was shown for


@require_safe
def ask(request: ActorRequest, slug: str, key: str = "") -> HttpResponse:
    """Show one question, or lead to the next; after the last, to the materials.

    The answers travel in the address: Back brings the page before with its
    answer, and nothing is stored.
    """
    version = queries.version_on(slug, clock.today())
    content = version.content
    answers = counting(content, showing.given(request))
    is_missing = False
    if not key:
        following = next_question(content, answers)
        if following is None:
            return redirect(_address("catalogue:situation_materials", slug, answers))
        if request.GET.get(ASKED) != following.key:
            return redirect(_address("catalogue:situation_question", slug, answers, following.key))
        key, is_missing = following.key, True
    question = next((each for each in content.situations if each.key == key), None)
    if question is None:
        raise NotFound(_("这个问题"))
    before = asked_before(content, key, answers)
    context = {
        "version": version,
        "question": question,
        "before": before,
        "told": told(content, before),
        "chosen": answers.get(key, ""),
        "is_missing": is_missing,
        "back": _back(version, before),
        "own": reverse("catalogue:guide", args=[slug]),
    }
    return render(request, "catalogue/guides/question.html", context, status=422 if is_missing else 200)


@require_safe
def materials(request: ActorRequest, slug: str) -> HttpResponse:
    """Show what applies to the answers in the address: materials, fees, and the way to apply; made to be printed."""
    today = clock.today()
    version = queries.version_on(slug, today)
    content = version.content
    answers = counting(content, showing.given(request))
    if next_question(content, answers) is not None:
        return redirect(_address("catalogue:situation", slug, answers))
    shown = guide_of(version, today)
    listed = showing.materials_table(
        content, materials_for(content, answers), request, name=_("要准备的材料"), with_situation=False
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    answered = [
        (question, words, _address("catalogue:situation_question", slug, answers, question.key))
        for question, words in told(content, answers)
    ]
    fees = shown.fees_in(answers)
    context = {
        "guide": shown,
        "version": version,
        "answered": answered,
        "materials": listed,
        "left_out": len(content.materials) - len(list(listed.rows)),
        "fees": showing.fees_table(fees) if fees else None,
        "apply_links": showing.apply_links(request, version),
        "own": reverse("catalogue:guide", args=[slug]),
    }
    return render(request, "catalogue/guides/materials.html", context)


def _back(version: Version, before: Mapping[str, str]) -> str:
    """Return the page before a question: the question before it, with its answer, or the guide."""
    if not before:
        return reverse("catalogue:guide", args=[version.slug])
    return _address("catalogue:situation_question", version.slug, before, list(before)[-1])


def _address(name: str, slug: str, answers: Mapping[str, str], *more: str) -> str:
    address = reverse(name, args=[slug, *more])
    return f"{address}?{urlencode(answers)}" if answers else address
