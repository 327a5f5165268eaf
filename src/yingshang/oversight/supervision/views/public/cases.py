"""Typical cases: public side by side, and the desk where they are made."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.public import CaseForm
from yingshang.oversight.supervision.models import TypicalCase
from yingshang.oversight.supervision.views.questions import Deed, ask, attempt, doing, open_to, words

State, Kind = TypicalCase.State, TypicalCase.Kind
SHOWN = 100


def cases(request: ActorRequest) -> HttpResponse:
    """Show everybody commendations and exposures side by side."""
    both = {kind: list(queries.cases_public(kind)[:SHOWN]) for kind in (Kind.COMMENDATION, Kind.EXPOSURE)}
    columns = [
        Column(title="种类", value="get_kind_display"),
        Column(title="题目", value="title", heads=True, width=40),
        Column(title="单位", value="unit.short_name", width=20),
        Column(title="公开", value="disclosure.published_date", kind="date"),
    ]
    listing = table(columns, [*both[Kind.COMMENDATION], *both[Kind.EXPOSURE]], request=request, name="典型案例")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {"commended": both[Kind.COMMENDATION], "exposed": both[Kind.EXPOSURE], "listing": listing}
    return render(request, "supervision/cases.html", context)


def desk(request: ActorRequest) -> HttpResponse:
    """List the cases that the actor has to do with."""
    if not request.actor.unit:
        raise NotFound("典型案例")
    may_draft = access.may(request.actor, "supervision.draft_case") is None
    context = {"cases": queries.cases_at_work(request.actor), "may_draft": may_draft}
    return render(request, "supervision/cases_desk.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest) -> HttpResponse:
    """Draft a case."""
    access.permit(request.actor, "supervision.draft_case")
    form = CaseForm(request.POST or None, units=queries.units_to_name(clock.today()))
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: operations.draft_case(**given, by=request.actor, at=clock.now()))
        if made is not None:
            messages.success(request, "已起草，等另一名人员审核。")
            return redirect("supervision:case", case_id=made.pk)
    page = {"form": form, "title": "起草典型案例", "button": "起草", "crumbs": [*_way(), ("起草", "")]}
    return render(request, "supervision/form.html", page, status=422 if form.is_bound else 200)


DEEDS: dict[str, Deed] = {
    "hear": Deed(
        title="陈述意见",
        button="提交",
        action="supervision.be_heard",
        states=frozenset({State.REVIEWED}),
        form=words("意见", "会和案例一起公开。没有异议的，请写“没有异议”。"),
        do=doing(operations.hear_unit, "case_id", statement="words"),
        said="意见已提交。",
        facts=lambda case: {"said": case.story},
    ),
    "drop": Deed(
        title="不予公开或者撤回",
        button="确定",
        action="supervision.approve_case",
        states=frozenset({State.DRAFTED, State.REVIEWED, State.HEARD, State.PUBLISHED}),
        form=words("原因", "已经公开的，撤回后页面上会留下原因。"),
        do=doing(operations.drop_case, "case_id", reason="words"),
        said="已办理，原因已记录。",
    ),
}


def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show a case to those who make it and to the unit that is to be heard."""
    found = queries.case_seen(case_id, request.actor)
    deeds = [(name, deed) for name, deed in open_to(request, found, DEEDS) if name != "hear" or found.hearing]
    ready = State.HEARD if found.kind == Kind.EXPOSURE else State.REVIEWED
    context = {
        "case": found,
        "deeds": deeds,
        "evidence": found.evidence.splitlines(),
        "may_review": found.state == State.DRAFTED
        and access.may(request.actor, "supervision.review_case", found) is None,
        "may_publish": found.state == ready and access.may(request.actor, "supervision.approve_case", found) is None,
    }
    return render(request, "supervision/case.html", context)


@require_http_methods(["GET", "POST"])
def deed(request: ActorRequest, case_id: UUID, name: str) -> HttpResponse:
    """Ask the one question of a deed."""
    found = queries.case_seen(case_id, request.actor)
    if name not in DEEDS:
        raise Http404
    here = reverse("supervision:case", args=[found.pk])
    return ask(
        request, found, DEEDS[name], crumbs=[*_way(), (found.title, here)], back=reverse("supervision:cases_desk")
    )


@require_POST
def review(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Confirm as a second person that the evidence holds."""
    queries.case_seen(case_id, request.actor)
    operations.review_case(case_id=case_id, by=request.actor, at=clock.now())
    messages.success(request, "已审核。")
    return redirect("supervision:case", case_id=case_id)


@require_POST
def publish(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Approve a case and make it public."""
    queries.case_seen(case_id, request.actor)
    operations.publish_case(case_id=case_id, by=request.actor, at=clock.now())
    messages.success(request, "已公开。")
    return redirect("supervision:case", case_id=case_id)


def _way() -> list[tuple[str, str]]:
    return [("工作台", reverse("web:workbench")), ("典型案例", reverse("supervision:cases_desk"))]
