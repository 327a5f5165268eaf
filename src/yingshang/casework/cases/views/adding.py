"""Pages on which an applicant corrects, and supplies what was to come later."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.queries import Wanted
from yingshang.kernel import clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, number: str) -> HttpResponse:
    """Show the one notice, take a file for each material, and the form where it was named."""
    found = queries.own_case(request.actor, number)
    wanted = queries.corrections_wanted(found)
    if not wanted:
        return redirect("cases:mine_case", number)
    schema = catalogue.version(found.version_id).content.form
    asks_form = bool(schema) and any(not one.key for one in wanted)
    answers: forms.Answers | None = None
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = _take(request, found, wanted)
        answers = forms.read(schema, request.POST) if asks_form else None
        if not errors and "send" in request.POST and (answers is None or answers.are_good):
            errors = _sent(request, found, answers)
            if not errors:
                messages.success(request, _("补正已提交，承办单位会继续办理。"))
                return redirect("cases:mine_case", number)
        wanted = queries.corrections_wanted(queries.own_case(request.actor, number))
    drawn = None
    if asks_form:
        values, faults = (answers.values, answers.faults) if answers else (found.answers, [])
        drawn = forms.fields(schema, values, faults)
        errors += list(drawn.errors)
    return _page(request, "cases/mine/correct.html", found, wanted, errors, {"drawn": drawn})


@require_http_methods(["GET", "POST"])
def supply(request: ActorRequest, number: str) -> HttpResponse:
    """Take the materials that were to come later."""
    found = queries.own_case(request.actor, number)
    wanted = queries.supplies_wanted(found)
    if not wanted:
        return redirect("cases:mine_case", number)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = _take(request, found, wanted)
        if not errors and "send" in request.POST:
            try:
                operations.hand_in_supplies(
                    number=number, keys=[one.key for one in wanted], by=request.actor, at=clock.now()
                )
                messages.success(request, _("已补交。"))
                return redirect("cases:mine_case", number)
            except Refusal as refusal:
                errors = [(f"{refusal.reason}{refusal.remedy}", "")]
        wanted = queries.supplies_wanted(found)
    return _page(request, "cases/mine/supply.html", found, wanted, errors, {})


def _take(request: ActorRequest, found: Case, wanted: tuple[Wanted, ...]) -> list[tuple[str, str]]:
    """Take the files that came with the page, each field named after its material."""
    errors = []
    for one in wanted:
        for file in request.FILES.getlist(f"files-{one.key}") if one.key else ():
            try:
                operations.take(
                    stream=cast("BinaryIO", file.file),
                    material=one.key,
                    name=file.name or "",
                    size=file.size or 0,
                    media_type=file.content_type or "",
                    case=found.number,
                    by=request.actor,
                    at=clock.now(),
                )
            except Refusal as refusal:
                errors.append((f"“{file.name}”：{refusal.reason}{refusal.remedy}", f"files-{one.key}"))
    return errors


def _sent(request: ActorRequest, found: Case, answers: forms.Answers | None) -> list[tuple[str, str]]:
    try:
        operations.hand_in_correction(
            number=found.number, answers=answers.values if answers else None, by=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        return [(f"{refusal.reason}{refusal.remedy}", "")]
    return []


def _page(
    request: ActorRequest,
    template: str,
    found: Case,
    wanted: tuple[Wanted, ...],
    errors: list[tuple[str, str]],
    more: dict[str, Any],
) -> HttpResponse:
    with_files: dict[str, Wanted] = {}
    for one in wanted:
        if one.key:
            with_files.setdefault(one.key, one)
    values = {
        "case": found,
        "wanted": wanted,
        "with_files": with_files.values(),
        "errors": errors,
        "largest": settings.YS_DOCUMENT_MAX_BYTES >> 20,
        **more,
    }
    return render(request, template, values, status=422 if errors else 200)
