"""The visits of an inspector, and one visit from the door to its last follow-up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.field import CorrectForm, ReasonForm, ScanForm, SheetForm
from yingshang.conduct.inspections.models import Visit
from yingshang.kernel import access, clock, documents, web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest

SCHEME = "b"
COLUMNS = [
    web.Column(title=_("检查对象"), value="target.name", heads=True, href=lambda row: address_of(row)),
    web.Column(title=_("检查日期"), value="planned_on", kind="date"),
    web.Column(title=_("检查类型"), value="get_kind_display"),
    web.Column(title=_("牵头单位"), value="lead_unit.short_name"),
    web.Column(title=_("进展"), value="get_state_display"),
]


def address_of(visit: Visit) -> str:
    """Return the address of a visit's page."""
    return reverse("inspections:visit", args=[visit.public_id])


@require_http_methods(["GET"])
def today(request: ActorRequest) -> HttpResponse:
    """Show an inspector what is to be visited, in the order of the day."""
    day = clock.today()
    visits = list(queries.visits_of_inspector(request.actor, day))
    rows = [_row(visit) for visit in visits]
    return render(request, "inspections/today.html", {"rows": rows, "day": day})


@require_http_methods(["GET"])
def unit_visits(request: ActorRequest) -> HttpResponse:
    """List the visits in which the actor's unit takes part."""
    if not request.actor.unit:
        raise NotFound(_("本单位的检查"))
    rows = queries.visits_of_unit(request.actor.unit)
    page = web.keyset(rows, request, order=("-planned_on", "-pk"))
    table = web.table(COLUMNS, page, request=request, name=_("入企检查"), empty=_("还没有安排检查。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(table.with_rows(rows))
    context = {"table": table, "ratings": queries.ratings_of(request.actor.unit)}
    return render(request, "inspections/visits.html", context)


@require_http_methods(["GET"])
def visit(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Show one visit to those who take part in it."""
    found = _seen(request, public_id)
    return render(request, "inspections/visit.html", _page(request, found))


@require_http_methods(["GET", "POST"])
def scan(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Begin a visit by the code at the door."""
    found = queries.visit_with(public_id)
    access.permit(request.actor, "inspections.inspect", found)
    form = ScanForm(request.POST or None, initial={"code": request.GET.get("code", "")[:200]})
    if not form.is_valid():
        page = {"form": form, "visit": found}
        return render(request, "inspections/scan.html", page, status=422 if form.is_bound else 200)
    operations.start_visit(public_id=public_id, code=form.cleaned_data["code"], by=request.actor, at=clock.now())
    return redirect("inspections:sheet", public_id)


@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Fill in the check sheet; what was sent twice is stored once."""
    found = queries.visit_with(public_id)
    access.permit(request.actor, "inspections.inspect", found)
    items = queries.items_of(found)
    points = queries.points_of([item.item_code for item in items], found.planned_on)
    codes = queries.result_codes(SCHEME, clock.today())
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*bound, points=points, items=items, codes=codes)
    if not form.is_valid():
        page = {"form": form, "visit": found}
        return render(request, "inspections/sheet.html", page, status=422 if form.is_bound else 200)
    operations.record_visit(
        public_id=public_id,
        sheet=form.sheet(SCHEME),
        attempt=form.cleaned_data["attempt"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("检查结果已录入。请由公示岗在期限内公示。"))
    return redirect("inspections:visit", public_id)


@require_http_methods(["GET", "POST"])
def stop(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Stop a visit, with the reason."""
    found = _seen(request, public_id)
    access.permit(request.actor, "inspections.stop", found)
    form = ReasonForm(request.POST or None, label=_("为什么中止这次检查"))
    if not form.is_valid():
        page = {"form": form, "visit": found, "title": _("中止检查"), "button": _("中止")}
        return render(request, "inspections/deed.html", page, status=422 if form.is_bound else 200)
    operations.stop_visit(public_id=public_id, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
    messages.success(request, _("这次检查已中止，理由已记录。"))
    return redirect("inspections:visit", public_id)


@require_POST
def publish(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Publish what was found."""
    operations.publish_results(public_id=public_id, by=request.actor, at=clock.now())
    messages.success(request, _("检查结果已公示。"))
    return redirect("inspections:visit", public_id)


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put other results beside the first."""
    found = _seen(request, public_id)
    access.permit(request.actor, "inspections.publish_results", found)
    form = CorrectForm(request.POST or None, codes=queries.result_codes(SCHEME, clock.today()), label=_("更正理由"))
    if not form.is_valid():
        page = {"form": form, "visit": found, "title": _("更正检查结果"), "button": _("更正")}
        return render(request, "inspections/deed.html", page, status=422 if form.is_bound else 200)
    operations.correct_results(
        public_id=public_id,
        scheme=SCHEME,
        codes=form.cleaned_data["results"],
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("更正已记录，原来的结果仍然保留。"))
    return redirect("inspections:visit", public_id)


@require_http_methods(["GET", "POST"])
def finish(request: ActorRequest, public_id: UUID, follow_up_id: int) -> HttpResponse:
    """Settle one follow-up with what shows it."""
    found = _seen(request, public_id)
    follow_up = next((each for each in queries.follow_ups_of(found) if each.pk == follow_up_id), None)
    if follow_up is None:
        raise NotFound(_("这项后续处理"))
    access.permit(request.actor, "inspections.finish_follow_up", follow_up)
    form = ReasonForm(request.POST or None, label=_("复查情况、决定文号或者移送给谁"))
    if not form.is_valid():
        page = {"form": form, "visit": found, "title": follow_up.words, "button": _("办结")}
        return render(request, "inspections/deed.html", page, status=422 if form.is_bound else 200)
    operations.finish_follow_up(
        follow_up_id=follow_up_id, evidence=form.cleaned_data["reason"], by=request.actor, at=clock.now()
    )
    messages.success(request, _("这项后续处理已办结。"))
    return redirect("inspections:visit", public_id)


def _seen(request: ActorRequest, public_id: UUID) -> Visit:
    found = queries.visit_with(public_id)
    if access.may(request.actor, "inspections.see_visit", found) is not None:
        raise NotFound(_("这次检查"))
    return found


def _row(visit: Visit) -> dict[str, Any]:
    companions = "、".join(each.inspector.name for each in visit.crew.all())
    items = "、".join(item.title for item in visit.items.all())
    return {
        "title": visit.target.name,
        "href": address_of(visit),
        "hint": f"{visit.target.address}　{items}　{companions}",
        "tag": visit.get_state_display() if visit.state == Visit.State.STARTED else f"{visit.planned_on:%m月%d日}",
    }


def _page(request: ActorRequest, found: Visit) -> dict[str, Any]:
    subject = f"visit:{found.public_id}"
    follow_ups = queries.follow_ups_of(found)
    return {
        "visit": found,
        "items": queries.items_of(found),
        "crew": queries.crew_of(found),
        "outcomes": queries.outcomes_of(found),
        "papers": documents.documents_of(subject, request.actor),
        "follow_ups": [
            (each, access.may(request.actor, "inspections.finish_follow_up", each) is None) for each in follow_ups
        ],
        "may": {
            deed: access.may(request.actor, f"inspections.{deed}", found) is None
            for deed in ("inspect", "stop", "publish_results")
        },
    }
