"""My cases: the list, one with its history, receipt and papers, and what may be done about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms.mine import WithdrawForm
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.queries import Wanted
from yingshang.casework.cases.views.papers import application_paper, as_pdf, limit_words, next_words, receipt_paper
from yingshang.kernel import clock, forms, typesetting, web
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials import api as credentials

MOST_EXPORTED = 5_000

COLUMNS = [
    web.Column(
        title="办件编号",
        value="number",
        kind="code",
        heads=True,
        href=lambda row: reverse("cases:mine_case", args=[row["number"]]),
        width=20,
    ),
    web.Column(title="事项", value="title", width=30),
    web.Column(title="进展", value="state"),
    web.Column(title="期限", value="lamp", kind="lamp"),
    web.Column(title="最晚", value="due_date", kind="date"),
    web.Column(title="提交时间", value="received_at", kind="moment"),
]


@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """List the cases of the party that the person acts for, and its drafts."""
    page = web.keyset(queries.own_cases(request.actor), request, order=("-pk",))
    listed = replace(
        web.table(COLUMNS, page, request=request, name=_("我的办件"), empty=_("还没有办件。")), rows=_rows(page.rows)
    )
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(listed.with_rows(_rows(list(queries.own_cases(request.actor)[:MOST_EXPORTED]))))
    values = {
        "table": listed,
        "drafts": queries.listed_drafts(request.actor),
        "waiting": queries.waiting_cases(request.actor),
        "acts": bool(request.actor.party),
    }
    return render(request, "cases/mine/list.html", values)


@require_GET
def case(request: ActorRequest, number: str) -> HttpResponse:
    """Show one case to its applicant: what happens, what is wanted, the decision, the papers."""
    found = queries.own_case(request.actor, number)
    version = catalogue.version(found.version_id)
    decision = getattr(found, "decision", None)
    values = {
        "case": found,
        "version": version,
        "state": queries.state_words(found),
        "lamp": queries.lamps_of([found], clock.today()).get(found.pk),
        "history": queries.history_of(found),
        "corrections": queries.corrections_wanted(found),
        "supplies": _with_remaining(queries.supplies_wanted(found)),
        "answers": [
            (label, shown or _("未填"))
            for label, shown in (forms.rows(version.content.form, found.answers) if version.content.form else ())
        ],
        "papers": queries.papers_of(found),
        "decision": decision,
        "license": _license(request, found),
        "letter": getattr(found, "letter", None),
        "explanations": [one for one in found.explanations.all() if one.explained_at],
        "may_withdraw": found.is_open and decision is None,
    }
    return render(request, "cases/mine/case.html", values)


@require_GET
def received(request: ActorRequest, number: str) -> HttpResponse:
    """Say that it has come in: number, code, what happens next."""
    found = queries.own_case(request.actor, number)
    version = catalogue.version(found.version_id)
    address, committed = status_address(request, found), version.content.limits.committed
    values = {
        "case": found,
        "version": version,
        "secret": queries.secret_of(found.number),
        "address": address,
        "picture": typesetting.qr_svg(address),
        "next": next_words(found, version),
        "promised": limit_words(committed) if committed else "",
    }
    return render(request, "cases/mine/received.html", values)


@require_GET
def receipt(request: ActorRequest, number: str) -> HttpResponse:
    """Print the receipt."""
    found = queries.own_case(request.actor, number)
    version = catalogue.version(found.version_id)
    paper = receipt_paper(found, version, queries.papers_of(found), status_address(request, found))
    return as_pdf(paper, f"接件回执{found.number}")


@require_GET
def application(request: ActorRequest, number: str) -> HttpResponse:
    """Print the form as it was handed in."""
    found = queries.own_case(request.actor, number)
    version = catalogue.version(found.version_id)
    paper = application_paper(version, found.applicant.display_name, found.answers, found.number)
    return as_pdf(paper, f"{version.title}{found.number}")


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, number: str) -> HttpResponse:
    """Take an application back, with the reason."""
    found = queries.own_case(request.actor, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.withdraw(case_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
        messages.success(request, _("已撤回。以后需要时可以重新申请。"))
        return redirect("cases:mine_case", number)
    values = {"case": found, "form": form}
    return render(request, "cases/mine/withdraw.html", values, status=422 if form.is_bound else 200)


def status_address(request: ActorRequest, found: Case) -> str:
    """Return the address of the status page with the number filled in."""
    return request.build_absolute_uri(f"{reverse('cases:status')}?number={found.number}")


def _rows(cases: list[Case]) -> list[dict[str, Any]]:
    lamps = queries.lamps_of(cases, clock.today())
    return [
        {
            "number": one.number,
            "title": one.version.title,
            "state": queries.state_words(one),
            "lamp": lamps.get(one.pk),
            "due_date": one.due_date if one.is_open else None,
            "received_at": one.received_at,
        }
        for one in cases
    ]


def _license(request: ActorRequest, found: Case) -> credentials.Credential | None:
    """Return the license that was issued for the case, the one in force where it was replaced."""
    return credentials.of_holder(request.actor).filter(dossier_id=found.dossier_id).first()


def _with_remaining(wanted: tuple[Wanted, ...]) -> list[dict[str, Any]]:
    return [
        {
            "wanted": one,
            "remaining": clock.remaining(one.obligation.clock, clock.today())
            if one.obligation is not None and one.obligation.clock is not None
            else None,
        }
        for one in wanted
    ]
