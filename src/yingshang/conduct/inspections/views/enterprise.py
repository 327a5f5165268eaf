"""The page of an enterprise: what everybody sees, what the enterprise sees, and what the code at its door opens."""

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
from yingshang.conduct.inspections.forms.enterprise import AlarmForm, OtherVisitForm, PaperForm, RateForm
from yingshang.conduct.inspections.forms.field import ReasonForm
from yingshang.conduct.inspections.models import Target, Visit
from yingshang.kernel import access, clock, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest


@require_http_methods(["GET"])
def enterprise(request: ActorRequest, code: str) -> HttpResponse:
    """Show who came to an enterprise, why, and how often; to the enterprise itself also what it can do."""
    target = queries.target_at(code)
    own = _is_own(request, target)
    visits = list(queries.visits_seen_by(target, to_the_public=not own)[: queries.SHOWN])
    page = {
        "target": target,
        "own": own,
        "visits": [_shown(visit, own) for visit in visits],
        "counts": queries.counts_of(target, clock.today()),
        "others": queries.other_visits_of(target),
        "alarms": queries.alarms_of(target) if own else [],
        "owed": queries.owed_by(target) if own else [],
    }
    return render(request, "inspections/enterprise.html", page)


@require_http_methods(["GET"])
def door(request: ActorRequest, code: str) -> HttpResponse:
    """Show the code that hangs at the door, for printing."""
    target = queries.target_at(code)
    address = request.build_absolute_uri(reverse("inspections:at", args=[target.code]))
    page = {"target": target, "picture": typesetting.qr_svg(address), "address": address}
    return render(request, "inspections/door.html", page)


