"""Pages of the portal: a life event, a way in, units, convenience services, what is one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.channels.portal import queries
from yingshang.kernel import clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, Table, keyset, table, xlsx_out
from yingshang.registers.catalogue import api as catalogue

LONGEST = 40


@require_safe
def event(request: ActorRequest, key: str) -> HttpResponse:
    """Show what a life event takes: its items with time, trips and the way to apply."""
    found = queries.portal().event(key)
    if found is None:
        raise NotFound(_("这一类事"))
    return _listing(
        request,
        queries.items_in(found, clock.today()),
        {"heading": found.title, "hint": found.hint, "crumb": found.title},
    )


@require_safe
def way(request: ActorRequest, key: str) -> HttpResponse:
    """Show one way in: its life events, then all its items."""
    found = queries.portal().way(key)
    if found is None:
        raise NotFound(_("这个入口"))
    context = {
        "heading": found.title,
        "hint": found.hint,
        "crumb": found.title,
        "events": queries.portal().events_of(key),
    }
    return _listing(request, queries.items_for(found, clock.today()), context)


@require_safe
def units(request: ActorRequest) -> HttpResponse:
    """List the units that have items, with how many."""
    columns = [
        Column(
            title=_("单位"),
            value="name",
            heads=True,
            href=lambda row: reverse("portal:unit", args=[row.code]),
            width=36,
        ),
        Column(title=_("事项数"), value="items", kind="number"),
    ]
    listed = table(columns, queries.units_with_items(clock.today()), request=request, name=_("按单位找"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "portal/units.html", {"table": listed})


@require_safe
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show the items of a unit and its booklet."""
    rows = catalogue.published(clock.today(), unit=code)
    if not rows.exists():
        raise NotFound(_("这个单位的事项"))
    found = org.unit(code)
    context = {
        "heading": found.name,
        "crumb": found.short_name,
        "booklet": reverse("catalogue:unit_booklet", args=[code]),
    }
    return _listing(request, rows, context)


@require_safe
def services(request: ActorRequest) -> HttpResponse:
    """List the convenience services, found by any word of their names."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    rows = queries.services(clock.today(), asked)
    names = queries.names_of_units()
    columns = [
        Column(title=_("服务"), value=lambda row: row.values["name"], heads=True, width=36),
        Column(title=_("谁可以办"), value=lambda row: row.values["for"]),
        Column(title=_("怎样办"), value=lambda row: row.values["how"], width=36),
        Column(title=_("提供单位"), value=lambda row: names.get(row.values["unit"], row.values["unit"]), width=24),
        Column(title=_("编号"), value="key", kind="code"),
    ]
    options: dict[str, Any] = {"name": _("便民服务"), "empty": _("没有找到这样的服务，请换一个说法，或者拨打热线问。")}
    if rows is None:
        return render(request, "portal/services.html", {"table": table(columns, [], **options), "asked": asked})
    page = keyset(rows, request, order=("position", "pk"))
    listed = table(columns, page, request=request, **options)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(rows))
    return render(request, "portal/services.html", {"table": listed, "asked": asked})


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """Show what is one's own: cases, credentials, data, who read it, charges."""
    actor = request.actor
    context = {
        "acts": bool(actor.party),
        "own": queries.links(queries.OWN) if actor.party else [],
        "everybody": queries.links(queries.EVERYBODY),
        "cases": [
            {
                "title": row.title,
                "hint": f"{row.number} · {row.state}",
                "href": reverse("cases:mine_case", args=[row.number]),
                "lamp": row.lamp,
                "due": row.due_date,
            }
            for row in queries.open_cases(actor, clock.today())
        ],
    }
    return render(request, "portal/mine.html", context)


def _listing(request: ActorRequest, rows: QuerySet[Any], context: dict[str, Any]) -> HttpResponse:
    page = keyset(rows, request, order=("title", "pk"))
    listed = _items_table(request, page, context["heading"])
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(rows))
    return render(request, "portal/listing.html", context | {"table": listed})


def _items_table(request: ActorRequest, rows: Any, name: str) -> Table:
    def of(row: Any) -> catalogue.Version:
        return catalogue.versions([row])[0]

    columns = [
        Column(
            title=_("办什么"),
            value="title",
            heads=True,
            href=lambda row: reverse("catalogue:guide", args=[row.item.slug]),
            width=36,
        ),
        Column(title=_("说明"), value=lambda row: of(row).content.basics.summary, width=48),
        Column(title=_("多久办好"), value=lambda row: catalogue.time_words(of(row))),
        Column(title=_("跑几次"), value=lambda row: _visits(of(row))),
        Column(title=_("收费"), value=lambda row: _("收费") if of(row).content.fees else _("不收费")),
        Column(title=_("归谁管"), value="item.unit.short_name", width=20),
    ]
    return table(columns, rows, request=request, name=name, empty=_("这一类还没有事项，请拨打热线问。"))


def _visits(of: catalogue.Version) -> str:
    visits = of.content.where.visits
    return _("%(n)d次") % {"n": visits} if visits else _("不用跑")
