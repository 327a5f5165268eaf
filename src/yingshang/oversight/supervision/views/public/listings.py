"""Listed supervision: the public list, each matter with its progress, the deeds of bureau and unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yingshang.kernel import access, clock, work
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.public import ChoiceForm, ListingForm
from yingshang.oversight.supervision.models import Listing
from yingshang.oversight.supervision.views.questions import Deed, ask, attempt, doing, open_to

State = Listing.State


def listings(request: ActorRequest) -> HttpResponse:
    """Show everybody what is on the list, and what was taken off it."""
    rows = queries.listings_public().order_by("-listed_on", "-pk")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(_columns({}), rows, name="挂牌督办"))
    page = keyset(rows, request, order=("-listed_on", "-pk"))
    running = [row.duty for row in page.rows if row.duty is not None and row.state != State.OFF]
    lamps = work.lamps(running, clock.today())
    listing = table(_columns(lamps), page, request=request, name="挂牌督办", empty="现在没有挂牌督办的事项。")
    context = {
        "listing": listing,
        "may_propose": access.may(request.actor, "supervision.propose_listing") is None,
        "waiting": queries.listings_waiting(request.actor),
    }
    return render(request, "supervision/listings.html", context)


def _columns(lamps: Any) -> list[Column]:
    levels = queries.rules_of_county().listing_levels
    return [
        Column(
            title="事项",
            value="title",
            heads=True,
            width=40,
            href=lambda row: reverse("supervision:listing", args=[row.pk]),
        ),
        Column(title="级别", value=lambda row: levels.get(row.level, row.level)),
        Column(title="办理单位", value="unit.short_name", width=20),
        Column(title="挂牌", value="listed_on", kind="date"),
        Column(title="办结期限", value="deadline", kind="date"),
        Column(title="亮灯", value=lambda row: lamps.get(row.duty_id), kind="lamp", in_sheet=False),
        Column(title="情况", value="get_state_display"),
        Column(title="摘牌", value="off_on", kind="date"),
    ]


@require_http_methods(["GET", "POST"])
def propose(request: ActorRequest) -> HttpResponse:
    """Propose a matter."""
    access.permit(request.actor, "supervision.propose_listing")
    levels = queries.rules_of_county().listing_levels
    form = ListingForm(request.POST or None, units=queries.units_to_name(clock.today()), levels=levels)
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: operations.propose_listing(**given, by=request.actor, at=clock.now()))
        if made is not None:
            messages.success(request, "已提出，等负责人批准后公开。")
            return redirect("supervision:listing", listing_id=made.pk)
    page = {"form": form, "title": "提出挂牌督办", "button": "提出", "crumbs": [*_way(), ("提出挂牌督办", "")]}
    return render(request, "supervision/form.html", page, status=422 if form.is_bound else 200)


def _choice(yes: str, no: str, label: str) -> Any:
    return lambda _listing, *given: ChoiceForm(*given[:1], yes=yes, no=no, label=label)


DEEDS: dict[str, Deed] = {
    "decide": Deed(
        title="批准挂牌督办",
        button="作出决定",
        action="supervision.approve_listing",
        states=frozenset({State.PROPOSED}),
        form=_choice("批准，向社会公开", "不批准", "说明"),
        do=doing(operations.decide_listing, "listing_id", is_approved="choice", reason="words"),
        said="已作出决定。",
        facts=lambda listing: {"said": listing.reason},
    ),
    "report": Deed(
        title="报进展或者申请摘牌",
        button="报送",
        action="supervision.answer_listing",
        states=frozenset({State.LISTED}),
        form=_choice("已经办好，申请摘牌", "还在办理，只报进展", "进展"),
        do=doing(operations.report_listing, "listing_id", is_done="choice", text="words"),
        said="已报送，公开页上可以看到。",
    ),
    "verify": Deed(
        title="核实摘牌",
        button="作出决定",
        action="supervision.verify_listing",
        states=frozenset({State.ASKED_OFF}),
        form=_choice("核实属实，予以摘牌", "没有办好，继续挂牌", "核实了什么"),
        do=doing(operations.verify_listing, "listing_id", is_done="choice", seen="words"),
        said="核实结果已公开。",
    ),
}


def listing(request: ActorRequest, listing_id: UUID) -> HttpResponse:
    """Show one listed matter with every step."""
    found = queries.listing_seen(listing_id, request.actor)
    running = found.duty if found.duty is not None and found.state != State.OFF else None
    context = {
        "listing": found,
        "level": queries.rules_of_county().listing_levels.get(found.level, found.level),
        "lamp": work.lamps([running], clock.today()).get(running.pk) if running else None,
        "steps": [
            {
                "title": step.get_kind_display(),
                "on": clock.beijing_date(step.at),
                "who": step.unit.short_name,
                "text": step.text,
                "state": "done",
            }
            for step in found.steps.all()
        ],
        "deeds": open_to(request, found, DEEDS),
    }
    return render(request, "supervision/listing.html", context)


@require_http_methods(["GET", "POST"])
def deed(request: ActorRequest, listing_id: UUID, name: str) -> HttpResponse:
    """Ask the one question of a deed."""
    found = queries.listing_seen(listing_id, request.actor)
    if name not in DEEDS:
        raise Http404
    here = reverse("supervision:listing", args=[found.pk])
    return ask(request, found, DEEDS[name], crumbs=[*_way(), (found.title, here)], back=here)


def _way() -> list[tuple[str, str]]:
    return [("首页", "/"), ("挂牌督办", reverse("supervision:listings"))]