@require_http_methods(["GET", "POST"])
def at(request: ActorRequest, code: str) -> HttpResponse:
    """What the code at the door opens: for an inspector the visit that is due, for other officials the register."""
    target = queries.target_at(code)
    if not request.actor.unit:
        return redirect("inspections:enterprise", target.code)
    form = OtherVisitForm(request.POST or None)
    if form.is_valid():
        operations.note_other_visit(code=target.code, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("已登记。企业在自己的页面上能看到。"))
        return redirect("inspections:enterprise", target.code)
    due = [visit for visit in queries.visits_of_inspector(request.actor, clock.today()) if visit.target_id == target.pk]
    page = {"target": target, "due": due, "form": form}
    return render(request, "inspections/at.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def rate(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take what the enterprise thinks of a visit."""
    visit = _own_visit(request, public_id)
    form = RateForm(request.POST or None)
    if not form.is_valid():
        page = _deed(visit.target, form, _("评价这次检查"), _("提交评价"))
        return render(request, "inspections/enterprise_deed.html", page, status=422 if form.is_bound else 200)
    operations.rate_visit(public_id=public_id, **form.cleaned_data, by=request.actor, at=clock.now())
    messages.success(request, _("谢谢您的评价。"))
    return redirect("inspections:enterprise", visit.target.code)


@require_http_methods(["GET", "POST"])
def alarm(request: ActorRequest, code: str) -> HttpResponse:
    """Take an enterprise's word that somebody inspected as they must not."""
    target = queries.target_at(code)
    if not _is_own(request, target):
        raise NotFound(_("这家企业"))
    form = AlarmForm(request.POST or None, units=queries.units_with_items(clock.today()))
    if not form.is_valid():
        page = _deed(target, form, _("反映违规检查"), _("提交反映"))
        return render(request, "inspections/enterprise_deed.html", page, status=422 if form.is_bound else 200)
    operations.raise_alarm(code=target.code, **form.cleaned_data, by=request.actor, at=clock.now())
    messages.success(request, _("已收到。被反映的单位要在期限内说明，监督部门同时看到。"))
    return redirect("inspections:enterprise", target.code)


@require_http_methods(["GET", "POST"])
def rectified(request: ActorRequest, follow_up_id: int) -> HttpResponse:
    """Take what the enterprise sends in to show that it has put things right."""
    follow_up = queries.follow_up_with(follow_up_id)
    target = follow_up.visit.target
    if not _is_own(request, target):
        raise NotFound(_("这项后续处理"))
    form = PaperForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        page = _deed(target, form, follow_up.words, _("报送"))
        return render(request, "inspections/enterprise_deed.html", page, status=422 if form.is_bound else 200)
    upload = form.cleaned_data["file"]
    operations.report_rectified(
        follow_up_id=follow_up_id,
        stream=upload.file,
        name=upload.name,
        media_type=upload.content_type or "",
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("已报送，等检查单位复查。"))
    return redirect("inspections:enterprise", target.code)


@require_http_methods(["GET", "POST"])
def explain(request: ActorRequest, alarm_id: int) -> HttpResponse:
    """Answer an alarm about a visit of one's unit."""
    found = queries.alarm_with(alarm_id)
    if access.may(request.actor, "inspections.explain", found) is not None:
        raise NotFound(_("这条反映"))
    form = ReasonForm(request.POST or None, label=_("谁、凭什么检查，或者怎样纠正"))
    if not form.is_valid():
        page = _deed(found.target, form, _("说明企业反映的检查"), _("提交说明")) | {"said": found.what}
        return render(request, "inspections/enterprise_deed.html", page, status=422 if form.is_bound else 200)
    operations.explain_alarm(
        alarm_id=alarm_id, explanation=form.cleaned_data["reason"], by=request.actor, at=clock.now()
    )
    messages.success(request, _("说明已提交。"))
    return redirect("inspections:alarms")


@require_http_methods(["GET"])
def alarms(request: ActorRequest) -> HttpResponse:
    """List the alarms about the actor's unit; for whoever oversees inspections, about all units."""
    if not request.actor.unit:
        raise NotFound(_("企业反映"))
    overseer = access.may(request.actor, "inspections.oversee") is None
    rows = queries.alarms_about("" if overseer else request.actor.unit)
    page = [(row, access.may(request.actor, "inspections.explain", row) is None) for row in rows]
    stops = queries.stops_about("" if overseer else request.actor.unit)
    return render(request, "inspections/alarms.html", {"rows": page, "stops": stops})


@require_POST
def notice(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Make the notice of a visit, or fetch the one made before."""
    address = request.build_absolute_uri(reverse("inspections:verify", args=[public_id]))
    paper = operations.issue_notice(public_id=public_id, address=address, by=request.actor, at=clock.now())
    return redirect("documents:download", paper.pk)


@require_POST
def report(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Make the report to the owner."""
    paper = operations.issue_report(public_id=public_id, by=request.actor, at=clock.now())
    return redirect("documents:download", paper.pk)


@require_http_methods(["GET"])
def verify(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that a visit is real to whoever holds its notice: the address is too long to guess and stands only there."""
    visit = queries.visit_with(public_id)
    if not visit.notice_no:
        raise NotFound(_("这次检查"))
    page = {"visit": visit, "items": queries.items_of(visit), "crew": queries.crew_of(visit)}
    return render(request, "inspections/verify.html", page)


def _is_own(request: ActorRequest, target: Target) -> bool:
    return target.party is not None and request.actor.party == str(target.party.public_id)


def _own_visit(request: ActorRequest, public_id: UUID) -> Visit:
    visit = queries.visit_with(public_id)
    if not _is_own(request, visit.target):
        raise NotFound(_("这次检查"))
    return visit


def _deed(target: Target, form: Any, title: str, button: str) -> dict[str, Any]:
    return {"target": target, "form": form, "title": title, "button": button}


def _shown(visit: Visit, own: bool) -> dict[str, Any]:
    public = visit.published_on is not None
    return {
        "visit": visit,
        "outcomes": queries.outcomes_of(visit) if own or public else [],
        "is_public": public,
        "may_rate": own and visit.state not in (Visit.State.PLANNED, Visit.State.STARTED),
        "own": own,
    }
