"""Collecting without network: one page that an interviewer's device keeps, and the batch that it sends later."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.views.answering import PACE
from yingshang.kernel import access, clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest

WORKER = Path(__file__).parent.parent / "static" / "surveys" / "field-worker.js"
MOST_IN_A_BATCH = 50


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def field(request: ActorRequest, code: str) -> HttpResponse:
    """Show the page that works without network; take a batch of sheets: ``1/code``, ``1/f.q1`` …, and ``attempt``.

    The page has nobody's name on it, for it stays in the device.
    """
    one = queries.survey(code)
    access.permit(request.actor, "surveys.enter", one)
    schema = _schema(one)
    if request.method == "POST":
        return _take(request, one, schema)
    context = {
        "one": one,
        "is_open": one.state == Survey.State.OPEN and clock.today() <= one.last_day,
        "drawn": forms.fields(schema),
        "required": " ".join(schema["required"]),
        "most": MOST_IN_A_BATCH,
        "code_length": rules.CODE_LENGTH,
        "letters": rules.LETTERS,
        "worker": reverse("surveys:field_worker", args=[one.code]),
    }
    return render(request, "surveys/field.html", context)


@require_safe
def field_worker(request: HttpRequest, code: str) -> HttpResponse:
    """Send the service worker from where it may watch over the page; it is the same for every survey."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def _take(request: ActorRequest, one: Survey, schema: dict[str, Any]) -> HttpResponse:
    """Lay down a batch, all or nothing. JSON: ``stored``, or ``faults`` with row and column, or ``reason``."""
    if PACE.refused(request) is not None:
        return JsonResponse({"reason": "试的次数太多，请过一分钟再发送。"}, status=429)
    try:
        attempt = UUID(request.POST.get("attempt", ""))
    except ValueError:
        return JsonResponse({"reason": "这一批没有编号，请刷新页面再发送。"}, status=400)
    sheets = _sheets(request.POST, schema)
    now = clock.now()
    try:
        count = operations.enter_paper(survey=one.code, sheets=sheets, by=request.actor, at=now, attempt=attempt)
    except Refusal as refusal:
        faults = queries.sheet_faults(one, sheets, clock.beijing_date(now))
        if any(fault.column == queries.CODE_COLUMN for fault in faults):
            PACE.count(request)
        found = [{"row": fault.row, "column": fault.column, "words": fault.words} for fault in faults]
        said = {"reason": f"{refusal.reason}{refusal.remedy}", "faults": found}
        return JsonResponse(said, status=422 if found else 409)
    return JsonResponse({"stored": count})


def _sheets(posted: QueryDict, schema: dict[str, Any]) -> list[queries.Sheet]:
    """Read every sheet as a page of the form would be read."""
    found: dict[int, dict[str, list[Any]]] = {}
    for key in posted:
        number, mark, name = key.partition("/")
        if mark and number.isascii() and number.isdecimal() and len(number) < 5:
            found.setdefault(int(number), {})[name] = posted.getlist(key)
    return [
        queries.Sheet(number, "".join(fields.get("code", [])), forms.read(schema, fields).values)
        for number, fields in sorted(found.items())
    ]


def _schema(one: Survey) -> dict[str, Any]:
    return rules.schema_of(one.title, rules.questions_of(one.version.questions))
