"""Three short pages to report a problem. Nothing is stored before the last is sent; what was typed travels along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yingshang.kernel import clock
from yingshang.kernel.errors import Refusal
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.reports import UNKNOWN, ReachForm, WhatForm, WhereForm
from yingshang.oversight.supervision.forms.sending import note_sent, sent_on
from yingshang.oversight.supervision.rules import reports as rules
from yingshang.oversight.supervision.views.reports.codes import qr_picture


@never_cache
@require_http_methods(["GET"])
def what(request: HttpRequest) -> HttpResponse:
    """Ask what happened."""
    return _page(request, 1, WhatForm.fresh(shortest=_shortest()), {})


@never_cache
@require_http_methods(["GET", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Take what happened, ask where."""
    if request.method == "GET":
        return redirect("supervision:report")
    told = WhatForm(request.POST, shortest=_shortest())
    if not told.is_valid():
        return _page(request, 1, told, {})
    return _page(request, 2, WhereForm(units=_units()), told.cleaned_data)


@never_cache
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Take where, ask for photos and how to reach the reporter."""
    if request.method == "GET":
        return redirect("supervision:report")
    told, place = WhatForm(request.POST, shortest=_shortest()), WhereForm(request.POST, units=_units())
    if not told.is_valid():
        return _page(request, 1, told, {})
    if not place.is_valid():
        return _page(request, 2, place, told.cleaned_data)
    return _page(request, 3, ReachForm(), told.cleaned_data | place.cleaned_data)


@never_cache
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take the report in and give the receipt; sent again, the same receipt."""
    if request.method == "GET":
        return redirect("supervision:report")
    told, place = WhatForm(request.POST, shortest=_shortest()), WhereForm(request.POST, units=_units())
    own = ReachForm(request.POST, request.FILES)
    if not told.is_valid():
        return _page(request, 1, told, {})
    if not place.is_valid():
        return _page(request, 2, place, told.cleaned_data)
    typed = told.cleaned_data | place.cleaned_data
    if not own.is_valid():
        return _page(request, 3, own, typed)
    today = clock.today()
    unit = typed["unit"] if typed["unit"] != UNKNOWN else ""
    try:
        filed = operations.file_report(
            key=typed["key"],
            text=typed["text"],
            place=typed["place"],
            unit=unit,
            contact=own.cleaned_data["contact"],
            photos=[photo.read() for photo in own.cleaned_data["photos"]],
            sent_today=sent_on(request, today),
            at=clock.now(),
        )
    except Refusal as refusal:
        own.add_error(None, f"{refusal.reason}{refusal.remedy}")
        return _page(request, 3, own, typed)
    note_sent(request, today)
    return render(request, "supervision/report_receipt.html", receipt(request, filed))


def receipt(request: HttpRequest, filed: operations.Filed) -> dict[str, Any]:
    """Return what the receipt prints. The picture leads to the status page with the number, never with the code."""
    address = request.build_absolute_uri(f"{reverse('supervision:report_status')}?number={filed.report.public_no}")
    triage = filed.report.triage
    return {
        "number": filed.report.public_no,
        "code": filed.code,
        "picture": qr_picture(address),
        "triage_due": triage.due_date if triage else None,
        "calls": queries.rules_of_county().reports.calls if filed.report.risk_word else {},
    }


def _shortest() -> int:
    return queries.rules_of_county().reports.shortest_text


def _units() -> list[Any]:
    return queries.units_to_name(clock.today())


def _page(request: HttpRequest, step: int, form: Any, typed: dict[str, Any]) -> HttpResponse:
    """Draw one of the three pages; emergency numbers come first where what was typed speaks of danger."""
    county = queries.rules_of_county().reports
    said = " ".join(str(typed.get(name, "")) for name in ("text", "place")) + str(form.data.get("text", ""))
    context = {
        "step": step,
        "form": form,
        "carried": {name: typed[name] for name in ("key", "text", "place", "unit") if name in typed},
        "to": ("supervision:report_where", "supervision:report_reach", "supervision:report_send")[step - 1],
        "calls": county.calls,
        "danger": rules.risk_word(said, county.risk_words),
        "most_photos": county.photos,
        "photo_mb": county.photo_bytes >> 20,
    }
    return render(request, "supervision/report_step.html", context, status=422 if form.is_bound else 200)
