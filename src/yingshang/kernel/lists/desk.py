"""The desk of a unit that owns lists: sheets in, drafts dated, reviewed, published."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock, web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.lists import publishing
from yingshang.kernel.lists.comparing import diff
from yingshang.kernel.lists.drafting import date_draft
from yingshang.kernel.lists.forms import EffectForm
from yingshang.kernel.lists.models import Edition, PublishedList
from yingshang.kernel.lists.queries import edition_of, list_of, lists_of, public_editions_of, unfinished_of
from yingshang.kernel.lists.sheets import door_of
from yingshang.kernel.lists.views import columns_of
from yingshang.kernel.web import Column, SheetDoor
from yingshang.kernel.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Show the unit's lists and the editions that are not out yet."""
    unit = _unit(request)
    lists = [
        Column(title=_("清单"), value="title", heads=True),
        Column(
            title=_("导入新的一版"),
            value=lambda row: "上传表格",
            href=lambda row: reverse("lists:sheet", args=[row.code]),
        ),
    ]
    editions = [
        Column(title=_("版次"), value=str, href=_address, heads=True),
        Column(title=_("状态"), value=lambda row: row.get_state_display()),
        Column(title=_("起始日"), value="effective_from", kind="date"),
        Column(title=_("依据"), value=lambda row: row.source or "还没有写"),
    ]
    return render(
        request,
        "lists/desk.html",
        {
            "lists": web.table(lists, lists_of(unit), empty="本单位没有负责的清单。"),
            "editions": web.table(editions, unfinished_of(unit), empty="没有等着审核或者发布的版次。"),
        },
    )


@require_http_methods(["GET", "POST"])
def edition(request: ActorRequest, edition_id: int) -> HttpResponse:
    """Show an edition with what it would change; take its dates and source while it is a draft."""
    found = edition_of(edition_id, _unit(request))
    before = next((one for one in _public(found) if one.pk != found.pk), None)
    facts = {name: getattr(found, name) for name in EffectForm.base_fields}
    form = EffectForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        date_draft(edition_id=found.pk, by=request.actor, at=clock.now(), **form.cleaned_data)
        return redirect("lists:desk_edition", found.pk)
    return render(
        request,
        "lists/desk_edition.html",
        {
            "edition": found,
            "form": form if found.state == Edition.State.DRAFT else None,
            "table": web.table(columns_of(found), found.rows.all(), name=str(found)),
            "before": before,
            "changes": diff(before, found) if before else None,
            "no_review": access.may(request.actor, "lists.review", found),
            "no_publish": access.may(request.actor, "lists.publish", found),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def review(request: ActorRequest, edition_id: int) -> HttpResponse:
    """Review a draft."""
    publishing.review(edition_id=edition_of(edition_id, _unit(request)).pk, by=request.actor, at=clock.now())
    return redirect("lists:desk_edition", edition_id)


@require_POST
def publish(request: ActorRequest, edition_id: int) -> HttpResponse:
    """Publish a reviewed edition."""
    out = publishing.publish(edition_id=edition_of(edition_id, _unit(request)).pk, by=request.actor, at=clock.now())
    return redirect("lists:edition", out.of.code, out.number)


@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest, code: str) -> HttpResponse:
    """Take a sheet in: faults or a preview."""
    return _door(request, code).upload(request)


@require_safe
def sheet_template(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out the empty sheet of a list."""
    return _door(request, code).template(request)


@require_safe
def sheet_preview(request: ActorRequest, code: str, token: str) -> HttpResponse:
    """Show what would become a draft."""
    return _door(request, code).preview(request, token)


@require_POST
def sheet_confirm(request: ActorRequest, code: str, token: str) -> HttpResponse:
    """Make the draft."""
    return _door(request, code).confirm(request, token)


def _unit(request: ActorRequest) -> str:
    if not request.actor.unit:
        raise NotFound("清单起草台")
    return request.actor.unit


def _door(request: ActorRequest, code: str) -> SheetDoor:
    of = list_of(code)
    if of.owner.code != _unit(request):
        raise NotFound(f"代码为“{code}”的清单")
    return door_of(of)


def _public(edition: Edition) -> list[Edition]:
    try:
        return public_editions_of(edition.of.code)
    except NotFound:
        return []


def _sheet_address(row: PublishedList) -> str:
    return reverse("lists:sheet", args=[row.code])


def _address(row: Edition) -> str:
    return reverse("lists:desk_edition", args=[row.pk])
