"""Answering: a code, one question a page, a look at the whole, done. No log-in; nothing is kept on the way.

What was answered so far travels in the page itself, so an abandoned sheet
leaves nothing behind on the platform; with script the phone keeps it for a day.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.forms import CodeForm
from yingshang.conduct.surveys.operations.answering import no_such_code
from yingshang.kernel import clock, forms
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import Pace

PACE = Pace("surveys.answer")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then question after question, then lay the sheet down. Codes that open nothing are counted."""
    if request.method != "POST":
        return _begin(request, CodeForm(), 200)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _begin(request, form, 422)
    if (slower := PACE.refused(request)) is not None:
        return slower
    code = form.cleaned_data["code"]
    behind = queries.form_behind(rules.code_digest(code), clock.today())
    if behind is None:
        return _not_accepted(request, form, no_such_code())
    so_far = _so_far(behind.schema, request.POST.get("so_far", ""))
    if "submit" in request.POST:
        return _submit(request, form, behind, so_far)
    return _ask(request, code, behind, so_far)


@never_cache
@require_safe
def demo_card(request: HttpRequest) -> HttpResponse:
    """Show one card of the demo survey to whoever asks, any one that nobody has used. Demo mode only."""
    one = queries.demo_survey(clock.today()) if settings.YS_DEMO else None
    if one is None:
        raise NotFound(_("演示答题卡"))
    return render(request, "surveys/demo_card.html", {"one": one, "code": queries.demo_card(one)})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank; the page knows nothing of the sheet."""
    return render(request, "surveys/thanks.html")


def _ask(request: HttpRequest, code: str, behind: queries.FormBehind, so_far: dict[str, Any]) -> HttpResponse:
    pages = forms.pages(behind.schema)
    given = request.POST.get("page", "")
    number = min(int(given), len(pages) + 1) if given.isdecimal() and len(given) < 4 else 0
    faults: list[forms.Fault] = []
    if "back" in request.POST:
        number = max(number - 1, 1)
    elif number and number <= len(pages):
        answers = forms.read(behind.schema, request.POST, page=pages[number - 1], so_far=so_far)
        so_far, faults = answers.values, answers.faults
        number += not faults
    else:
        number = max(number, 1)
    context = {
        "behind": behind,
        "code": code,
        "so_far": json.dumps(so_far, ensure_ascii=False),
        "page": number,
        "count": len(pages),
    }
    if number > len(pages):
        context["rows"] = [
            {"key": row.label, "value": row.shown or "（没有答）"} for row in forms.rows(behind.schema, so_far)
        ]
        return render(request, "surveys/look.html", context)
    page = pages[number - 1]
    context |= {"drawn": forms.fields(behind.schema, so_far, faults, page=page), "title": page.title}
    return render(request, "surveys/question.html", context, status=422 if faults else 200)


def _submit(request: HttpRequest, form: CodeForm, behind: queries.FormBehind, so_far: dict[str, Any]) -> HttpResponse:
    try:
        operations.answer(code=form.cleaned_data["code"], values=so_far, on=clock.today())
    except Refusal as refusal:
        if refusal.code == no_such_code().code:
            twice = _("如果您刚才已经提交过，就是已经收到了，不用再交。")
            return _not_accepted(request, form, refusal, twice)
        raise
    return redirect("surveys:thanks")


def _not_accepted(request: HttpRequest, form: CodeForm, refusal: Refusal, also: str = "") -> HttpResponse:
    PACE.count(request)
    form.add_error("code", f"{also}{refusal.reason}{refusal.remedy}")
    return _begin(request, form, 409)


def _begin(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    has_demo_cards = settings.YS_DEMO and queries.demo_survey(clock.today()) is not None
    return render(request, "surveys/code.html", {"form": form, "has_demo_cards": has_demo_cards}, status=status)


def _so_far(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the answers that the page carried, without those that somebody has tampered with."""
    try:
        carried = json.loads(text[:100_000])
    except ValueError:
        return {}
    if not isinstance(carried, dict):
        return {}
    known = {key: value for key, value in carried.items() if key in schema["properties"]}
    faulty = {fault.path.split(".")[0] for fault in forms.judge(schema, known)}
    return {key: value for key, value in known.items() if key not in faulty}
