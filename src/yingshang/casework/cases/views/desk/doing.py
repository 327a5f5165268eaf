"""One deed on one page. Of two people who do it at once, the second sees who was first and keeps what they typed."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.views.desk.deeds import DEEDS, Deed, Doing
from yingshang.casework.cases.views.desk.standing import case_of
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.web import ActorRequest

LONGEST_KEY = 40


@require_http_methods(["GET", "POST"])
def do(request: ActorRequest, number: str, deed: str) -> HttpResponse:
    """Ask for what a deed needs, do it, issue its paper, and go back to the case."""
    if deed not in DEEDS:
        raise NotFound(_("这项办理"))
    one, wanted = case_of(request, number), DEEDS[deed]
    if request.method != "POST":
        _refuse_what_is_closed(one, request, wanted)
        return _page(request, one, wanted, wanted.form(one, None))
    if not _stands(one, request, wanted):
        return _page(request, one, wanted, wanted.form(one, request.POST), overtaken=True)
    form = wanted.form(one, request.POST)
    if not form.is_valid():
        return _page(request, one, wanted, form, status=422)
    doing = Doing(
        case=one,
        by=request.actor,
        at=clock.now(),
        data=form.cleaned_data,
        version=version_in(request),
        key=key_in(request),
    )
    try:
        wanted.run(doing)
    except Stale:
        return _page(request, case_of(request, number), wanted, form, overtaken=True)
    except Refusal as refusal:
        return _page(request, one, wanted, form, refusal=refusal, status=409)
    issue_after(request, one, wanted.paper)
    messages.success(request, _("已办理：%(title)s。") % {"title": wanted.title})
    return redirect("cases:desk_case", number)


def issue_after(request: ActorRequest, one: Case, paper: str) -> None:
    """Issue the paper that goes with a deed; what keeps it from being issued now is said, the deed stands."""
    if not paper:
        return
    try:
        operations.issue_paper(case_id=one.pk, kind=paper, by=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, f"{refusal.reason}{refusal.remedy}")


def version_in(request: ActorRequest) -> int | None:
    """Return the version of the case that the page showed; None where it bore none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < len("9999999999") else None


def key_in(request: ActorRequest) -> str:
    """Return the name of the attempt that the page bore."""
    return request.POST.get("attempt", "")[:LONGEST_KEY]


def guards(request: ActorRequest, one: Case) -> dict[str, Any]:
    """Return the hidden fields of a page on which something is done to a case. Queries: 1."""
    return {"version": queries.step_version(one, request.actor), "attempt": secrets.token_hex(8)}


def _stands(one: Case, request: ActorRequest, wanted: Deed) -> bool:
    """Whether the deed may still be asked for; where the same attempt was made before, the operation says so itself."""
    return wanted.name in queries.possible_deeds(one, request.actor) or operations.was_done(one, key_in(request))


def _refuse_what_is_closed(one: Case, request: ActorRequest, wanted: Deed) -> None:
    open_deeds = queries.possible_deeds(one, request.actor)
    if wanted.name not in open_deeds:
        who, what = queries.first_of(one)
        raise Refusal(
            "cases.not_now",
            f"办件{one.number}现在不能办理“{wanted.title}”，最近一次办理是{who}的“{what}”。",
            "请回到办件页面，看现在可以办理什么。",
        )
    refusal = open_deeds[wanted.name]
    if refusal is not None:
        raise refusal


def _page(
    request: ActorRequest,
    one: Case,
    wanted: Deed,
    form: Any,
    *,
    overtaken: bool = False,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {
        "case": one,
        "deed": wanted,
        "form": form,
        "refusal": refusal,
        "overtaken": overtaken,
        **guards(request, one),
    }
    if overtaken:
        who, what = queries.first_of(one)
        values |= {
            "who": who,
            "what": what,
            "still": wanted.name in queries.possible_deeds(one, request.actor),
            "typed": [(bound.label, bound.value()) for bound in form if bound.value()],
        }
    return render(request, "cases/desk/deed.html", values, status=409 if overtaken else status)
