"""Enter an application that came in on paper: choose the item, then applicant, situation, form and materials."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms.window import WindowForm
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.views.desk.doing import key_in
from yingshang.casework.cases.views.desk.standing import need_desk
from yingshang.kernel import clock, forms, web
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column
from yingshang.registers.catalogue import api as catalogue

NOT_ASKED = ("shared", "generated")


@require_safe
def enter_choose(request: ActorRequest) -> HttpResponse:
    """List the items of the unit, to choose what the paper asks for. Queries: fixed."""
    _need_window(request)
    rows = catalogue.published(clock.today(), unit=request.actor.unit)
    page = web.keyset(rows, request, order=("title", "pk"))
    columns = [
        Column(
            title=_("事项"),
            value="title",
            heads=True,
            width=40,
            href=lambda row: reverse("cases:desk_enter", args=[row.item.slug]),
        ),
        Column(title=_("编码"), value="item.code", kind="code", width=34),
        Column(title=_("版本"), value="number", kind="number"),
    ]
    listed = web.table(columns, page, request=request, name=_("本单位事项"), empty=_("本单位没有在办的事项。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(listed.with_rows(rows))
    return render(request, "cases/desk/enter_choose.html", {"table": listed})


@require_http_methods(["GET", "POST"])
def enter(request: ActorRequest, item: str) -> HttpResponse:
    """Ask for what stands on the paper, and take it in with its true day of receipt."""
    _need_window(request)
    now = clock.now()
    version = catalogue.version_on(item, clock.beijing_date(now))
    posted = request.POST if request.method == "POST" else None
    situation = _situation(version, posted or {})
    schema = version.content.form
    answers = forms.read(schema, posted) if schema and posted is not None else None
    first = {"received_on": clock.beijing_date(now), "received_time": now.astimezone(clock.BEIJING).strftime("%H:%M")}
    form = WindowForm(posted, initial=first)
    again = posted is not None and ("refresh" in posted or (answers is not None and answers.asks_again))
    refusal = None
    if posted is not None and not again and form.is_valid():
        try:
            case = operations.take_at_the_window(
                version=version.pk,
                answers={name: value for name, value in (answers.values if answers else {}).items() if value != ""},
                situation=situation,
                papers=_papers(version, situation, posted),
                received_at=form.received_at(),
                paper_no=form.cleaned_data["paper_no"],
                because=form.cleaned_data["because"],
                channel=form.cleaned_data["channel"],
                by=request.actor,
                at=now,
                idempotency_key=key_in(request),
                **form.applicant(),
            )
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("已收件，办件编号%(number)s。") % {"number": case.number})
            return redirect("cases:desk_case", case.number)
    values = {
        "version": version,
        "form": WindowForm(initial=posted.dict()) if again and posted is not None else form,
        "questions": [(one, situation.get(one.key, "")) for one in queries.asked(version, situation)],
        "materials": _materials(version, situation, posted or {}),
        "drawn": forms.fields(schema, answers.values if answers else None) if schema else None,
        "refusal": refusal,
        "attempt": key_in(request) if posted is not None and not again else secrets.token_hex(8),
    }
    failed = posted is not None and not again
    return render(request, "cases/desk/enter.html", values, status=422 if failed else 200)


def _need_window(request: ActorRequest) -> None:
    need_desk(request)
    if not request.actor.holds("cases.receive"):
        raise NotFound(_("这个页面"))


def _situation(version: catalogue.Version, posted: Any) -> dict[str, str]:
    """Return the answers that fit, question after question: a later one may depend on an earlier."""
    found: dict[str, str] = {}
    for question in catalogue.situations(version):
        answer = posted.get(f"situation-{question.key}", "")
        fits = all(found.get(key) in wanted for key, wanted in question.applies.items())
        if fits and answer in {one.key for one in question.answers}:
            found[question.key] = answer
    return found


def _materials(version: catalogue.Version, situation: dict[str, str], posted: Any) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "title": one.title, "required": one.required, "in": bool(posted.get(f"paper-{one.key}"))}
        for one in catalogue.materials_for(version, situation)
        if one.source_kind not in NOT_ASKED
    ]


def _papers(version: catalogue.Version, situation: dict[str, str], posted: Any) -> list[Paper]:
    return [Paper(key=row["key"], given=Given.PAPER) for row in _materials(version, situation, posted) if row["in"]]
